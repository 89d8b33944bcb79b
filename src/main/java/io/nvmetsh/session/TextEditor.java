package io.nvmetsh.session;

import java.nio.file.Path;

/** Somebody's editor, on the terminal that the shell is on. */
@FunctionalInterface
public interface TextEditor {

  /**
   * Opens a file and waits until it is left.
   *
   * @return the status that the editor ended with; 0 when the text is meant
   * @throws io.nvmetsh.schema.NvmetshException when none can be started
   */
  int edit(Path file);
}
