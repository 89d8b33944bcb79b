package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a line still takes behind the words that it has: the rest of its command's usage. */
public final class LineHint {

  private LineHint() {}

  /** The rest of the usage; empty for a line that is no command yet, or takes nothing more. */
  public static String of(Commands commands, String line) {
    List<String> words = new ArrayList<>();
    Tokenizer.Unfinished typed = Tokenizer.unfinished(line);
    int behind = typed.behindPipe();
    typed.before().subList(behind, typed.before().size()).forEach(word -> words.add(word.text()));
    if (behind > 0) {
      Optional<Filter> filter = words.isEmpty() ? Optional.empty() : Filters.find(words.get(0));
      return filter.map(each -> of(each.spec(), words.subList(1, words.size()))).orElse("");
    }
    if (!words.isEmpty() && CommandLine.isPath(words.get(0))) {
      words.remove(0);
    }
    Optional<Command> command = words.isEmpty() ? Optional.empty() : commands.meant(words.get(0));
    return command.isEmpty() ? "" : of(command.get().spec(), words.subList(1, words.size()));
  }

  private static String of(CommandSpec spec, List<String> words) {
    Arguments.Unfinished line = Arguments.unfinished(spec, words);
    if (line.awaiting().isPresent()) {
      return line.awaiting().get().value();
    }
    List<String> rest = new ArrayList<>();
    int have = line.bound().words().size();
    for (int i = have; i < spec.arguments().size(); i++) {
      rest.add(spec.arguments().get(i).usage());
    }
    if (rest.isEmpty()) {
      spec.argument(have).map(Argument::usage).ifPresent(rest::add);
    }
    return String.join(" ", rest);
  }
}
