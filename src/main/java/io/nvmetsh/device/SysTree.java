package io.nvmetsh.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A read-only view of what a machine shows of itself below {@code /sys}, {@code /proc}, {@code
 * /dev} and {@code /etc}. Paths are absolute and as on the machine. Nothing throws: what cannot be
 * read is absent, since devices come and go while one looks.
 */
public interface SysTree {

  /** The names in a directory in natural order; empty when it is absent. Links are followed. */
  List<String> list(String directory);

  /** The content of a file; empty when it is absent or refuses to be read. Links are followed. */
  Optional<String> read(String file);

  /**
   * 32 bits of a binary file such as a PCI device's {@code config}, lowest byte first; empty when
   * it ends before them, as it does there for anyone but root. Links are followed.
   */
  OptionalInt word(String file, int offset);

  /**
   * The absolute path that the link at {@code path} names, one step, normalised; empty when it is
   * no link. Links on the way to it are followed.
   */
  Optional<String> link(String path);

  /**
   * The links in a directory by name, in natural order, and what they name; other entries are left
   * out. That there are a thousand drives is told by a thousand links.
   */
  default Map<String, String> links(String directory) {
    Map<String, String> links = new LinkedHashMap<>();
    for (String name : list(directory)) {
      Optional<String> target = link(Links.child(directory, name));
      if (target.isPresent()) {
        links.put(name, target.get());
      }
    }
    return links;
  }

  /** Where a path leads to when every link is followed; empty when nothing is there. */
  Optional<String> realPath(String path);

  /** What is at a path, links followed. */
  FileKind kind(String path);

  /** What a path can be, as far as nvmet cares. */
  enum FileKind {
    ABSENT,
    DIRECTORY,
    REGULAR,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    OTHER
  }
}
