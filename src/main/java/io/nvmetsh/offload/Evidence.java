package io.nvmetsh.offload;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What driver and kernel show of a subsystem's offload on a port.
 *
 * @param proves whether the adapter serves hosts of this subsystem on this very port
 * @param text what it is
 */
public record Evidence(boolean proves, String text) {

  private static final List<String> COMMANDS =
      List.of("offload_read_cmds", "offload_write_cmds", "offload_write_inline_cmds");
  private static final List<String> FAILURES =
      List.of("offload_error_cmds", "offload_backend_error_cmds");

  /** The columns of stat that count commands, and those that count failed ones. */
  private static final List<String> STAT_COMMANDS =
      List.of("read_cmd", "write_cmd", "write_inline_cmd");

  private static final List<String> STAT_FAILURES = List.of("error_cmd", "backend_error_cmd");

  /**
   * @param log what the kernel's log still has of nvmet, oldest first
   */
  static Optional<Evidence> of(OffloadView view, Subsystem subsystem, Port port, List<String> log) {
    Optional<Evidence> contexts = contexts(view, subsystem, port);
    if (contexts.isPresent()) {
      return contexts;
    }
    Optional<Evidence> counters = counters(view, subsystem);
    Optional<Evidence> logged = logged(view, subsystem, port, log);
    boolean stronger =
        logged.filter(Evidence::proves).isPresent() && counters.filter(Evidence::proves).isEmpty();
    return stronger || counters.isEmpty() ? logged : counters;
  }

  /** A context is there as long as a back end of the adapter is, and names its port. */
  private static Optional<Evidence> contexts(OffloadView view, Subsystem subsystem, Port port) {
    int contexts = 0;
    OptionalLong commands = OptionalLong.empty();
    OptionalLong failures = OptionalLong.empty();
    for (Namespace namespace : subsystem.namespaces()) {
      NvmetPath directory = namespace.path().child("offload_ctxs");
      for (String id : view.tree().directories(directory)) {
        NvmetPath context = directory.child(id);
        boolean here =
            view.tree().value(context, "traddr", "").strip().equals(port.address())
                && view.tree().value(context, "trsvcid", "").strip().equals(port.service());
        if (here) {
          contexts++;
          String stat = view.tree().value(context, "stat", "");
          commands = added(commands, column(stat, STAT_COMMANDS));
          failures = added(failures, column(stat, STAT_FAILURES));
        }
      }
    }
    String live = contexts == 1 ? "1 context is live" : contexts + " contexts are live";
    return contexts == 0
        ? Optional.empty()
        : Optional.of(new Evidence(true, live + served(commands, failures, ", ")));
  }

  /** They are the sum over all ports, and installed by the first link. */
  private static Optional<Evidence> counters(OffloadView view, Subsystem subsystem) {
    OptionalLong commands = OptionalLong.empty();
    OptionalLong failures = OptionalLong.empty();
    boolean there = false;
    for (Namespace namespace : subsystem.namespaces()) {
      for (String counter : COMMANDS) {
        there |= view.tree().value(namespace.path().child(counter)).isPresent();
        commands = added(commands, counter(view, namespace, counter));
      }
      for (String counter : FAILURES) {
        failures = added(failures, counter(view, namespace, counter));
      }
    }
    if (!there) {
      return Optional.empty();
    } else if (commands.isEmpty()) {
      return Optional.of(new Evidence(false, "the driver does not count (-1)"));
    } else if (commands.getAsLong() == 0) {
      return Optional.of(
          new Evidence(false, "the driver counts" + served(commands, failures, ", ")));
    }
    boolean one = subsystem.links().size() == 1;
    return Optional.of(
        new Evidence(
            one,
            "the adapter has served "
                + commands(commands.getAsLong())
                + failed(failures)
                + (one ? "" : ", on which port is not told")));
  }

  /** Each context says what buffer it takes, and not whose it is. */
  private static Optional<Evidence> logged(
      OffloadView view, Subsystem subsystem, Port port, List<String> log) {
    String enabling = "enabling port " + port.path().name() + " (";
    boolean since = false;
    String found = "";
    for (String line : log) {
      if (line.contains(enabling)) {
        since = true;
        found = "";
      } else if (line.contains("using static staging buffer")) {
        found = "using static staging buffer";
      } else if (line.contains("using dynamic staging buffer")) {
        found = "using dynamic staging buffer";
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<NvmetPath> couples = new ArrayList<>();
    for (Subsystem other : view.subsystemsAround(subsystem)) {
      if (other.asksForOffload()) {
        couples.addAll(other.links());
      }
    }
    boolean proves = since && couples.size() == 1;
    return Optional.of(
        new Evidence(
            proves, "kernel log: " + found + (proves ? "" : ", for which port is not told")));
  }

  private static String served(OptionalLong commands, OptionalLong failures, String before) {
    if (commands.isEmpty()) {
      return "";
    }
    return before
        + (commands.getAsLong() == 0
            ? "no command yet"
            : commands(commands.getAsLong()) + " served")
        + failed(failures);
  }

  private static String commands(long count) {
    return count == 1 ? "1 command" : count + " commands";
  }

  private static String failed(OptionalLong failures) {
    return failures.orElse(0) == 0 ? "" : ", " + failures.getAsLong() + " failed";
  }

  private static OptionalLong added(OptionalLong sum, OptionalLong more) {
    return more.isEmpty() ? sum : OptionalLong.of(sum.orElse(0) + more.getAsLong());
  }

  /** -1 is what the driver shows where it does not count. */
  private static OptionalLong counter(OffloadView view, Namespace namespace, String name) {
    return view.tree()
        .value(namespace.path().child(name))
        .map(ContextStat::number)
        .orElse(OptionalLong.empty());
  }

  /** The sum of some columns of stat. */
  private static OptionalLong column(String stat, List<String> names) {
    OptionalLong sum = OptionalLong.empty();
    for (Map.Entry<String, OptionalLong> column : ContextStat.of(stat).columns().entrySet()) {
      sum = names.contains(column.getKey()) ? added(sum, column.getValue()) : sum;
    }
    return sum;
  }
}
