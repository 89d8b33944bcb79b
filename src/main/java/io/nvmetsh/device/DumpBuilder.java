package io.nvmetsh.device;

import io.nvmetsh.device.DumpEntry.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of a dump together and keeps one rule: what contains an entry is a directory,
 * never a link. So everything has one path, the real one. Paths are absolute and normalised.
 */
final class DumpBuilder {

  private final Directory root;

  /** Changes the given directory, which is {@code /}. */
  DumpBuilder(Directory root) {
    this.root = root;
  }

  Directory root() {
    return root;
  }

  @Nullable DumpEntry at(String path) {
    if (path.equals("/")) {
      return root;
    }
    return at(Links.parent(path)) instanceof Directory directory
        ? directory.entries().get(Links.name(path))
        : null;
  }

  /** Makes a directory and those above it; null when something else is in the way. */
  @Nullable Directory directory(String path) {
    Directory at = root;
    int start = 1;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String name = path.substring(start, end);
      DumpEntry entry = at.entries().get(name);
      if (entry == null) {
        entry = new Directory();
        at.entries().put(name, entry);
      }
      if (!(entry instanceof Directory directory)) {
        return null;
      }
      at = directory;
      start = end + 1;
    }
    return at;
  }

  /** Puts an entry in place of what is there, and makes the directories above it. */
  void put(String path, DumpEntry entry) {
    Directory directory = directory(Links.parent(path));
    if (directory == null) {
      throw new IllegalArgumentException("above " + path + " is something else than directories");
    }
    directory.entries().put(Links.name(path), entry);
  }

  /** Removes what is at a path and below it; nothing happens when nothing is there. */
  void remove(String path) {
    if (at(Links.parent(path)) instanceof Directory directory) {
      directory.entries().remove(Links.name(path));
    }
  }
}
