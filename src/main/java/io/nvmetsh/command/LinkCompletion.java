package io.nvmetsh.command;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be linked, where to, and what is: only what would work is offered. */
final class LinkCompletion {

  /**
   * With more links than this their names are taken for what they lead to, as all tools name them;
   * reading every link would take longer than a key press may.
   */
  private static final int MANY = 64;

  private LinkCompletion() {}

  /** The links here, by name; elsewhere, by path. */
  static List<Candidate> links(Context context, String word) {
    Offer offer = new Offer(context, word);
    TargetTree tree = context.tree();
    Optional<NvmetPath> here = LinkCommand.linksOf(context.here());
    if (here.isPresent()) {
      for (String name : tree.linkNames(here.get())) {
        NvmetPath link = here.get().child(name);
        offer.add(name, false, () -> tree.linkTarget(link).map(NvmetPath::toString).orElse(""));
      }
    }
    PathCompletion.add(context, offer, PathCompletion.LINK);
    return offer.candidates();
  }

  /**
   * What is not linked here yet; where nothing can be linked, all that can be linked anywhere. A
   * subsystem without a host to link is left to be linked itself.
   */
  static List<Candidate> targets(Context context, String word) {
    Offer offer = new Offer(context, word);
    if (word.indexOf('/') >= 0) {
      PathCompletion.add(context, offer, PathCompletion.LINK_TARGET);
      return offer.candidates();
    }
    Optional<NvmetPath> links = LinkCommand.linksOf(context.here());
    NodeKind takes = links.flatMap(NvmetPath::kind).flatMap(NodeKind::linkTarget).orElse(null);
    Set<String> linked = links.isPresent() ? linked(context.tree(), links.get()) : Set.of();
    if (takes != NodeKind.HOST) {
      members(context, offer, "subsystems", linked);
    }
    if (takes != NodeKind.SUBSYSTEM) {
      members(context, offer, "hosts", linked);
    }
    if (offer.isEmpty() && context.here().kind().equals(Optional.of(NodeKind.SUBSYSTEM))) {
      offer.add(".", "this subsystem, into a port");
    }
    return offer.candidates();
  }

  /** The hosts there are. */
  static List<Candidate> hosts(Context context, String word) {
    Offer offer = new Offer(context, word);
    members(context, offer, "hosts");
    return offer.candidates();
  }

  private static Set<String> linked(TargetTree tree, NvmetPath links) {
    Set<String> names = new HashSet<>(tree.linkNames(links));
    if (names.size() <= MANY) {
      names.clear();
      for (TargetTree.Link link : tree.links(links)) {
        names.add(link.target().name());
      }
    }
    return names;
  }

  /** Every member of a group. */
  static void members(Context context, Offer offer, String group) {
    members(context, offer, group, Set.of());
  }

  private static void members(Context context, Offer offer, String group, Set<String> without) {
    NvmetPath directory = NvmetPath.of(group);
    NodeSummary summary = NodeSummary.inPassing(context);
    Front front = Offer.front();
    for (String name : context.tree().glance(directory, Integer.MAX_VALUE)) {
      if (offer.takes(name) && !without.contains(name) && !offer.has(name)) {
        front.add(name);
      }
    }
    String kind = group.equals("hosts") ? "host" : "subsystem";
    offer.addFront(
        front,
        false,
        name -> name,
        name -> {
          String about = summary.of(directory.child(name)).text();
          return about.isEmpty() ? kind : kind + ", " + about;
        });
  }

  /**
   * The ports or subsystems that something can be linked into or taken off.
   *
   * @param target the word for what is linked
   * @param linked whether to offer those that have the link, or those that lack it
   */
  static List<Candidate> holders(Context context, String target, boolean linked, String word) {
    Offer offer = new Offer(context, word);
    String name = context.resolve(target).name();
    boolean byPath = target.indexOf('/') >= 0;
    NvmetPath path = context.resolve(target);
    if (byPath ? isMember(path, "subsystems") : isThere(context, "subsystems", name)) {
      holders(context, offer, "ports", name, linked);
    }
    if (byPath ? isMember(path, "hosts") : isThere(context, "hosts", name)) {
      holders(context, offer, "subsystems", name, linked);
    }
    if (offer.isEmpty()) {
      PathCompletion.add(context, offer, PathCompletion.HOLDER);
    }
    return offer.candidates();
  }

  private static boolean isThere(Context context, String group, String name) {
    return context.tree().isDirectory(NvmetPath.of(group, name));
  }

  private static boolean isMember(NvmetPath path, String group) {
    return path.depth() == 2 && path.name(0).equals(group);
  }

  private static void holders(
      Context context, Offer offer, String group, String link, boolean linked) {
    TargetTree tree = context.tree();
    NodeSummary summary = NodeSummary.inPassing(context);
    List<String> names = tree.directories(NvmetPath.of(group));
    for (String name : names) {
      NvmetPath holder = NvmetPath.of(group, name);
      if (offer.takes(holder.toString())
          && (names.size() > MANY
              || context.patience().isOver()
              || has(tree, holder, link) == linked)) {
        offer.add(holder.toString(), false, () -> summary.of(holder).text());
      }
    }
  }

  private static boolean has(TargetTree tree, NvmetPath holder, String link) {
    return LinkCommand.linksOf(holder).filter(links -> tree.isLink(links.child(link))).isPresent();
  }
}
