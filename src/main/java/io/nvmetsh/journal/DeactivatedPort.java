package io.nvmetsh.journal;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The links that were taken off a port to deactivate it, kept so that it can be activated again.
 *
 * <p>What is kept is told from the target each time whether it still says something, and never by
 * who did what: so it is right after a kill, after {@code undo}, and after another tool's work.
 *
 * <ul>
 *   <li>It is of the port that has this name <em>and this address</em>, or one that it was given
 *       while it was deactivated. Another port that took the name has nothing to do with it.
 *   <li>It counts while a link is missing whose subsystem is there.
 *   <li>Once the port was activated, it counts only while none of the links is back: that is what
 *       undoing the activation leaves.
 * </ul>
 *
 * @param addresses what hosts reach the port at, by attribute: as it was, and as it was set since
 * @param over whether the port was activated since
 */
public record DeactivatedPort(
    NvmetPath port,
    List<SortedMap<String, String>> addresses,
    boolean over,
    List<Change.Link> links) {

  /** What tells a port from another one of the same name. */
  static final List<String> ADDRESS =
      List.of("addr_trtype", "addr_adrfam", "addr_traddr", "addr_trsvcid");

  public DeactivatedPort {
    addresses = List.copyOf(addresses);
    links = List.copyOf(links);
  }

  /** A port as it is in the tree, about to lose links. */
  public static DeactivatedPort of(NvmetPath port, List<Change.Link> links, TargetTree tree) {
    return new DeactivatedPort(port, List.of(address(port, tree)), false, links);
  }

  static SortedMap<String, String> address(NvmetPath port, TargetTree tree) {
    SortedMap<String, String> address = new TreeMap<>();
    for (String name : ADDRESS) {
      address.put(name, tree.value(port, name, ""));
    }
    return address;
  }

  /** The links that a port has. */
  public static List<Change.Link> links(NvmetPath port, TargetTree tree) {
    List<Change.Link> links = new ArrayList<>();
    NvmetPath directory = port.child("subsystems");
    for (TargetTree.Link link : tree.links(directory)) {
      links.add(new Change.Link(directory.child(link.name()), link.target()));
    }
    return links;
  }

  /** Whether it speaks of this port, and of nothing else. */
  boolean isAbout(NvmetPath other) {
    NvmetPath directory = other.child("subsystems");
    return port.equals(other)
        && links.stream().allMatch(link -> link.path().parent().equals(directory));
  }

  /** Whether the port of this name is the one whose links these are. */
  public boolean isOf(TargetTree tree) {
    return tree.isDirectory(port) && addresses.contains(address(port, tree));
  }

  /** The links that activating the port would make; none where it is not deactivated. */
  public List<Change.Link> missing(TargetTree tree) {
    if (!isOf(tree)) {
      return List.of();
    }
    Set<NvmetPath> linked = new HashSet<>();
    links(port, tree).forEach(link -> linked.add(link.target()));
    List<Change.Link> missing = new ArrayList<>();
    boolean back = false;
    for (Change.Link link : links) {
      if (linked.contains(link.target())) {
        back = true;
      } else if (tree.isDirectory(link.target())) {
        missing.add(link);
      }
    }
    return over && back ? List.of() : missing;
  }

  /** The subsystems that were linked and are not there any more. */
  public List<NvmetPath> gone(TargetTree tree) {
    List<NvmetPath> gone = new ArrayList<>();
    for (Change.Link link : links) {
      if (!tree.isDirectory(link.target())) {
        gone.add(link.target());
      }
    }
    return gone;
  }

  /** The same once the port has been activated. */
  public DeactivatedPort activated() {
    return new DeactivatedPort(port, addresses, true, links);
  }

  /** The same links of a port of another name. */
  public DeactivatedPort renamed(NvmetPath other) {
    List<Change.Link> renamed = new ArrayList<>();
    for (Change.Link link : links) {
      NvmetPath place = other.child("subsystems").child(link.path().name());
      renamed.add(new Change.Link(place, link.target()));
    }
    return new DeactivatedPort(other, addresses, over, renamed);
  }

  /** The same once the port has another address, which may be taken back. */
  DeactivatedPort alsoAt(SortedMap<String, String> address) {
    List<SortedMap<String, String>> all = new ArrayList<>(addresses);
    all.remove(address);
    all.add(address);
    return new DeactivatedPort(port, all, over, links);
  }
}
