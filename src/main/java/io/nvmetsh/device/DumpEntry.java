package io.nvmetsh.device;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a dump says is at one path. */
sealed interface DumpEntry {

  /** A directory; it changes only while a dump is put together. */
  record Directory(Map<String, DumpEntry> entries) implements DumpEntry {

    Directory() {
      this(new HashMap<>());
    }

    /** The same directory, and all below it, to be changed on its own. */
    Directory copy() {
      Directory copy = new Directory(new HashMap<>(entries));
      for (Map.Entry<String, DumpEntry> entry : copy.entries.entrySet()) {
        if (entry.getValue() instanceof Directory directory) {
          entry.setValue(directory.copy());
        }
      }
      return copy;
    }
  }

  /** A regular file; without content when it cannot be read or its content is of no interest. */
  record RegularFile(@Nullable String content) implements DumpEntry {}

  /** A symbolic link to an absolute, normalised path. */
  record Link(String target) implements DumpEntry {}

  /** A node below {@code /dev}, or a thing of another kind. */
  record Node(SysTree.FileKind kind) implements DumpEntry {}
}
