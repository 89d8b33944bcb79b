package io.nvmetsh.config;

import io.nvmetsh.schema.NodeKind;
import java.util.List;

/**
 * Where nvmetcli's file has the attributes of an object. Source: the {@code attr_groups} and {@code
 * dump} methods of nvmetcli's nvmet/nvme.py, from 0.4 to 2026-07.
 */
final class Layout {

  /** What nvmetcli ignores and does not keep: all that its format cannot hold. */
  static final String EXTRA = "nvmetsh";

  /** Which form that part of the file has: one that is higher was written by a newer nvmetsh. */
  static final int FORMAT = 1;

  private Layout() {}

  /**
   * The groups of an object: {@code attr} holds, without the prefix, what is called {@code
   * attr_...}.
   */
  static List<String> groups(NodeKind kind) {
    return switch (kind) {
      case ROOT -> List.of("discovery");
      case HOST -> List.of("dhchap");
      case SUBSYSTEM -> List.of("attr");
      case NAMESPACE -> List.of("device", "ana", "resv");
      case PASSTHRU -> List.of("device");
      case PORT -> List.of("addr", "param");
      case REFERRAL -> List.of("addr");
      case ANA_GROUP -> List.of("ana");
      default -> List.of();
    };
  }

  /** The attributes that stand in the object itself, as integers. */
  static List<String> numbers(NodeKind kind) {
    return switch (kind) {
      case NAMESPACE -> List.of("enable", "ana_grpid");
      case PASSTHRU -> List.of("admin_timeout", "io_timeout", "clear_ids");
      case REFERRAL -> List.of("enable");
      default -> List.of();
    };
  }

  /** The key of an object's own name; {@code portid} and its like are integers. */
  static String key(NodeKind kind) {
    return switch (kind) {
      case NAMESPACE -> "nsid";
      case PORT -> "portid";
      case ANA_GROUP -> "grpid";
      case REFERRAL -> "name";
      default -> "nqn";
    };
  }

  /** Whether an attribute has a place in nvmetcli's own format. */
  static boolean holds(NodeKind kind, String attribute) {
    if (numbers(kind).contains(attribute)) {
      return true;
    }
    for (String group : groups(kind)) {
      if (attribute.startsWith(group + "_")) {
        return true;
      }
    }
    return false;
  }
}
