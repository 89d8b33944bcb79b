package io.nvmetsh.command;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a word on the line names, or says what is there instead. */
public final class Lookup {

  private final TargetTree tree;
  private final NvmetPath here;

  public Lookup(Context context) {
    this.tree = context.tree();
    this.here = context.here();
  }

  /** The directory a word names; a link names the directory it leads to. */
  public NvmetPath directory(String word) {
    Optional<NvmetPath> found = find(word);
    if (found.isPresent()) {
      return found.get();
    }
    NvmetPath path = here.resolveTyped(word);
    if (tree.isAttribute(path)) {
      throw Problem.of(
              Problem.Kind.NOT_FOUND,
              path + " is an attribute, not a directory",
              "look at it:  get " + Words.quote(path.toString()))
          .with("path", path.toString())
          .asException();
    }
    throw absent(path);
  }

  /** The directory a word names, through a link or not; empty when it names none. */
  Optional<NvmetPath> find(String word) {
    NvmetPath path = here.resolveTyped(word);
    return tree.isDirectory(path) ? Optional.of(path) : follow(path);
  }

  NvmetPath directoryOrHere(Optional<String> word) {
    return word.isPresent() ? directory(word.get()) : here;
  }

  /** The path with the first link on it replaced by what it leads to. */
  private Optional<NvmetPath> follow(NvmetPath path) {
    Optional<NvmetPath> followed = Optional.empty();
    for (NvmetPath each : path.way()) {
      followed =
          followed.isPresent() ? Optional.of(followed.get().child(each.name())) : linkAt(each);
    }
    return followed.filter(tree::isDirectory);
  }

  private Optional<NvmetPath> linkAt(NvmetPath path) {
    boolean holdsLinks =
        path.parent().kind().filter(kind -> kind.linkTarget().isPresent()).isPresent();
    return holdsLinks ? tree.linkTarget(path) : Optional.empty();
  }

  /** That nothing is at a path, with the nearest name that is there. */
  RuntimeException absent(NvmetPath path) {
    NvmetPath parent = NvmetPath.ROOT;
    String missing = path.name();
    for (NvmetPath each : path.way()) {
      missing = each.name();
      if (each.equals(path) || !tree.isDirectory(each)) {
        break;
      }
      parent = each;
    }
    List<String> names = new ArrayList<>(tree.directories(parent));
    names.addAll(tree.linkNames(parent));
    names.addAll(tree.attributes(parent));
    Problem problem =
        Problem.of(Problem.Kind.NOT_FOUND, parent + " has no " + missing)
            .with("path", path.toString());
    Optional<String> nearest = Nearest.of(missing, names);
    if (nearest.isPresent()) {
      problem = problem.hint("did you mean:  " + nearest.get());
    }
    return problem.hint("see what is there:  ls " + Words.quote(parent.toString())).asException();
  }
}
