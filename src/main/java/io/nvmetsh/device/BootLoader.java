package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.List;

/**
 * How words get on the kernel's command line on a machine.
 *
 * @param ways as far as it is known; none where none is
 */
public record BootLoader(List<Way> ways) {

  /** A program that does it. */
  public enum Way {
    /** Debian, and what comes from it. */
    UPDATE_GRUB("Debian's update-grub", "/usr/sbin/update-grub"),
    /** Red Hat, and what comes from it. */
    GRUBBY("Red Hat's grubby", "/usr/sbin/grubby");

    private final String title;
    private final String program;

    Way(String title, String program) {
      this.title = title;
      this.program = program;
    }

    public String title() {
      return title;
    }

    /** What to do, for words with blanks between them. */
    public List<String> steps(String words) {
      return this == GRUBBY
          ? List.of("grubby --update-kernel=ALL --args=\"" + words + "\"")
          : List.of(
              "in /etc/default/grub, GRUB_CMDLINE_LINUX, for other mem= and memmap=:  " + words,
              "update-grub");
    }
  }

  public BootLoader {
    ways = List.copyOf(ways);
  }

  /** That of a machine. */
  public static BootLoader of(Inventory inventory) {
    List<Way> ways = new ArrayList<>();
    for (Way way : Way.values()) {
      if (inventory.fileKind(way.program) != SysTree.FileKind.ABSENT) {
        ways.add(way);
      }
    }
    return new BootLoader(ways);
  }
}
