package io.nvmetsh.plan;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Applies changes one at a time and stops at the first that does not take. Every value is read
 * back: the kernel has writes that report success and change nothing.
 */
public final class Applier {

  private final Target target;
  private final BooleanSupplier interrupted;
  private final Witness witness;

  /** Is told of each change when it is made or refused, before the next one is begun. */
  public interface Witness {
    void made(Change change);

    void refused(Change change, Problem why);
  }

  /**
   * @param interrupted asked before each change. Not the interrupt of a thread: that would close
   *     the file that is being written, and report as failed what the kernel had done.
   */
  public Applier(Target target, BooleanSupplier interrupted, Witness witness) {
    this.target = target;
    this.interrupted = interrupted;
    this.witness = witness;
  }

  /** One that nobody needs to hear of: what is changed is a copy. */
  public static Applier rehearsing(Target target, BooleanSupplier interrupted) {
    return new Applier(
        target,
        interrupted,
        new Witness() {
          @Override
          public void made(Change change) {}

          @Override
          public void refused(Change change, Problem why) {}
        });
  }

  /**
   * A change that was made.
   *
   * @param shown of an attribute, the value read back, without its newline; empty where it cannot
   *     be read
   */
  public record Done(Change change, Optional<String> shown) {}

  /**
   * How far it went.
   *
   * @param problem why it stopped; empty when all changes were made
   */
  public record Result(List<Done> done, Optional<Problem> problem) {}

  public Result apply(List<Change> changes) {
    List<Done> done = new ArrayList<>(changes.size());
    for (Change change : changes) {
      if (interrupted.getAsBoolean()) {
        return new Result(done, Optional.of(interrupted(change)));
      }
      Optional<Problem> problem = apply(change, done);
      if (problem.isPresent()) {
        witness.refused(change, problem.get());
        return new Result(done, problem);
      }
      witness.made(change);
    }
    return new Result(done, Optional.empty());
  }

  private Optional<Problem> apply(Change change, List<Done> done) {
    try {
      change.applyTo(target);
      done.add(
          change instanceof Change.SetAttribute set
              ? readBack(set)
              : new Done(change, Optional.empty()));
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(new Refusals(target).explain(change, refusal));
    } catch (NvmetshException silent) {
      return Optional.of(silent.problem());
    }
  }

  /** Ctrl-C stops between two changes, never within one. */
  private static Problem interrupted(Change next) {
    return Problem.of(
        Problem.Kind.INTERRUPTED, "interrupted; not done any more: " + Operations.of(next));
  }

  /**
   * @throws NvmetshException when the kernel shows something else than was written
   */
  private Done readBack(Change.SetAttribute set) throws Refusal {
    NvmetPath path = set.path();
    Attribute row = set.row();
    if (!row.isReadable()) {
      return new Done(set, Optional.empty());
    }
    String shown;
    try {
      shown = target.configfs().read(path);
    } catch (Refusal refusal) {
      if (refusal.errno() == Errno.ENOENT) {
        // a file that went away is another's doing
        throw refusal;
      }
      return new Done(set, Optional.empty());
    }
    String value = shown.endsWith("\n") ? shown.substring(0, shown.length() - 1) : shown;
    if (row.type().same(value, set.value())
        || (set.value().equals(PciAddress.CLEAR) && value.equals("N/A"))) {
      return new Done(set, Optional.of(value));
    }
    throw new Refusals(target).silent(set, row, value).asException();
  }
}
