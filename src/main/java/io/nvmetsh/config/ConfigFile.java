package io.nvmetsh.config;

import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration in a file. */
public final class ConfigFile {

  /** Where the default file is; a new machine does not have it yet. */
  public static final Path FOLDER = Path.of("/etc/nvmet");

  /** The file that is loaded when the machine starts, nvmetcli's own. */
  public static final Path DEFAULT = FOLDER.resolve("config.json");

  private ConfigFile() {}

  /**
   * @param name the file as it was named, for messages
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be read or is no configuration
   */
  public static ConfigReader.Config read(Path file, String name, KernelFlavor flavor) {
    return ConfigReader.read(name, text(file, name), flavor);
  }

  /** The text of a file that a person named. */
  static String text(Path file, String name) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "it is a directory" : FileFailure.reading(e);
      throw Problem.of(
              Problem.Kind.FILE,
              name + " cannot be read: " + why,
              "look at it in another shell:  ls -l " + Quoting.word(name))
          .with("path", name)
          .asException();
    } catch (OutOfMemoryError e) {
      throw Problem.of(Problem.Kind.FILE, name + " cannot be read: it is too large")
          .with("path", name)
          .asException();
    }
  }
}
