package io.nvmetsh.command;

import io.nvmetsh.command.filters.CountFilter;
import io.nvmetsh.command.filters.JsonFilter;
import io.nvmetsh.command.filters.LastFilter;
import io.nvmetsh.command.filters.MatchFilter;
import io.nvmetsh.command.filters.NoMoreFilter;
import io.nvmetsh.command.filters.SaveFilter;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roster of filters, in help order. */
public final class Filters {

  private static final List<Filter> ALL =
      List.of(
          new MatchFilter(true),
          new MatchFilter(false),
          new CountFilter(),
          new LastFilter(),
          new JsonFilter(),
          new SaveFilter(),
          new NoMoreFilter());

  private Filters() {}

  public static List<Filter> all() {
    return ALL;
  }

  static List<String> names() {
    return ALL.stream().map(filter -> filter.spec().name()).toList();
  }

  /** The filter of this name. */
  public static Optional<Filter> find(String name) {
    return ALL.stream().filter(filter -> filter.spec().name().equals(name)).findFirst();
  }

  /**
   * What the filters of a line mean, in order.
   *
   * @throws io.nvmetsh.schema.NvmetshException when one means nothing, or can have nothing to do
   */
  public static List<Filter.Action> actions(Context context, List<List<String>> filters) {
    List<Filter.Action> actions = new ArrayList<>();
    for (List<String> words : filters) {
      if (!actions.isEmpty() && actions.get(actions.size() - 1) instanceof Filter.Action.Save) {
        throw Problem.of(
                Problem.Kind.USAGE,
                "save shows nothing, so there is nothing for " + words.get(0) + " to work on",
                "put save last:  | " + Words.line(words) + " | save FILE")
            .asException();
      }
      Filter filter = named(words.get(0));
      Arguments arguments = Arguments.bind(filter.spec(), words.subList(1, words.size()));
      if (!arguments.has("help")) { // else it is asked how it is used, and nothing runs
        actions.add(filter.of(context, arguments));
      }
    }
    return actions;
  }

  /** Whether a filter of the line is asked how it is used. */
  public static Optional<CommandSpec> asked(List<List<String>> filters) {
    for (List<String> words : filters) {
      if (words.contains("--help") || words.contains("-h")) {
        return Optional.of(named(words.get(0)).spec());
      }
    }
    return Optional.empty();
  }

  private static Filter named(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  private static RuntimeException unknown(String name) {
    Problem problem = Problem.of(Problem.Kind.USAGE, "no filter is called " + name);
    Optional<String> nearest = Nearest.of(name, names());
    if (nearest.isPresent()) {
      problem = problem.hint("did you mean:  | " + nearest.get());
    }
    return problem
        .hint("there are:  " + String.join(", ", names()))
        .hint("a | that is part of a word stands in quotes:  | match 'a|b'")
        .asException();
  }
}
