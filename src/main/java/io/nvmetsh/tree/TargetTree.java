package io.nvmetsh.tree;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The target as one line sees it. Reads happen on demand, each directory and attribute at most
 * once, so two questions within a line get one answer; nothing is kept for the next line.
 */
public interface TargetTree {

  /** More entries than this are not looked through for what concerns one of them. */
  int MANY = 64;

  /** A link: its name in the directory, and the item it leads to. */
  record Link(String name, NvmetPath target) {}

  /** Which nvmet this tree belongs to. */
  KernelFlavor flavor();

  boolean isDirectory(NvmetPath path);

  /** Names of the directories in a directory, in natural order; empty when there is none. */
  List<String> directories(NvmetPath directory);

  /** Names of the attribute files in a directory, in natural order; empty when there is none. */
  List<String> attributes(NvmetPath directory);

  /** Names of the links in a directory, in natural order; empty when there is none. */
  List<String> linkNames(NvmetPath directory);

  /**
   * Some names in a directory that holds directories or links alone, in no order: all, or {@code
   * most} where there are more.
   */
  default List<String> glance(NvmetPath directory, int most) {
    List<String> names = new ArrayList<>(directories(directory));
    names.addAll(linkNames(directory));
    return names.size() > most ? names.subList(0, most) : names;
  }

  /**
   * Whether a group has so many members that a change of one must not read them all: a line among
   * ten thousand subsystems is to cost what it costs among ten.
   */
  default boolean isLarge(NvmetPath directory) {
    return glance(directory, MANY + 1).size() > MANY;
  }

  /** The item a link leads to; empty when there is no such link. */
  Optional<NvmetPath> linkTarget(NvmetPath link);

  /**
   * An attribute's value without its final newline; empty when it is absent or cannot be read. A
   * value still has what the kernel shows: {@code (null)}, padding, control characters.
   */
  Optional<String> value(NvmetPath attribute);

  default boolean isAttribute(NvmetPath path) {
    return !path.isRoot() && attributes(path.parent()).contains(path.name());
  }

  default boolean isLink(NvmetPath path) {
    return linkTarget(path).isPresent();
  }

  /**
   * The link in a directory that leads to an item; the kernel allows one (EEXIST,
   * drivers/nvme/target/configfs.c nvmet_port_subsys_allow_link, nvmet_allowed_hosts_allow_link).
   * It is looked for under the item's own name first, as every tool links: to follow thousands of
   * others takes its time.
   */
  default Optional<NvmetPath> linkTo(NvmetPath directory, NvmetPath item) {
    NvmetPath usual = directory.child(item.name());
    if (linkTarget(usual).filter(item::equals).isPresent()) {
      return Optional.of(usual);
    }
    for (Link link : links(directory)) {
      if (link.target().equals(item)) {
        return Optional.of(directory.child(link.name()));
      }
    }
    return Optional.empty();
  }

  /** All links to a subsystem, from ports, or to a host, from subsystems; there are no others. */
  default List<NvmetPath> linksTo(NvmetPath item) {
    NodeKind kind = item.kind().orElse(NodeKind.ROOT);
    if (kind == NodeKind.SUBSYSTEM) {
      return linksTo(item, NvmetPath.of("ports"), "subsystems");
    }
    return kind == NodeKind.HOST
        ? linksTo(item, NvmetPath.of("subsystems"), "allowed_hosts")
        : List.of();
  }

  private List<NvmetPath> linksTo(NvmetPath item, NvmetPath holders, String group) {
    List<NvmetPath> links = new ArrayList<>();
    for (String holder : directories(holders)) {
      linkTo(holders.child(holder).child(group), item).ifPresent(links::add);
    }
    return links;
  }

  /** All links of a directory with what they lead to. */
  default List<Link> links(NvmetPath directory) {
    List<Link> links = new ArrayList<>();
    for (String name : linkNames(directory)) {
      linkTarget(directory.child(name)).ifPresent(target -> links.add(new Link(name, target)));
    }
    return links;
  }

  /** The value of an attribute of a directory, or {@code otherwise}. */
  default String value(NvmetPath directory, String attribute, String otherwise) {
    return value(directory.child(attribute)).orElse(otherwise);
  }

  /** Whether a boolean attribute of a directory reads 1. */
  default boolean isOn(NvmetPath directory, String attribute) {
    return value(directory, attribute, "0").equals("1");
  }
}
