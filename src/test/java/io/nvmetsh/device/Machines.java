package io.nvmetsh.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The machines of the tests. {@code multipath}, {@code softroce}, {@code fabrics} were dumped from
 * a Debian 6.1 kernel under emulation; {@code laptop}, {@code doca} and those named after an
 * adapter or a fault are written by hand after what such machines show, each with a comment on what
 * it is; {@code odd} is what a reader must survive.
 */
final class Machines {

  static final String[] NAMES = {
    "default",
    "multipath",
    "softroce",
    "fabrics",
    "laptop",
    "doca",
    "odd",
    "cx4-ofed41",
    "cx5-ofed46",
    "cx6-ofed50-ha",
    "cx7-doca",
    "bf2-ofed58",
    "cx5-debian",
    "cx6dx-p2pmem",
    "half-broken"
  };

  private Machines() {}

  static DumpSysTree tree(String name) {
    return name.equals("default")
        ? DumpSysTree.defaultMachine()
        : DumpSysTree.parse(name, text(name));
  }

  /** The dump as it is written down. */
  static String text(String name) {
    return name.equals("default") ? DefaultMachine.TEXT : resource(name + ".machine");
  }

  static String resource(String file) {
    try (InputStream in = Machines.class.getResourceAsStream("/machines/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
