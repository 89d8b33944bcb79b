package io.nvmetsh.command;

import java.nio.file.Path;

/**
 * A file of the administrator's and what will be in it.
 *
 * @param of the target or a part of it, of which older files are kept beside the new one
 */
public record FileContent(Path file, String text, Of of) {

  /** What a file is of. */
  public enum Of {
    TARGET,
    PART,
    OTHER
  }

  public FileContent(Path file, String text) {
    this(file, text, Of.OTHER);
  }
}
