package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Set;

/**
 * The way to an object that is like another one but for its name. configfs renames nothing and
 * copies nothing, so it is a way from the target as it is to one that has the object as well, or
 * instead, as short as that between any two targets.
 */
public final class Namesake {

  /** What hosts know an object by, or what only one object can have. */
  private static final Set<String> OWN = Set.of("device_nguid", "device_path", "pci_device_path");

  private final Snapshot now;
  private final Snapshot then;
  private final NvmetPath source;
  private final NvmetPath target;

  private Namesake(TargetTree tree, NvmetPath source, NvmetPath target) {
    // of what a member is in, all is read: offload depends on it
    this.now = Excerpt.of(tree, List.of(source.ancestor(2), target.ancestor(2)));
    this.then = Snapshot.of(now);
    this.source = source;
    this.target = target;
  }

  /**
   * Makes another one. What can be there but once stays away from it: serial number, UUID, NGUID,
   * drives and keys; the kernel makes up what it makes up for any new object.
   *
   * @param links whether it is linked like the first one, and what is linked into that into it
   */
  public static List<Change> copied(
      TargetTree tree, NvmetPath source, NvmetPath target, boolean links) {
    Namesake namesake = new Namesake(tree, source, target);
    namesake.fill(source, target, false, links);
    if (links) {
      namesake.linkAgain();
    }
    return Transition.of(namesake.now, namesake.then);
  }

  /** Makes another one with all that the first one has, which goes. */
  public static List<Change> renamed(TargetTree tree, NvmetPath source, NvmetPath target) {
    Namesake namesake = new Namesake(tree, source, target);
    namesake.fill(source, target, true, true);
    for (NvmetPath link : namesake.linkAgain()) {
      namesake.then.unlink(link);
    }
    namesake.then.remove(source);
    return Transition.of(namesake.now, namesake.then);
  }

  /**
   * @param identity whether it is the same object, and not one like it
   */
  private void fill(NvmetPath from, NvmetPath to, boolean identity, boolean links) {
    then.create(to);
    NodeKind kind = from.kind().orElseThrow();
    for (String name : now.attributes(from)) {
      if (identity || isShared(NvmetSchema.row(kind, name))) {
        now.value(from.child(name)).ifPresent(value -> then.set(to.child(name), value));
      }
    }
    for (TargetTree.Link link : links ? now.links(from) : List.<TargetTree.Link>of()) {
      then.link(to.child(link.name()), link.target());
    }
    for (String name : now.directories(from)) {
      fill(from.child(name), to.child(name), identity, links);
    }
  }

  private static boolean isShared(Attribute row) {
    boolean off = row.name().equals("enable") && row.owner() != NodeKind.REFERRAL;
    return !row.isSecret() && !row.varies() && !off && !OWN.contains(row.name());
  }

  /** Links the new one wherever the first one is linked; returns the links of that. */
  private List<NvmetPath> linkAgain() {
    List<NvmetPath> links = now.linksTo(source);
    for (NvmetPath link : links) {
      then.link(link.parent().child(target.name()), target);
    }
    return links;
  }
}
