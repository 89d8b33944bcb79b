package io.nvmetsh.script;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A target in which nothing has been made yet. */
record EmptyTree(KernelFlavor flavor) implements TargetTree {

  @Override
  public boolean isDirectory(NvmetPath path) {
    return path.isRoot()
        || (path.depth() == 1 && directories(NvmetPath.ROOT).contains(path.name()));
  }

  @Override
  public List<String> directories(NvmetPath directory) {
    return directory.isRoot() ? NodeKind.ROOT.defaultGroups(flavor) : List.of();
  }

  @Override
  public List<String> attributes(NvmetPath directory) {
    List<String> names = new ArrayList<>();
    if (directory.isRoot()) {
      NvmetSchema.of(NodeKind.ROOT, flavor).forEach(row -> names.add(row.name()));
    }
    return names;
  }

  @Override
  public List<String> linkNames(NvmetPath directory) {
    return List.of();
  }

  @Override
  public Optional<NvmetPath> linkTarget(NvmetPath link) {
    return Optional.empty();
  }

  @Override
  public Optional<String> value(NvmetPath attribute) {
    return Optional.empty();
  }
}
