package io.nvmetsh.config;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Some hosts, subsystems and ports of a target, with what they cannot do without: the hosts that a
 * subsystem lets in, the subsystems that a port exports. A part of a configuration can be kept, and
 * a part of a target be made what it was, without a word about the rest.
 */
public final class Selection {

  private static final Set<NodeKind> PARTS =
      Set.of(NodeKind.HOST, NodeKind.SUBSYSTEM, NodeKind.PORT);

  private Selection() {}

  /** The part of a tree, and nothing of the rest. */
  public static Snapshot of(TargetTree tree, List<NvmetPath> only) {
    Snapshot part = new Snapshot(tree.flavor());
    for (NvmetPath path : only) {
      check(tree, path, "the target");
      add(part, tree, path);
    }
    return part;
  }

  /**
   * A target whose named parts are as in a file, and whose rest is as it is. A subsystem gets its
   * links from those ports that are in both.
   *
   * @param name of the file, for messages
   */
  public static Snapshot into(
      TargetTree target, TargetTree file, List<NvmetPath> only, String name) {
    Snapshot made = Snapshot.of(target);
    for (NvmetPath path : only) {
      check(file, path, name);
      made.remove(path);
      add(made, file, path);
      if (path.parent().name().equals("subsystems")) {
        exported(made, file, path);
      }
    }
    return made;
  }

  private static void check(TargetTree tree, NvmetPath path, String where) {
    if (path.kind().filter(PARTS::contains).isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              path + " is no host, subsystem or port; only those can be had alone",
              "name one:  --only /subsystems/NQN")
          .with("path", path.toString())
          .asException();
    }
    if (!tree.isDirectory(path)) {
      throw Problem.of(
              Problem.Kind.NOT_FOUND, where + " has no " + path, "see what it has:  diff FILE")
          .with("path", path.toString())
          .asException();
    }
  }

  private static void add(Snapshot part, TargetTree tree, NvmetPath path) {
    part.copy(tree, path);
    for (NvmetPath link : links(tree, path)) {
      NvmetPath target = tree.linkTarget(link).orElseThrow();
      if (!part.isDirectory(target) && tree.isDirectory(target)) {
        add(part, tree, target);
      }
    }
  }

  private static List<NvmetPath> links(TargetTree tree, NvmetPath path) {
    List<NvmetPath> links = new ArrayList<>();
    for (String group : List.of("allowed_hosts", "subsystems")) {
      tree.linkNames(path.child(group)).forEach(name -> links.add(path.child(group).child(name)));
    }
    return links;
  }

  private static void exported(Snapshot made, TargetTree file, NvmetPath subsystem) {
    for (String id : made.directories(NvmetPath.of("ports"))) {
      NvmetPath links = NvmetPath.of("ports", id, "subsystems");
      if (file.isDirectory(links)) {
        made.linkTo(links, subsystem).ifPresent(made::unlink);
        file.linkTo(links, subsystem).ifPresent(link -> made.link(link, subsystem));
      }
    }
  }
}
