package io.nvmetsh.plan;

import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Whom a plan cuts off from what.
 *
 * @param what the subsystems, with the port or namespace where only that is lost
 * @param hosts how many connected hosts are cut off; empty when the kernel does not tell
 * @param everything whether the plan removes all there is
 */
public record Disruption(List<String> what, OptionalInt hosts, boolean everything) {

  private static final int MOST_NAMED = 8;

  public Disruption {
    what = List.copyOf(what);
  }

  /** What the plan disrupts; empty when no host can notice. */
  public static Optional<Disruption> of(List<Change> changes, TargetTree tree, SysTree sys) {
    Losses losses = new Losses(tree);
    for (Change change : changes) {
      change.match(losses);
    }
    boolean everything = removesAll(changes, tree);
    OptionalInt hosts = new ConnectedHosts(sys).among(losses.found.values());
    boolean noticed = !losses.found.isEmpty() && (hosts.isEmpty() || hosts.getAsInt() > 0);
    return noticed || everything
        ? Optional.of(new Disruption(named(losses.found), hosts, everything))
        : Optional.empty();
  }

  /** Of what hosts are cut off, and how many they are. */
  public String whose() {
    return String.join(", ", what)
        + (hosts.isEmpty() ? " (how many is not told)" : " (" + hosts.getAsInt() + ")");
  }

  private static List<String> named(Map<String, Loss> losses) {
    List<String> names = new ArrayList<>(losses.keySet());
    if (names.size() <= MOST_NAMED) {
      return names;
    }
    List<String> shown = new ArrayList<>(names.subList(0, MOST_NAMED));
    shown.add((names.size() - MOST_NAMED) + " more");
    return shown;
  }

  /** Whether nothing is left of a target on which somebody may depend. */
  private static boolean removesAll(List<Change> changes, TargetTree tree) {
    Set<NvmetPath> removed = new HashSet<>();
    int subsystems = 0;
    boolean linked = false;
    for (Change change : changes) {
      if (change instanceof Change.Delete) {
        removed.add(change.path());
        subsystems += isMember(change.path(), NodeKind.SUBSYSTEM) ? 1 : 0;
      }
      linked |= change instanceof Change.Unlink && isPortLink(change.path());
    }
    boolean some = subsystems > 1 || (subsystems == 1 && linked);
    return some
        && holdsNoOther(tree, "subsystems", removed)
        && holdsNoOther(tree, "ports", removed);
  }

  private static boolean holdsNoOther(TargetTree tree, String group, Set<NvmetPath> removed) {
    // one that stays is among the first of many
    for (String name : tree.glance(NvmetPath.of(group), removed.size() + 1)) {
      if (!removed.contains(NvmetPath.of(group, name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMember(NvmetPath path, NodeKind kind) {
    return path.kind().filter(kind::equals).isPresent();
  }

  private static boolean isPortLink(NvmetPath path) {
    return isMember(path.parent(), NodeKind.PORT_SUBSYSTEMS);
  }

  /**
   * What hosts lose of one subsystem.
   *
   * @param port only on this port; empty for on all
   */
  record Loss(String nqn, Optional<String> port) {}

  /** Collects what each change takes away, by the words for it. */
  private static final class Losses implements Change.Cases<Optional<Loss>> {

    private final TargetTree tree;
    private final Map<String, Loss> found = new LinkedHashMap<>();

    Losses(TargetTree tree) {
      this.tree = tree;
    }

    private Optional<Loss> add(String what, String nqn, Optional<String> port) {
      found.putIfAbsent(what, new Loss(nqn, port));
      return Optional.of(found.get(what));
    }

    /** Before nvmet_port_del_ctrls the controllers outlived the link. */
    @Override
    public Optional<Loss> unlink(Change.Unlink change) {
      Optional<NvmetPath> subsystem = tree.linkTarget(change.path());
      if (!isPortLink(change.path()) || subsystem.isEmpty() || !unlinkDropsHosts(tree.flavor())) {
        return Optional.empty();
      }
      String nqn = subsystem.get().name();
      String port = change.path().name(1);
      return add(nqn + " on port " + port, nqn, Optional.of(port));
    }

    private static boolean unlinkDropsHosts(KernelFlavor flavor) {
      return flavor.ofed().isPresent()
          ? flavor.ofed().get().atLeast(4, 7)
          : flavor.linux().atLeast(5, 2);
    }

    @Override
    public Optional<Loss> delete(Change.Delete change) {
      return isMember(change.path(), NodeKind.NAMESPACE)
          ? namespace(new Namespace(tree, change.path()))
          : Optional.empty();
    }

    /** Hosts stay connected and lose the disk, which is the same to whoever has it mounted. */
    private Optional<Loss> namespace(Namespace namespace) {
      Subsystem subsystem = namespace.subsystem();
      return namespace.isEnabled() && subsystem.isLinked()
          ? add(
              "namespace " + namespace.nsid() + " of " + subsystem.nqn(),
              subsystem.nqn(),
              Optional.empty())
          : Optional.empty();
    }

    @Override
    public Optional<Loss> set(Change.SetAttribute change) {
      NvmetPath directory = change.path().parent();
      NodeKind kind = directory.kind().orElse(NodeKind.ROOT);
      boolean off = change.path().name().equals("enable") && change.value().equals("0");
      if (kind == NodeKind.NAMESPACE && off) {
        return namespace(new Namespace(tree, directory));
      }
      Subsystem subsystem = new Subsystem(tree, directory.ancestor(Math.min(2, directory.depth())));
      boolean drops =
          (kind == NodeKind.PASSTHRU && off && subsystem.isPassthru())
              || (kind == NodeKind.SUBSYSTEM
                  && change.path().name().equals("attr_qid_max")
                  && tree.flavor().linux().atLeast(6, 2));
      return drops && subsystem.isLinked()
          ? add(subsystem.nqn(), subsystem.nqn(), Optional.empty())
          : Optional.empty();
    }

    @Override
    public Optional<Loss> create(Change.Create change) {
      return Optional.empty();
    }

    @Override
    public Optional<Loss> link(Change.Link change) {
      return Optional.empty();
    }

    @Override
    public Optional<Loss> loadModule(Change.LoadModule change) {
      return Optional.empty();
    }

    @Override
    public Optional<Loss> unloadModule(Change.UnloadModule change) {
      return Optional.empty();
    }

    @Override
    public Optional<Loss> setOptions(Change.SetOptions change) {
      return Optional.empty();
    }

    @Override
    public Optional<Loss> unsetOptions(Change.UnsetOptions change) {
      return Optional.empty();
    }
  }
}
