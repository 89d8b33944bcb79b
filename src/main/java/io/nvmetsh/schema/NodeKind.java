package io.nvmetsh.schema;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of directory in nvmet's tree: where it stands, whether the kernel or the administrator
 * makes it, and what may be linked into it. Source: the configfs item types in
 * drivers/nvme/target/configfs.c.
 */
public enum NodeKind {
  ROOT(null, "", "target", Since.linux(4, 8)),
  SUBSYSTEMS(ROOT, "subsystems", "subsystems", Since.linux(4, 8)),
  SUBSYSTEM(SUBSYSTEMS, null, "subsystem", Since.linux(4, 8)),
  NAMESPACES(SUBSYSTEM, "namespaces", "namespaces", Since.linux(4, 8)),
  NAMESPACE(NAMESPACES, null, "namespace", Since.linux(4, 8)),
  OFFLOAD_CTXS(NAMESPACE, "offload_ctxs", "offload contexts", Since.ofed(5, 4)),
  OFFLOAD_CTX(OFFLOAD_CTXS, null, "offload context", Since.ofed(5, 4)),
  ALLOWED_HOSTS(SUBSYSTEM, "allowed_hosts", "allowed hosts", Since.linux(4, 8)),
  PASSTHRU(SUBSYSTEM, "passthru", "passthru controller", Since.linux(5, 9).with(Feature.PASSTHRU)),
  PORTS(ROOT, "ports", "ports", Since.linux(4, 8)),
  PORT(PORTS, null, "port", Since.linux(4, 8)),
  PORT_SUBSYSTEMS(PORT, "subsystems", "linked subsystems", Since.linux(4, 8)),
  REFERRALS(PORT, "referrals", "referrals", Since.linux(4, 8)),
  REFERRAL(REFERRALS, null, "referral", Since.linux(4, 8)),
  ANA_GROUPS(PORT, "ana_groups", "ANA groups", Since.linux(4, 19)),
  ANA_GROUP(ANA_GROUPS, null, "ANA group", Since.linux(4, 19)),
  HOSTS(ROOT, "hosts", "hosts", Since.linux(4, 8)),
  HOST(HOSTS, null, "host", Since.linux(4, 8));

  /** Every path that is made asks what is where, and a tree has many. */
  private static final Map<NodeKind, List<NodeKind>> CHILDREN = new EnumMap<>(NodeKind.class);

  static {
    for (NodeKind parent : values()) {
      List<NodeKind> children = new ArrayList<>();
      for (NodeKind kind : values()) {
        if (kind.parent == parent) {
          children.add(kind);
        }
      }
      CHILDREN.put(parent, List.copyOf(children));
    }
  }

  private final @Nullable NodeKind parent;
  private final @Nullable String fixedName;
  private final String term;
  private final Since since;
  private final Optional<NodeKind> itself = Optional.of(this);

  NodeKind(@Nullable NodeKind parent, @Nullable String fixedName, String term, Since since) {
    this.parent = parent;
    this.fixedName = fixedName;
    this.term = term;
    this.since = since;
  }

  /** The kind of this directory's entry {@code name}. */
  public Optional<NodeKind> entry(String name) {
    for (NodeKind kind : children()) {
      if (kind.fixedName == null || kind.fixedName.equals(name)) {
        return kind.itself;
      }
    }
    return Optional.empty();
  }

  /** The kind of the named directories made in this one; empty where mkdir is not permitted. */
  public Optional<NodeKind> member() {
    for (NodeKind kind : children()) {
      if (kind.isMade()) {
        return kind.itself;
      }
    }
    return Optional.empty();
  }

  /** The kinds of directories that can be in this one. */
  public List<NodeKind> children() {
    return CHILDREN.getOrDefault(this, List.of());
  }

  /** The default groups that the kernel makes together with a directory of this kind. */
  public List<String> defaultGroups(KernelFlavor flavor) {
    List<String> names = new ArrayList<>();
    for (NodeKind kind : children()) {
      if (kind.fixedName != null && kind.since.covers(flavor)) {
        names.add(kind.fixedName);
      }
    }
    return names;
  }

  /** What may be linked into this directory; empty where symlink is not permitted. */
  public Optional<NodeKind> linkTarget() {
    return switch (this) {
      case ALLOWED_HOSTS -> Optional.of(HOST);
      case PORT_SUBSYSTEMS -> Optional.of(SUBSYSTEM);
      default -> Optional.empty();
    };
  }

  /** Whether the administrator makes directories of this kind, under names of their own. */
  public boolean isMade() {
    return fixedName == null && this != OFFLOAD_CTX;
  }

  /** Whether a directory of this kind is named by a number that the shell can choose. */
  public boolean isNumbered() {
    return this == NAMESPACE || this == PORT || this == ANA_GROUP;
  }

  /** Whether a directory of this kind has an {@code enable} switch. */
  public boolean isSwitched() {
    return this == NAMESPACE || this == PASSTHRU || this == REFERRAL;
  }

  public Optional<NodeKind> parent() {
    return Optional.ofNullable(parent);
  }

  /** The name such a directory always has; empty where directories are named as they are made. */
  public Optional<String> fixedName() {
    return Optional.ofNullable(fixedName);
  }

  /** The field's word for one such directory. */
  public String term() {
    return term;
  }

  /** The same with its article: {@code a port}, {@code an ANA group}. */
  public String one() {
    return ("AEIOaeio".indexOf(term.charAt(0)) < 0 ? "a " : "an ") + term;
  }

  public Since since() {
    return since;
  }
}
