package io.nvmetsh.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which of the standard streams is a terminal, without starting a process or a library. */
enum Tty {
  INPUT(0),
  OUTPUT(1),
  ERROR(2);

  private final int descriptor;

  Tty(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Whether the terminal is one that nothing can be drawn on, or nobody has said what it is. */
  static boolean isDumb() {
    String type = System.getenv("TERM");
    return type == null || type.isEmpty() || type.startsWith("dumb") || type.equals("unknown");
  }

  boolean isTerminal() {
    try {
      String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return name.startsWith("/dev/pts/")
          || name.startsWith("/dev/tty")
          || name.startsWith("/dev/hvc")
          || name.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
