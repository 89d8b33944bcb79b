package io.nvmetsh.command;

import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Tab offers for a line that is still being typed: finds the command and the place in which
 * the cursor is, and asks there. The line need not make sense yet.
 */
public final class LineCompletion {

  private LineCompletion() {}

  /**
   * The candidates for the last word of a line that ends at the cursor; {@link
   * Tokenizer#unfinished} tells which word that is. Nothing that is not needed is read.
   */
  public static List<Candidate> candidates(Context context, String lineUpToCursor) {
    return within(context.within(new Patience(System::nanoTime)), lineUpToCursor);
  }

  /** The same with the patience that the context has. */
  static List<Candidate> within(Context context, String lineUpToCursor) {
    Tokenizer.Unfinished line = Tokenizer.unfinished(lineUpToCursor);
    List<String> before = new ArrayList<>();
    int behind = line.behindPipe();
    for (Tokenizer.Word each : line.before().subList(behind, line.before().size())) {
      before.add(each.text());
    }
    if (line.comment()) {
      return List.of();
    }
    String word = line.word().text();
    return behind > 0 ? behindPipe(context, before, word) : atCursor(context, before, word);
  }

  /** The candidates behind words that are a line of their own. */
  static List<Candidate> atCursor(Context context, List<String> before, String word) {
    if (before.isEmpty()) {
      return first(context, word);
    }
    if (!CommandLine.isPath(before.get(0))) {
      return behindCommand(context, before, word);
    }
    Optional<NvmetPath> place = new Lookup(context).find(before.get(0));
    if (place.isEmpty()) {
      return List.of();
    }
    Context there = context.at(place.get());
    return before.size() == 1
        ? commands(context, word)
        : behindCommand(there, before.subList(1, before.size()), word);
  }

  /** A line begins with a command, or with the path it runs at or goes to. */
  private static List<Candidate> first(Context context, String word) {
    if (CommandLine.isPath(word)) {
      return PathCompletion.of(context, word, PathCompletion.DIRECTORY);
    }
    List<Candidate> candidates = new ArrayList<>(commands(context, word));
    if (!word.isEmpty()) {
      candidates.addAll(PathCompletion.entered(context, word));
    }
    return candidates;
  }

  static List<Candidate> commands(Context context, String word) {
    Offer offer = new Offer(word);
    for (Command command : context.commands().all()) {
      offer.add(command.spec().name(), command.spec().summary());
    }
    if (offer.isEmpty()) {
      for (Command command : context.commands().all()) {
        for (String alias : command.spec().aliases()) {
          offer.add(alias, "the same as " + command.spec().name());
        }
      }
    }
    return offer.candidates();
  }

  private static List<Candidate> behindPipe(Context context, List<String> before, String word) {
    if (!before.isEmpty()) {
      Optional<CommandSpec> spec = Filters.find(before.get(0)).map(Filter::spec);
      return spec.isEmpty()
          ? List.of()
          : behind(
              spec.get(),
              context,
              before,
              word,
              words -> Completion.ofArgument(spec.get(), context, words, word));
    }
    Offer offer = new Offer(word);
    Filters.all().forEach(filter -> offer.add(filter.spec().name(), filter.spec().summary()));
    return offer.candidates();
  }

  private static List<Candidate> behindCommand(Context context, List<String> before, String word) {
    Optional<Command> command = context.commands().meant(before.get(0));
    if (command.isEmpty()) {
      return List.of();
    }
    return behind(
        command.get().spec(),
        context,
        before,
        word,
        words -> command.get().complete(context, words, word));
  }

  /**
   * @param arguments what is offered where an argument can stand
   */
  static List<Candidate> behind(
      CommandSpec spec,
      Context context,
      List<String> before,
      String word,
      Function<Arguments, List<Candidate>> arguments) {
    Arguments.Unfinished words = Arguments.unfinished(spec, before.subList(1, before.size()));
    if (words.awaiting().isPresent()) {
      return Completion.ofOption(words.awaiting().get(), context, "", word);
    }
    if (words.open() && word.startsWith("-")) {
      return Completion.options(spec, context, words.bound(), word);
    }
    return arguments.apply(words.bound());
  }
}
