package io.nvmetsh.session;

import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a line ended.
 *
 * @param made the changes, in order; those of a script's lines are in theirs
 * @param options the options it needed to be done: {@code --yes}, {@code --force}
 * @param quit whether the shell is to be left
 */
public record Outcome(
    ExitStatus status, List<Applier.Done> made, List<String> options, boolean quit) {

  public Outcome {
    made = List.copyOf(made);
    options = List.copyOf(options);
  }

  /** The same to be kept: what secret attributes were set to is no longer in it. */
  Outcome withoutSecrets() {
    List<Applier.Done> kept = new ArrayList<>(made.size());
    for (Applier.Done done : made) {
      kept.add(
          done.change() instanceof Change.SetAttribute set && set.isSecret()
              ? new Applier.Done(new Change.SetAttribute(set.path(), ""), Optional.empty())
              : done);
    }
    return new Outcome(status, kept, options, quit);
  }

  static Outcome done() {
    return ended(ExitStatus.DONE);
  }

  static Outcome ended(ExitStatus status) {
    return new Outcome(status, List.of(), List.of(), false);
  }

  static Outcome quitting() {
    return new Outcome(ExitStatus.DONE, List.of(), List.of(), true);
  }
}
