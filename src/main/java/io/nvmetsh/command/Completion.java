package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Tab offers for options and for each kind of argument, read at the moment of the key press.
 */
final class Completion {

  private Completion() {}

  /** The options that are not in the line yet, or the values of the one that is being given one. */
  static List<Candidate> options(CommandSpec spec, Context context, Arguments before, String word) {
    int equals = word.indexOf('=');
    if (equals > 2) {
      Optional<Option> option = spec.option(word.substring(2, equals));
      return option.isEmpty() || option.get().isSwitch()
          ? List.of()
          : ofOption(
              option.get(), context, word.substring(0, equals + 1), word.substring(equals + 1));
    }
    Offer offer = new Offer(word);
    for (List<Option> options : List.of(spec.options(), spec.common())) {
      for (Option option : options) {
        if (!before.has(option.name())) {
          offer.add("--" + option.name(), option.help());
        }
      }
    }
    return offer.candidates();
  }

  /**
   * Values of an option.
   *
   * @param lead what stands before the value in the same word: {@code --name=} or nothing
   */
  static List<Candidate> ofOption(Option option, Context context, String lead, String value) {
    List<Candidate> candidates = new ArrayList<>();
    for (Candidate each : ofKind(option.kind(), context, value)) {
      candidates.add(
          new Candidate(lead + each.value(), each.description(), each.more(), each.group()));
    }
    return candidates;
  }

  /** What the kind of the argument at the cursor says. */
  static List<Candidate> ofArgument(
      CommandSpec spec, Context context, Arguments before, String word) {
    Optional<Argument> argument = spec.argument(before.words().size());
    if (argument.isEmpty()) {
      return List.of();
    }
    return switch (argument.get().kind()) {
      case CHOICE -> choices(argument.get().choices(), word);
      default -> ofKind(argument.get().kind(), context, word);
    };
  }

  private static List<Candidate> ofKind(Kind kind, Context context, String word) {
    return switch (kind) {
      case NODE -> PathCompletion.of(context, word, PathCompletion.DIRECTORY);
      case NEW_NODE -> PathCompletion.ofNew(context, word);
      case ENTRY -> PathCompletion.of(context, word, PathCompletion.ATTRIBUTE);
      case REMOVABLE -> PathCompletion.of(context, word, PathCompletion.REMOVABLE);
      case SWITCHED -> PathCompletion.of(context, word, PathCompletion.SWITCHED);
      case HOLDER -> PathCompletion.of(context, word, PathCompletion.HOLDER);
      case LINK -> LinkCompletion.links(context, word);
      case LINK_TARGET -> LinkCompletion.targets(context, word);
      case HOST -> LinkCompletion.hosts(context, word);
      case COMMAND -> LineCompletion.commands(context, word);
      case FILE -> FileCompletion.of(context, word, false);
      case SCRIPT -> FileCompletion.of(context, word, true);
      case ASSIGNMENT, CHOICE, LINE, WORD -> List.of();
    };
  }

  private static List<Candidate> choices(List<Choice> choices, String word) {
    Offer offer = new Offer(word);
    for (Choice choice : choices) {
      offer.add(choice.word(), choice.help());
    }
    return offer.candidates();
  }
}
