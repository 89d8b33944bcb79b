package io.nvmetsh.offload;

import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the driver counts, read file by file: a target with many hosts is not walked for it. The
 * names are of MLNX_OFED 4.4 and later; the sum over all ports is the namespace's, and from 5.4 on
 * each context has its port's.
 */
public final class OffloadCounters {

  private static final String UNKNOWN_NAMESPACE = "attr_offload_subsys_unknown_ns_cmds";
  private static final String PREFIX = "offload_";

  private static final List<String> OF_NAMESPACE =
      List.of(
          "read_cmds",
          "read_blocks",
          "write_cmds",
          "write_blocks",
          "write_inline_cmds",
          "flush_cmds",
          "error_cmds",
          "backend_error_cmds");

  private final TargetTree tree;
  private final NvmetPath below;
  private final Optional<Port> port;

  private OffloadCounters(TargetTree tree, NvmetPath below) {
    this.tree = tree;
    this.below = below;
    boolean ofPort = below.depth() > 1 && below.name(0).equals("ports");
    this.port = ofPort ? Optional.of(new Port(tree, below.ancestor(2))) : Optional.empty();
  }

  /**
   * The counters of the subsystems that ask for offload, at or below a directory; of one subsystem
   * that is named also when it does not.
   */
  public static List<OffloadCounter> read(TargetTree tree, NvmetPath below) {
    return new OffloadCounters(tree, below).read();
  }

  private List<OffloadCounter> read() {
    List<OffloadCounter> counters = new ArrayList<>();
    for (Subsystem subsystem : subsystems()) {
      add(subsystem, counters);
    }
    return counters;
  }

  private List<Subsystem> subsystems() {
    if (port.isEmpty() && below.depth() > 1) {
      return List.of(new Subsystem(tree, below.ancestor(2)));
    }
    List<Subsystem> all = new ArrayList<>();
    if (port.isPresent()) {
      all.addAll(port.get().subsystems());
    } else {
      for (String name : tree.directories(NvmetPath.of("subsystems"))) {
        all.add(new Subsystem(tree, NvmetPath.of("subsystems", name)));
      }
    }
    all.removeIf(subsystem -> !tree.isOn(subsystem.path(), "attr_offload"));
    return all;
  }

  private void add(Subsystem subsystem, List<OffloadCounter> counters) {
    Optional<NvmetPath> one =
        below.depth() > 3 && below.ancestor(4).kind().filter(NodeKind.NAMESPACE::equals).isPresent()
            ? Optional.of(below.ancestor(4))
            : Optional.empty();
    if (one.isEmpty()) {
      tree.value(subsystem.path().child(UNKNOWN_NAMESPACE))
          .ifPresent(
              text ->
                  counters.add(
                      new OffloadCounter(
                          subsystem.path(), "", "unknown_ns_cmds", number(text), true)));
    }
    for (Namespace namespace : subsystem.namespaces()) {
      if (one.isEmpty() || one.get().equals(namespace.path())) {
        add(namespace, counters);
      }
    }
  }

  private void add(Namespace namespace, List<OffloadCounter> counters) {
    for (String name : OF_NAMESPACE) {
      Optional<String> text = tree.value(namespace.path().child(PREFIX + name));
      if (text.isEmpty()) {
        return; // this driver has none, neither these nor contexts
      }
      counters.add(
          new OffloadCounter(namespace.path(), "", name, number(text.get()), isFailure(name)));
    }
    NvmetPath directory = namespace.path().child("offload_ctxs");
    for (String id : tree.directories(directory)) {
      addContext(directory.child(id), counters);
    }
  }

  private void addContext(NvmetPath context, List<OffloadCounter> counters) {
    String address = tree.value(context, "traddr", "").strip();
    String service = tree.value(context, "trsvcid", "").strip();
    if (port.isPresent()
        && !(port.get().address().equals(address) && port.get().service().equals(service))) {
      return;
    }
    Map<String, OptionalLong> columns = ContextStat.of(tree.value(context, "stat", "")).columns();
    columns.forEach(
        (name, number) -> {
          // the others are of the moment: latencies, and how full the queue is
          if (name.endsWith("_cmd") || name.endsWith("_blocks")) {
            counters.add(
                new OffloadCounter(
                    context, address + ":" + service, name, number, isFailure(name)));
          }
        });
  }

  private static boolean isFailure(String name) {
    return name.contains("error");
  }

  private static OptionalLong number(String text) {
    return ContextStat.number(text);
  }
}
