package io.nvmetsh.session;

import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was settled when the program started.
 *
 * @param dryRun show what would be done, and do nothing
 * @param readOnly refuse every change
 * @param yes answer y to "hosts will be disconnected"
 * @param yesName the name that confirms deleting everything
 * @param interactive whether a person types the lines: prefixes of commands are then understood
 * @param workingDirectory what relative file names are relative to
 */
public record Settings(
    boolean dryRun,
    boolean readOnly,
    boolean yes,
    Optional<String> yesName,
    boolean interactive,
    Path workingDirectory) {

  /**
   * To be asked before anything is changed.
   *
   * @throws io.nvmetsh.schema.NvmetshException when nothing may be
   */
  void refuseReadOnly() {
    if (readOnly) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "this shell is read-only",
              "see what would be done:  add --dry-run to the line",
              "to change the target, start nvmetsh as root and without --read-only")
          .asException();
    }
  }
}
