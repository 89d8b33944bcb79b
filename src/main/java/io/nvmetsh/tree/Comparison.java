package io.nvmetsh.tree;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is different in two trees, from the one to the other. */
public final class Comparison {

  /**
   * One difference.
   *
   * @param before what the first tree has there: a value, where a link leads, nothing for a
   *     directory; empty where it has nothing
   * @param after the same of the second tree
   */
  public record Difference(NvmetPath path, Optional<String> before, Optional<String> after) {

    public boolean isMade() {
      return before.isEmpty();
    }

    public boolean isRemoved() {
      return after.isEmpty();
    }
  }

  private final TargetTree from;
  private final TargetTree to;
  private final List<Difference> differences = new ArrayList<>();

  private Comparison(TargetTree from, TargetTree to) {
    this.from = from;
    this.to = to;
  }

  /**
   * All differences, each directory before what is in it.
   *
   * @param to of attributes that it has no value for, none differs
   */
  public static List<Difference> of(TargetTree from, TargetTree to) {
    Comparison comparison = new Comparison(from, to);
    comparison.directory(NvmetPath.ROOT);
    return comparison.differences;
  }

  private void directory(NvmetPath path) {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    boolean both = from.isDirectory(path) && to.isDirectory(path);
    if (!both && kind.isMade()) {
      // the groups in it come and go with it
      boolean made = to.isDirectory(path);
      add(
          path,
          made ? Optional.empty() : Optional.of(""),
          made ? Optional.of("") : Optional.empty());
      if (!made) {
        return;
      }
    }
    for (String name : to.attributes(path)) {
      attribute(path.child(name), NvmetSchema.row(kind, name), both);
    }
    Set<NvmetPath> links = new TreeSet<>();
    from.linkNames(path).forEach(name -> links.add(path.child(name)));
    to.linkNames(path).forEach(name -> links.add(path.child(name)));
    for (NvmetPath link : links) {
      add(link, target(from, link), target(to, link));
    }
    Set<NvmetPath> directories = new TreeSet<>();
    from.directories(path).forEach(name -> directories.add(path.child(name)));
    to.directories(path).forEach(name -> directories.add(path.child(name)));
    for (NvmetPath each : directories) {
      if (each.kind().filter(entry -> entry != NodeKind.OFFLOAD_CTXS).isPresent()) {
        directory(each);
      }
    }
  }

  private static Optional<String> target(TargetTree tree, NvmetPath link) {
    return tree.linkTarget(link).map(NvmetPath::toString);
  }

  private void attribute(NvmetPath path, Attribute row, boolean both) {
    Optional<String> after = to.value(path);
    if (!row.isWritable() || !row.isReadable() || after.isEmpty()) {
      return;
    }
    Optional<String> before = both ? from.value(path) : Optional.empty();
    boolean initial = row.initial().known() && row.type().same(row.initial().text(), after.get());
    boolean same = before.isPresent() ? row.type().same(before.get(), after.get()) : initial;
    if (!same) {
      add(path, before, after);
    }
  }

  private void add(NvmetPath path, Optional<String> before, Optional<String> after) {
    if (!before.equals(after)) {
      differences.add(new Difference(path, before, after));
    }
  }
}
