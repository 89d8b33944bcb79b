package io.nvmetsh.session;

import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Problem;
import java.util.function.Consumer;

/**
 * Hears of every change of a target as it is made or refused, on whatever way it comes about, and
 * tells those who keep an eye on the machine. No secret is among it.
 */
public interface Audit extends Applier.Witness, AutoCloseable {

  /**
   * Changes are about to be made.
   *
   * @param note is told, once, when nobody will hear of them
   */
  void begins(Consumer<String> note);

  /** Returns when everything has been told. */
  @Override
  void close();

  /** Of a target that is nobody else's business: a simulated one. */
  static Audit none() {
    return new Audit() {
      @Override
      public void begins(Consumer<String> note) {}

      @Override
      public void made(Change change) {}

      @Override
      public void refused(Change change, Problem why) {}

      @Override
      public void close() {}
    };
  }

  /** Tells this one, too, of what another is told. */
  default Applier.Witness beside(Applier.Witness other) {
    return new Applier.Witness() {
      @Override
      public void made(Change change) {
        // first: when the other cannot write it down, it has happened all the same
        Audit.this.made(change);
        other.made(change);
      }

      @Override
      public void refused(Change change, Problem why) {
        Audit.this.refused(change, why);
        other.refused(change, why);
      }
    };
  }
}
