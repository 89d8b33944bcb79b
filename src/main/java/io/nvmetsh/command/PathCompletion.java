package io.nvmetsh.command;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.tree.TargetTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Paths of the tree, a name at a time: of the directory typed so far, what is looked for or leads
 * there. What comes of each name is decided by its kind, so nothing below it is read.
 */
final class PathCompletion {

  /**
   * What is looked for.
   *
   * @param wanted the directories it can be
   * @param holds the directories in which it can be, where it is no directory itself
   * @param links whether links are shown
   * @param attributes whether attributes are shown
   */
  record Goal(
      Predicate<NodeKind> wanted, Predicate<NodeKind> holds, boolean links, boolean attributes) {

    boolean shows(NodeKind kind, TargetTree tree) {
      return wanted.test(kind) || leads(kind, tree);
    }

    /** Whether what is looked for can be below a directory of this kind. */
    boolean leads(NodeKind kind, TargetTree tree) {
      if (holds.test(kind)) {
        return true;
      }
      for (NodeKind child : kind.children()) {
        if (child.since().covers(tree.flavor()) && shows(child, tree)) {
          return true;
        }
      }
      return false;
    }
  }

  static final Goal DIRECTORY = new Goal(kind -> true, PathCompletion::holdsLinks, true, false);
  static final Goal ATTRIBUTE = new Goal(kind -> true, kind -> true, false, true);
  static final Goal REMOVABLE = new Goal(NodeKind::isMade, PathCompletion::holdsLinks, true, false);
  static final Goal SWITCHED = new Goal(NodeKind::isSwitched, kind -> false, false, false);
  static final Goal HOLDER =
      new Goal(
          kind -> kind == NodeKind.PORT || kind == NodeKind.SUBSYSTEM, kind -> false, false, false);
  static final Goal LINK = new Goal(kind -> false, PathCompletion::holdsLinks, true, false);
  static final Goal LINK_TARGET =
      new Goal(
          kind -> kind == NodeKind.SUBSYSTEM || kind == NodeKind.HOST, kind -> false, false, false);
  private static final Goal GROUP = new Goal(kind -> false, PathCompletion::takesNew, false, false);

  private final Context context;
  private final TargetTree tree;
  private final NodeSummary summary;
  private final String lead;
  private final NvmetPath base;
  private final Offer offer;

  private PathCompletion(Context context, String lead, NvmetPath base, Offer offer) {
    this.context = context;
    this.tree = context.tree();
    this.summary = NodeSummary.inPassing(context);
    this.lead = lead;
    this.base = base;
    this.offer = offer;
  }

  private static boolean takesNew(NodeKind kind) {
    return kind.member().isPresent() || holdsLinks(kind);
  }

  private static boolean holdsLinks(NodeKind kind) {
    return kind.linkTarget().isPresent();
  }

  /** What the word can become on the way to the goal. */
  static List<Candidate> of(Context context, String word, Goal goal) {
    Offer offer = new Offer(context, word);
    at(context, word, offer).ifPresent(completion -> completion.add(goal));
    return offer.candidates();
  }

  /** The same, among what is offered already. */
  static void add(Context context, Offer offer, Goal goal) {
    at(context, offer.typed(), offer).ifPresent(completion -> completion.add(goal));
  }

  /** Where something can be made: groups, and in a numbered one its next free id. */
  static List<Candidate> ofNew(Context context, String word) {
    Offer offer = new Offer(context, word);
    at(context, word, offer)
        .ifPresent(
            completion -> {
              completion.addNextId();
              completion.addLinkTargets();
              completion.add(GROUP);
            });
    return offer.candidates();
  }

  /** The directories here, as they must be written at the beginning of a line. */
  static List<Candidate> entered(Context context, String word) {
    Offer offer = new Offer(context, word);
    PathCompletion here = new PathCompletion(context, "", context.here(), offer);
    if (here.member().isPresent()) {
      here.addMembers(true);
    } else {
      for (String name : context.tree().directories(context.here())) {
        offer.add(name + "/", true, () -> here.summary(name));
      }
    }
    return offer.candidates();
  }

  /** The directory that a word names up to its last slash; empty when there is none. */
  private static Optional<PathCompletion> at(Context context, String word, Offer offer) {
    String lead = word.substring(0, word.lastIndexOf('/') + 1);
    Optional<NvmetPath> base =
        lead.isEmpty() ? Optional.of(context.here()) : new Lookup(context).find(lead);
    return base.map(path -> new PathCompletion(context, lead, path, offer));
  }

  private void add(Goal goal) {
    Optional<NodeKind> member = member();
    if (member.isEmpty()) {
      addEntries(goal);
    } else if (goal.shows(member.get(), tree)) {
      addMembers(goal.leads(member.get(), tree));
    }
    String last = offer.typed().substring(lead.length());
    if (last.equals(".") || last.equals("..")) {
      offer.open(lead + "../", base.parent().toString());
    }
  }

  private void addEntries(Goal goal) {
    Optional<NodeKind> parent = base.kind();
    for (String name : tree.directories(base)) {
      Optional<NodeKind> kind = parent.flatMap(each -> each.entry(name));
      if (kind.isPresent() && goal.shows(kind.get(), tree)) {
        boolean leads = goal.leads(kind.get(), tree);
        offer.add(leads ? written(name) + "/" : written(name), leads, () -> summary(name));
      }
    }
    if (goal.links()) {
      for (String name : tree.linkNames(base)) {
        offer.add(written(name), false, () -> target(base.child(name)));
      }
    }
    if (goal.attributes()) {
      for (String name : tree.attributes(base)) {
        Attribute row = Values.row(base, name);
        offer.add(written(name), false, row::help);
      }
    }
  }

  /** A group holds nothing else, and can hold ten thousand. */
  private void addMembers(boolean leads) {
    String begun = offer.typed().substring(lead.length());
    Front front = Offer.front();
    for (String name : tree.glance(base, Integer.MAX_VALUE)) {
      if (lead.isEmpty()
          ? offer.takes(written(name))
          : name.startsWith(begun) && Printable.isPrintable(name)) {
        front.add(name);
      }
    }
    offer.addFront(
        front, leads, name -> leads ? written(name) + "/" : written(name), this::summary);
  }

  private String summary(String name) {
    return summary.of(base.child(name)).text();
  }

  /** The members of the group that this is; empty where it is none. */
  private Optional<NodeKind> member() {
    return base.kind().flatMap(NodeKind::member);
  }

  private void addNextId() {
    Optional<NodeKind> member = member();
    if (member.filter(NodeKind::isNumbered).isPresent()) {
      String id = Members.nextId(tree.directories(base));
      offer.add(written(id), "next free " + member.get().term() + " id");
    }
  }

  /** In nvmetcli's way to link, what is not linked yet. */
  private void addLinkTargets() {
    if (base.kind().flatMap(NodeKind::linkTarget).isPresent()) {
      NvmetPath group = LinkCommand.groupOf(base);
      Set<String> linked = new HashSet<>(tree.linkNames(base));
      Front front = Offer.front();
      for (String name : tree.glance(group, Integer.MAX_VALUE)) {
        if (!linked.contains(name) && offer.takes(written(name))) {
          front.add(name);
        }
      }
      offer.addFront(front, false, this::written, name -> summary.of(group.child(name)).text());
    }
  }

  /** A name that begins with a dash would be read as an option. */
  private String written(String name) {
    return lead.isEmpty() && name.startsWith("-") ? "./" + name : lead + name;
  }

  private String target(NvmetPath link) {
    return context.tree().linkTarget(link).map(path -> "-> " + path).orElse("");
  }
}
