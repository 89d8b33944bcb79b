package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.journal.DeactivatedPorts;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A directory in a few words: whether it does its job, and what is missing when it does not. */
final class NodeSummary {

  /** Who presses Tab is not kept waiting while ten thousand are counted. */
  private static final int IN_PASSING = 1_000;

  private final Context context;
  private final TargetTree tree;
  private final int most;
  private @Nullable DeactivatedPorts deactivated;

  NodeSummary(Context context) {
    this(context, Integer.MAX_VALUE - 1);
  }

  private NodeSummary(Context context, int most) {
    this.context = context;
    this.tree = context.tree();
    this.most = most;
  }

  /** The same that does not count on where there are many. */
  static NodeSummary inPassing(Context context) {
    return new NodeSummary(context, IN_PASSING);
  }

  Cell of(NvmetPath path) {
    Optional<NodeKind> kind = path.kind();
    return kind.isEmpty() ? Cell.of("") : of(path, kind.get());
  }

  private Cell of(NvmetPath path, NodeKind kind) {
    return switch (kind) {
      case SUBSYSTEM -> subsystem(path);
      case NAMESPACE -> namespace(path);
      case PASSTHRU -> passthru(path);
      case PORT -> port(path);
      case REFERRAL -> referral(path);
      case ANA_GROUP -> Cell.of(tree.value(path, "ana_state", ""));
      case PORT_SUBSYSTEMS, ALLOWED_HOSTS -> count(number(path), "linked");
      case SUBSYSTEMS, HOSTS -> count(number(path), "");
      case NAMESPACES, PORTS, REFERRALS, ANA_GROUPS, OFFLOAD_CTXS ->
          count(tree.directories(path).size(), "");
      case ROOT, HOST, OFFLOAD_CTX -> Cell.of("");
    };
  }

  /**
   * How many are in a group of which there can be ten thousand: they are not put in order. One more
   * than the most stands for any number.
   */
  private int number(NvmetPath group) {
    return tree.glance(group, most + 1).size();
  }

  private String text(int count) {
    return count > most ? "more than " + most : Integer.toString(count);
  }

  private Cell count(int count, String word) {
    String text = count == 0 ? "none" : text(count);
    return new Cell(
        count == 0 || word.isEmpty() ? text : text + " " + word,
        (long) count,
        count == 0 ? Tone.FAINT : Tone.PLAIN);
  }

  private Cell subsystem(NvmetPath path) {
    int namespaces = tree.directories(path.child("namespaces")).size();
    int hosts = tree.linkNames(path.child("allowed_hosts")).size();
    boolean any = tree.isOn(path, "attr_allow_any_host");
    NvmetPath controller = path.child("passthru");
    boolean passthru = tree.isDirectory(controller) && tree.isOn(controller, "enable");
    String what = passthru ? "passthru" : counted(namespaces, "namespace");
    String who = any ? "any host" : hosts == 0 ? "no host may connect" : counted(hosts, "host");
    boolean useful = (namespaces > 0 || passthru) && (any || hosts > 0);
    return Cell.of(what + ", " + who, useful ? Tone.PLAIN : Tone.WARN);
  }

  private Cell namespace(NvmetPath path) {
    String device = tree.value(path, "device_path", "");
    if (Values.isUnset(device)) {
      return Cell.of("no device", Tone.WARN);
    }
    boolean on = tree.isOn(path, "enable");
    return Cell.of(device + (on ? ", enabled" : ", disabled"), on ? Tone.GOOD : Tone.WARN);
  }

  private Cell passthru(NvmetPath path) {
    String device = tree.value(path, "device_path", "");
    if (Values.isUnset(device)) {
      return Cell.of("none", Tone.FAINT);
    }
    boolean on = tree.isOn(path, "enable");
    return Cell.of(device + (on ? ", enabled" : ", disabled"), on ? Tone.GOOD : Tone.WARN);
  }

  private Cell port(NvmetPath path) {
    int linked = number(path.child("subsystems"));
    String kept = kept(path).map(ports -> " (" + ports + ")").orElse("");
    String state =
        linked > 0
            ? counted(linked, "subsystem")
            : kept.isEmpty() ? "nothing linked" : "deactivated";
    return Cell.of(address(path) + ", " + state + kept, linked == 0 ? Tone.WARN : Tone.GOOD);
  }

  /** How many links a port would have again once it is activated; the store is looked at once. */
  private Optional<String> kept(NvmetPath port) {
    if (deactivated == null) {
      deactivated = new DeactivatedPorts(context.journal().store());
    }
    return deactivated
        .inForce(port, tree)
        .map(ports -> ActivationCommand.kept(ports.missing(tree).size()));
  }

  private Cell referral(NvmetPath path) {
    boolean on = tree.isOn(path, "enable");
    return Cell.of(address(path) + (on ? ", enabled" : ", disabled"), on ? Tone.GOOD : Tone.WARN);
  }

  private String address(NvmetPath path) {
    String transport = tree.value(path, "addr_trtype", "");
    String address = tree.value(path, "addr_traddr", "");
    String service = tree.value(path, "addr_trsvcid", "");
    if (transport.isEmpty()) {
      return "no transport";
    }
    if (address.isEmpty()) {
      return transport + ", no address";
    }
    String bracketed = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    return transport + " " + bracketed + (service.isEmpty() ? "" : ":" + service);
  }

  private String counted(int count, String noun) {
    return count == 1 ? "1 " + noun : text(count) + " " + noun + "s";
  }
}
