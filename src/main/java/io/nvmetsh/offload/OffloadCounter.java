package io.nvmetsh.offload;

import io.nvmetsh.schema.NvmetPath;
import java.util.OptionalLong;

/**
 * One thing that the driver counts of what the adapter does by itself.
 *
 * @param object whose it is: a subsystem, a namespace, or a namespace's context on one port
 * @param port address and service id of a context's port; empty for what is the sum over all
 * @param name without what all of the same object begin with
 * @param total empty where the driver does not count, which it shows as -1
 * @param failure whether any at all is bad news
 */
public record OffloadCounter(
    NvmetPath object, String port, String name, OptionalLong total, boolean failure) {

  /** Whether it is the same counter, at another time. */
  boolean isSame(OffloadCounter other) {
    return object.equals(other.object) && port.equals(other.port) && name.equals(other.name);
  }
}
