package io.nvmetsh.kernel.sim;

import io.nvmetsh.schema.NvmetPath;

/**
 * Hosts for the tests of other packages: they connect to a simulated kernel, and read and write.
 */
public final class Visitors {

  private static final String HOST = "nqn.2014-08.org.example:h1";

  private Visitors() {}

  /** A host connects through the link that exports a subsystem. */
  public static void connect(SimTarget target, String link) {
    if (!target.kernel().hosts().connect(HOST, NvmetPath.parse(link))) {
      throw new AssertionError(HOST + " is refused at " + link);
    }
  }

  /** It reads and writes so many blocks of each namespace. */
  public static void serve(SimTarget target, String link, long reads, long writes) {
    target.kernel().hosts().serve(NvmetPath.parse(link), reads, writes);
  }

  /** It leaves. */
  public static void leave(SimTarget target, String link) {
    target.kernel().hosts().disconnect(HOST, NvmetPath.parse(link));
  }
}
