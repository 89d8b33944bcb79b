package io.nvmetsh.session;

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
    Path workingDirectory) {}
