package io.nvmetsh.shell;

import io.nvmetsh.journal.DiskStore;
import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.journal.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Where the past of a target is kept: beside it, so that whoever works on it next finds it. */
final class Stores {

  private static final Path ROOTS = Path.of("/var/lib/nvmetsh");

  private Stores() {}

  static Store of(LaunchOptions options, boolean root) {
    return directory(options, root).<Store>map(DiskStore::new).orElseGet(MemoryStore::new);
  }

  /** The directory; empty when the target is gone with this process. */
  private static Optional<Path> directory(LaunchOptions options, boolean root) {
    if (options.stateDir().isPresent()) {
      return options.stateDir().map(dir -> Path.of(dir).toAbsolutePath());
    } else if (options.sim().isPresent()) {
      return options.simState().map(file -> Path.of(file + ".d").toAbsolutePath());
    }
    Path base = root ? ROOTS : ownState();
    // each tree has a past of its own
    return Optional.of(
        options.root().map(tree -> base.resolve("roots").resolve(escaped(tree))).orElse(base));
  }

  private static Path ownState() {
    String state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).orElse("");
    return state.startsWith("/")
        ? Path.of(state, "nvmetsh")
        : Path.of(System.getProperty("user.home", "/"), ".local", "state", "nvmetsh");
  }

  /** A path as the name of one file. */
  private static String escaped(String tree) {
    StringBuilder name = new StringBuilder();
    Path path = Path.of(tree).toAbsolutePath().normalize();
    for (byte each : path.toString().getBytes(StandardCharsets.UTF_8)) {
      boolean plain = Character.isLetterOrDigit((char) each) && each > 0;
      name.append(plain ? Character.toString((char) each) : "-" + Integer.toHexString(each & 0xff));
    }
    return name.toString();
  }
}
