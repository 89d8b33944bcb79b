package io.nvmetsh.session;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.script.ScriptPlan;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object that is there already and that a script would make, with the values that it would give
 * it before it is in use.
 */
final class StandingObject {

  private final NvmetPath path;
  private final int line;
  private final Map<NvmetPath, Wanted> before = new LinkedHashMap<>();
  private final Map<NvmetPath, String> after = new LinkedHashMap<>();
  private boolean used;

  private StandingObject(NvmetPath path, int line) {
    this.path = path;
    this.line = line;
  }

  private record Wanted(int line, Change.SetAttribute set) {}

  /** A value that is another than the script's. */
  record Difference(int line, NvmetPath path, String is, String wouldBe) {}

  NvmetPath path() {
    return path;
  }

  /** The line that would make it. */
  int line() {
    return line;
  }

  /**
   * @param first the index of the line that the script begins with
   */
  static List<StandingObject> of(ScriptPlan plan, int first, TargetTree tree) {
    Map<NvmetPath, StandingObject> objects = new LinkedHashMap<>();
    Set<NvmetPath> gone = new HashSet<>();
    for (ScriptPlan.Line line : plan.lines().subList(first, plan.lines().size())) {
      // who says that it may be there, or may fail, has thought of it
      boolean meant = line.ifMissing() || line.step().mayFail();
      for (Change change : line.changes()) {
        if (change instanceof Change.Create && !meant && isStanding(change.path(), gone, tree)) {
          objects.putIfAbsent(
              change.path(), new StandingObject(change.path(), line.step().number()));
        } else if (change instanceof Change.Delete) {
          gone.add(change.path());
        } else if (change instanceof Change.SetAttribute set) {
          owner(objects, set.path()).ifPresent(object -> object.set(set, line.step().number()));
        } else if (change instanceof Change.Link link) {
          owner(objects, link.path()).ifPresent(object -> object.used |= object.isHolder());
          owner(objects, link.target()).ifPresent(object -> object.used = true);
        }
      }
    }
    return List.copyOf(objects.values());
  }

  private static boolean isStanding(NvmetPath path, Set<NvmetPath> gone, TargetTree tree) {
    return tree.isDirectory(path) && gone.stream().noneMatch(path::isAtOrBelow);
  }

  /** The innermost of the objects that a path is in. */
  private static Optional<StandingObject> owner(
      Map<NvmetPath, StandingObject> objects, NvmetPath path) {
    for (NvmetPath each = path; !each.isRoot(); each = each.parent()) {
      StandingObject object = objects.get(each);
      if (object != null) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  /** Links make a port listen; a subsystem is in use when it is linked itself. */
  private boolean isHolder() {
    return path.kind().filter(NodeKind.PORT::equals).isPresent();
  }

  private void set(Change.SetAttribute set, int number) {
    if (set.path().name().equals("enable")) {
      used |= set.value().equals("1");
    } else if (used) {
      after.put(set.path(), set.value());
    } else {
      before.put(set.path(), new Wanted(number, set));
    }
  }

  /**
   * What it has otherwise than the script would have it. What nobody has set yet in something that
   * is not in use is no difference: a script that stopped half-way may run again.
   */
  List<Difference> differences(TargetTree tree) {
    boolean inUse = isInUse(tree);
    List<Difference> differences = new ArrayList<>();
    for (Wanted wanted : before.values()) {
      Attribute row = wanted.set().row();
      NvmetPath attribute = wanted.set().path();
      Optional<String> is = row.isReadable() ? tree.value(attribute) : Optional.empty();
      if (is.isEmpty() || same(row, is.get(), wanted.set().value(), attribute)) {
        continue;
      }
      boolean unset = !row.initial().known() || row.type().same(row.initial().text(), is.get());
      if (inUse || !unset) {
        boolean hidden = row.isSecret();
        differences.add(
            new Difference(
                wanted.line(),
                attribute,
                hidden && !is.get().isBlank() ? "***" : is.get().strip(),
                hidden ? "another" : wanted.set().value()));
      }
    }
    return differences;
  }

  private boolean same(Attribute row, String is, String wanted, NvmetPath attribute) {
    String later = after.getOrDefault(attribute, wanted);
    return row.type().same(is, wanted) || row.type().same(is, later);
  }

  private boolean isInUse(TargetTree tree) {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    if (kind == NodeKind.PORT) {
      return !tree.linkNames(path.child("subsystems")).isEmpty();
    }
    return kind == NodeKind.SUBSYSTEM ? !tree.linksTo(path).isEmpty() : tree.isOn(path, "enable");
  }
}
