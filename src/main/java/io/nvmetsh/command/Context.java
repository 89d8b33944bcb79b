package io.nvmetsh.command;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.journal.Journal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a command may look at: where the line is, and the target and the machine as this line sees
 * them. Made anew for each line.
 *
 * @param here the directory the line runs in
 * @param previous the directory before the last {@code cd}
 * @param workingDirectory what relative file names are relative to
 * @param journal what was done to the target
 * @param refused what the last line that was refused was told, until a line changes something
 * @param patience how long it may take to look
 */
public record Context(
    NvmetPath here,
    NvmetPath previous,
    TargetTree tree,
    Inventory inventory,
    Target target,
    Commands commands,
    Path workingDirectory,
    Journal journal,
    Optional<Problem> refused,
    Patience patience) {

  /** What a line sees that is run, however long that takes. */
  public Context(
      NvmetPath here,
      NvmetPath previous,
      TargetTree tree,
      Inventory inventory,
      Target target,
      Commands commands,
      Path workingDirectory,
      Journal journal,
      Optional<Problem> refused) {
    this(
        here,
        previous,
        tree,
        inventory,
        target,
        commands,
        workingDirectory,
        journal,
        refused,
        Patience.ENDLESS);
  }

  public KernelFlavor flavor() {
    return tree.flavor();
  }

  /** A path of the target as the line has it. */
  NvmetPath resolve(String word) {
    return here.resolveTyped(word);
  }

  /**
   * A file named on the line.
   *
   * @throws io.nvmetsh.schema.NvmetshException when no file can have that name
   */
  public Path file(String name) {
    try {
      return workingDirectory.resolve(name);
    } catch (InvalidPathException e) {
      throw Problem.of(
              Problem.Kind.FILE,
              "no file has such a name: " + Words.quote(name),
              "write it without the character NUL")
          .with("path", name)
          .asException();
    }
  }

  /** A script named on the line; {@code -} is standard input. */
  public Path script(String name) {
    return name.equals("-") ? Path.of("/dev/stdin") : file(name);
  }

  /** The same context at another place. */
  public Context at(NvmetPath place) {
    return with(place, tree, patience);
  }

  /** The same context with another tree in view. */
  public Context seeing(TargetTree other) {
    return with(here, other, patience);
  }

  /** The same context for a key press. */
  Context within(Patience limit) {
    return with(here, tree, limit);
  }

  private Context with(NvmetPath place, TargetTree seen, Patience limit) {
    return new Context(
        place,
        previous,
        seen,
        inventory,
        target,
        commands,
        workingDirectory,
        journal,
        refused,
        limit);
  }
}
