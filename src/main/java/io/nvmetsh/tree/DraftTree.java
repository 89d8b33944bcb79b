package io.nvmetsh.tree;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A tree with changes laid over it: what the target would be. The base is read only where a change
 * does not decide. What a new object shows is taken from the schema; values that the kernel makes
 * up stay unknown.
 */
public final class DraftTree implements TargetTree {

  private final TargetTree base;
  private final Set<NvmetPath> made = new HashSet<>();
  private final Set<NvmetPath> removed = new HashSet<>();
  private final Map<NvmetPath, Set<String>> madeNames = new HashMap<>();
  private final Map<NvmetPath, Set<String>> madeLinks = new HashMap<>();
  private final Map<NvmetPath, NvmetPath> linkTargets = new HashMap<>();
  private final Map<NvmetPath, String> values = new HashMap<>();
  private final Set<NvmetPath> forgotten = new HashSet<>();

  public DraftTree(TargetTree base) {
    this.base = base;
  }

  /** Makes a directory together with its default groups. */
  public void makeDirectory(NvmetPath path) {
    path.kind().ifPresent(kind -> make(path, kind));
  }

  private void make(NvmetPath path, NodeKind kind) {
    made.add(path);
    removed.remove(path);
    madeNames
        .computeIfAbsent(path.parent(), p -> new TreeSet<>(NaturalOrder.INSTANCE))
        .add(path.name());
    for (String group : kind.defaultGroups(flavor())) {
      kind.entry(group).ifPresent(child -> make(path.child(group), child));
    }
    if (kind == NodeKind.ANA_GROUPS) {
      make(path.child("1"), NodeKind.ANA_GROUP);
    }
  }

  /** Takes a directory away with everything below it. */
  public void removeDirectory(NvmetPath path) {
    made.removeIf(p -> p.isAtOrBelow(path));
    madeNames.keySet().removeIf(p -> p.isAtOrBelow(path));
    madeLinks.keySet().removeIf(p -> p.isAtOrBelow(path));
    linkTargets.keySet().removeIf(p -> p.isAtOrBelow(path));
    values.keySet().removeIf(p -> p.isAtOrBelow(path));
    forgotten.removeIf(p -> p.isAtOrBelow(path));
    forget(madeNames, path);
    removed.add(path);
  }

  public void setValue(NvmetPath attribute, String value) {
    values.put(attribute, value);
    forgotten.remove(attribute);
  }

  /** From now on the value of an attribute is not known: the kernel makes it something else. */
  public void forgetValue(NvmetPath attribute) {
    values.remove(attribute);
    forgotten.add(attribute);
  }

  public void makeLink(NvmetPath link, NvmetPath target) {
    removed.remove(link);
    linkTargets.put(link, target);
    madeLinks
        .computeIfAbsent(link.parent(), p -> new TreeSet<>(NaturalOrder.INSTANCE))
        .add(link.name());
  }

  public void removeLink(NvmetPath link) {
    linkTargets.remove(link);
    forget(madeLinks, link);
    removed.add(link);
  }

  private static void forget(Map<NvmetPath, Set<String>> names, NvmetPath path) {
    Set<String> siblings = names.get(path.parent());
    if (siblings != null) {
      siblings.remove(path.name());
    }
  }

  @Override
  public KernelFlavor flavor() {
    return base.flavor();
  }

  @Override
  public boolean isDirectory(NvmetPath path) {
    return made.contains(path) || (!isGone(path) && base.isDirectory(path));
  }

  @Override
  public List<String> directories(NvmetPath directory) {
    return merged(directory, madeNames, base.directories(directory));
  }

  @Override
  public List<String> linkNames(NvmetPath directory) {
    return merged(directory, madeLinks, base.linkNames(directory));
  }

  @Override
  public List<String> glance(NvmetPath directory, int most) {
    Set<String> here = madeNames.getOrDefault(directory, Set.of());
    Set<String> linked = madeLinks.getOrDefault(directory, Set.of());
    List<String> names = new ArrayList<>();
    take(names, here, most);
    take(names, linked, most);
    if (names.size() < most && !isNew(directory)) {
      // as many more as may be gone by now
      int more = (int) Math.min(Integer.MAX_VALUE, (long) most + removed.size());
      List<String> below = new ArrayList<>(base.glance(directory, more));
      below.removeIf(
          name -> here.contains(name) || linked.contains(name) || isGone(directory.child(name)));
      take(names, below, most);
    }
    return names;
  }

  /** Adds as many as there is room for: of ten thousand that a draft has made, one is asked for. */
  private static void take(List<String> names, Collection<String> others, int most) {
    for (String name : others) {
      if (names.size() >= most) {
        return;
      }
      names.add(name);
    }
  }

  private List<String> merged(
      NvmetPath directory, Map<NvmetPath, Set<String>> additions, List<String> below) {
    Set<String> names = new TreeSet<>(NaturalOrder.INSTANCE);
    names.addAll(additions.getOrDefault(directory, Set.of()));
    if (!isNew(directory)) {
      for (String name : below) {
        if (!isGone(directory.child(name))) {
          names.add(name);
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public List<String> attributes(NvmetPath directory) {
    if (!isNew(directory)) {
      return base.attributes(directory);
    }
    List<String> names = new ArrayList<>();
    directory
        .kind()
        .filter(kind -> made.contains(directory))
        .ifPresent(
            kind -> {
              for (Attribute row : NvmetSchema.of(kind, flavor())) {
                names.add(row.name());
              }
            });
    names.sort(NaturalOrder.INSTANCE);
    return names;
  }

  @Override
  public Optional<NvmetPath> linkTarget(NvmetPath link) {
    NvmetPath target = linkTargets.get(link);
    if (target != null) {
      return Optional.of(target);
    }
    return isNew(link) ? Optional.empty() : base.linkTarget(link);
  }

  @Override
  public Optional<String> value(NvmetPath attribute) {
    String value = values.get(attribute);
    if (value != null || forgotten.contains(attribute)) {
      return Optional.ofNullable(value);
    }
    if (!isNew(attribute.parent())) {
      return base.value(attribute);
    }
    return attribute
        .parent()
        .kind()
        .flatMap(kind -> NvmetSchema.find(kind, attribute.name()))
        .filter(row -> row.initial().known() && row.since().covers(flavor()))
        .map(row -> row.initial().text());
  }

  /** Whether the base knows nothing of this path: it was made or removed here. */
  private boolean isNew(NvmetPath path) {
    return made.contains(path) || isGone(path);
  }

  private boolean isGone(NvmetPath path) {
    return !removed.isEmpty() && path.isAtOrBelowAny(removed);
  }
}
