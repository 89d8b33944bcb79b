package io.nvmetsh.session;

import io.nvmetsh.command.Question;
import io.nvmetsh.plan.Disruption;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Asks before hosts lose what they use. {@code --yes} answers for hosts, never for everything: that
 * takes the machine's name.
 */
final class Confirmation {

  private final Settings settings;
  private final Output output;

  Confirmation(Settings settings, Output output) {
    this.settings = settings;
    this.output = output;
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when the answer is no, or nobody can give one
   */
  void of(Disruption disruption, String machine, boolean yes) {
    if (settings.yesName().filter(machine::equals).isPresent()) {
      // who names the machine to delete everything on it has agreed to the less, too
      return;
    }
    if (disruption.everything()) {
      everything(disruption, machine);
    } else if (!yes) {
      ask(
          describe(disruption) + " Continue? [y/N] ",
          "y",
          describe(disruption),
          "to agree beforehand:  add --yes to the line");
    }
  }

  /**
   * Asks whether what was shown is to be done. Whoever has answered questions can answer this one,
   * also where harm is only agreed to beforehand.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it is not
   */
  void ofReview() {
    Problem no =
        Problem.of(Problem.Kind.UNCONFIRMED, "not done: nothing is changed", "agree with:  y");
    Question question =
        new Question(
            "Do this? [y/N]", Optional.empty(), UnaryOperator.identity(), typed -> List.of(), no);
    Optional<String> answer = output.ask(question).map(String::strip);
    if (answer
        .filter(text -> List.of("y", "yes").contains(text.toLowerCase(Locale.ROOT)))
        .isEmpty()) {
      throw no.asException();
    }
  }

  private void everything(Disruption disruption, String machine) {
    String what = "This removes everything. " + describe(disruption);
    ask(
        what + " Type " + machine + " to continue: ",
        machine,
        what,
        "to agree beforehand, start nvmetsh with --yes=" + machine);
  }

  private void ask(String question, String expected, String what, String hint) {
    if (!output.confirm(question, expected)) {
      throw Problem.of(Problem.Kind.UNCONFIRMED, "not done: " + what, hint).asException();
    }
  }

  static String describe(Disruption disruption) {
    String what = String.join(", ", disruption.what());
    if (what.isEmpty()) {
      return "No subsystem is linked to a port.";
    } else if (disruption.hosts().equals(OptionalInt.of(0))) {
      return "No host is connected to " + what + ".";
    }
    String hosts =
        disruption.hosts().isEmpty()
            ? "hosts (this kernel does not tell how many are connected)"
            : disruption.hosts().getAsInt() == 1
                ? "1 host"
                : disruption.hosts().getAsInt() + " hosts";
    return "This disconnects " + hosts + " from " + what + ".";
  }
}
