package io.nvmetsh.doctor;

import java.util.List;

/**
 * One thing that a machine is looked at for. A check looks and tells; it changes nothing, and never
 * says more than it saw: what cannot be read is unknown.
 */
public interface Check {

  Area area();

  /** What is seen; nothing where the question does not arise. */
  List<Observation> look(Machine machine);
}
