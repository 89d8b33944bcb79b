package io.nvmetsh.command;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/** Whether a word that stands for a path names something. A word that does costs one look. */
final class PathStanding {

  /** Whose members are named without their directory, as in {@code link NQN}. */
  private static final List<String> BY_NAME = List.of("subsystems", "hosts");

  private final Context context;
  private final TargetTree tree;

  PathStanding(Context context) {
    this.context = context;
    this.tree = context.tree();
  }

  /** A directory, link or attribute. */
  Standing of(String word) {
    NvmetPath path = context.resolve(word);
    if (new Lookup(context).find(word).isPresent() || tree.isLink(path) || tree.isAttribute(path)) {
      return Standing.THERE;
    }
    return begins(word) ? Standing.BEGUN : Standing.ABSENT;
  }

  /** A path, or the name alone of a subsystem or host, or of a link here. */
  Standing ofMember(String word) {
    Standing standing = of(word);
    if (word.indexOf('/') >= 0) {
      return standing;
    }
    for (String group : BY_NAME) {
      NvmetPath directory = NvmetPath.of(group);
      standing =
          standing.or(
              tree.isDirectory(directory.child(word))
                  ? Standing.THERE
                  : Standing.among(tree.directories(directory), word));
    }
    Optional<NvmetPath> links = LinkCommand.linksOf(context.here());
    return links.isPresent()
        ? standing.or(Standing.among(tree.linkNames(links.get()), word))
        : standing;
  }

  /**
   * What is to be made. Its place must be there, and itself not yet: until the word ends, that can
   * be the beginning of another name.
   */
  Standing ofNew(String word) {
    int slash = word.lastIndexOf('/');
    if (slash > 0 && new Lookup(context).find(word.substring(0, slash)).isEmpty()) {
      return of(word.substring(0, slash));
    }
    NvmetPath path = context.resolve(word);
    boolean made = path.kind().filter(NodeKind::isMade).isPresent() && tree.isDirectory(path);
    return made ? Standing.BEGUN : Standing.OPEN;
  }

  private boolean begins(String word) {
    int slash = word.lastIndexOf('/');
    String last = word.substring(slash + 1);
    Optional<NvmetPath> parent =
        slash < 0
            ? Optional.of(context.here())
            : new Lookup(context).find(word.substring(0, slash + 1));
    if (parent.isEmpty()) {
      return false;
    }
    for (List<String> names :
        List.of(
            tree.directories(parent.get()),
            tree.linkNames(parent.get()),
            tree.attributes(parent.get()))) {
      if (Standing.among(names, last) != Standing.ABSENT) {
        return true;
      }
    }
    return last.equals(".") || last.equals("..");
  }
}
