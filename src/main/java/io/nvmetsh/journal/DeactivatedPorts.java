package io.nvmetsh.journal;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ports that were deactivated, in the store of the target's past, one file each. They outlast
 * the process, and the machine's next start.
 */
public final class DeactivatedPorts {

  private static final String FOLDER = "deactivated";

  private final Store store;
  private @Nullable Set<String> names;

  /** Looks into the store once, when a port is first asked about. */
  public DeactivatedPorts(Store store) {
    this.store = store;
  }

  private Set<String> names() {
    if (names == null) {
      names = new HashSet<>(store.names(FOLDER));
    }
    return names;
  }

  /** What is kept of a port, whether or not it still says something. */
  public Optional<DeactivatedPort> of(NvmetPath port) {
    return names().contains(port.name()) && port.equals(NvmetPath.of("ports", port.name()))
        ? store.lines(file(port)).flatMap(Records::deactivated).filter(kept -> kept.isAbout(port))
        : Optional.empty();
  }

  /** The same of a port that is deactivated. */
  public Optional<DeactivatedPort> inForce(NvmetPath port, TargetTree tree) {
    return of(port).filter(kept -> !kept.missing(tree).isEmpty());
  }

  void keep(DeactivatedPort port) {
    List<String> lines = Records.of(port);
    store.replace(file(port.port()), lines);
    names().add(port.port().name());
  }

  void forget(NvmetPath port) {
    store.delete(file(port));
    names().remove(port.name());
  }

  private static String file(NvmetPath port) {
    return FOLDER + "/" + port.name();
  }
}
