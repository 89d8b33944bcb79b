package io.nvmetsh.journal;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What is kept of deactivated ports, taken along with changes of the target. What is to be kept is
 * written before the first of them, so that a kill loses nothing, and put aside after the last.
 *
 * <p>It follows a port to another address. It goes with a port that is removed, and once the port
 * has its links again, with the first of them that is taken away by hand: it was somebody's wish
 * for another time. What takes earlier changes back removes nothing, as it may bring back a port
 * that was deactivated.
 */
public final class PortsKept {

  private final DeactivatedPorts ports;
  private final Optional<DeactivatedPort> keeps;
  private final boolean byHand;
  private final Map<NvmetPath, DeactivatedPort> touched = new HashMap<>();
  private final Map<NvmetPath, SortedMap<String, String>> addresses = new HashMap<>();
  private final Set<NvmetPath> idle = new HashSet<>();
  private final Optional<DeactivatedPort> before;

  /**
   * Looks at what the changes touch, before they are made.
   *
   * @param keeps what is to be kept of a port
   * @param undoes whether the changes take back earlier ones
   */
  public PortsKept(
      Store store,
      Optional<DeactivatedPort> keeps,
      boolean undoes,
      List<Change> changes,
      TargetTree tree) {
    this.ports = new DeactivatedPorts(store);
    this.keeps = keeps;
    this.byHand = !undoes;
    this.before = keeps.flatMap(each -> ports.of(each.port()));
    for (Change change : changes) {
      port(change).filter(port -> !touched.containsKey(port)).ifPresent(port -> look(port, tree));
    }
  }

  private void look(NvmetPath port, TargetTree tree) {
    boolean decided = keeps.filter(each -> each.port().equals(port)).isPresent();
    Optional<DeactivatedPort> kept = decided ? Optional.empty() : ports.of(port);
    if (kept.isPresent()) {
      touched.put(port, kept.get());
      if (kept.get().missing(tree).isEmpty()) {
        idle.add(port);
      } else {
        addresses.put(port, DeactivatedPort.address(port, tree));
      }
    }
  }

  private static Optional<NvmetPath> port(Change change) {
    NvmetPath path = change.path();
    return path.depth() >= 2 && path.name(0).equals("ports")
        ? Optional.of(path.ancestor(2))
        : Optional.empty();
  }

  /** The changes are about to be made. */
  public void begin() {
    keeps.filter(each -> !each.over()).ifPresent(ports::keep);
  }

  /**
   * The changes are made.
   *
   * @param made those that are
   * @param whole whether those are all
   */
  public void end(List<Change> made, boolean whole) {
    Set<NvmetPath> over = new HashSet<>();
    for (Change change : made) {
      Optional<NvmetPath> port = port(change).filter(touched::containsKey);
      if (port.isEmpty()) {
        continue;
      }
      NvmetPath parent = change.path().parent();
      if (change instanceof Change.SetAttribute set
          && parent.equals(port.get())
          && DeactivatedPort.ADDRESS.contains(set.path().name())) {
        addresses.computeIfPresent(
            port.get(),
            (moved, address) -> {
              address.put(set.path().name(), set.value());
              return address;
            });
      }
      boolean removed = change instanceof Change.Delete && change.path().equals(port.get());
      boolean unlinked =
          change instanceof Change.Unlink && parent.equals(port.get().child("subsystems"));
      if (byHand && (removed || (unlinked && idle.contains(port.get())))) {
        over.add(port.get());
      }
    }
    addresses.forEach(this::follow);
    over.forEach(ports::forget);
    if (whole) {
      keeps.filter(DeactivatedPort::over).ifPresent(ports::keep);
    }
  }

  private void follow(NvmetPath port, SortedMap<String, String> address) {
    Optional.ofNullable(touched.get(port))
        .filter(kept -> !kept.addresses().contains(address))
        .ifPresent(kept -> ports.keep(kept.alsoAt(address)));
  }

  /** The changes are taken back. */
  public void takeBack() {
    if (before.isPresent()) {
      ports.keep(before.get());
    } else {
      keeps.map(DeactivatedPort::port).ifPresent(ports::forget);
    }
  }
}
