package io.nvmetsh.offload.rules;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every couple of port and subsystem takes queues of its own. */
public record QueuesEnough() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-Q-HA";
  }

  @Override
  public String title() {
    return "the drive was granted a P2P queue for each namespace, port and subsystem couple, times"
        + " param_offload_queues; so 2 for two ports";
  }

  @Override
  public String explanation() {
    return """
        The driver makes one back end for each namespace on each couple of port and subsystem, times
        param_offload_queues of the port (4.6 and later), and each takes one queue of the drive when
        the first host connects. What comes too late fails there: the host's connect, or from 25.01
        on the namespace has size 0. Two ports for one subsystem, as for multipath, need 2.""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<Finding> findings = new ArrayList<>();
    for (NvmeDrive drive : drives(view, subsystem).values()) {
      long granted = drive.p2pQueues().orElse(0);
      long needed = granted == 0 ? 0 : needed(view, view.subsystemsAround(subsystem), drive);
      if (needed > granted) {
        findings.add(finding(view, subsystem, drive, granted, needed));
      }
    }
    return findings;
  }

  private static Map<String, NvmeDrive> drives(OffloadView view, Subsystem subsystem) {
    Map<String, NvmeDrive> drives = new LinkedHashMap<>();
    for (Namespace namespace : subsystem.namespaces()) {
      if (namespace.asksForOffload()) {
        view.drive(namespace).ifPresent(drive -> drives.put(drive.name(), drive));
      }
    }
    return drives;
  }

  /** How many queues of a drive these subsystems take when hosts have connected. */
  public static long needed(OffloadView view, List<Subsystem> subsystems, NvmeDrive drive) {
    long needed = 0;
    for (Subsystem subsystem : subsystems) {
      long namespaces = 0;
      for (Namespace namespace : subsystem.namespaces()) {
        boolean here =
            namespace.asksForOffload()
                && view.drive(namespace).filter(each -> each.equals(drive)).isPresent();
        namespaces += here ? 1 : 0;
      }
      for (Port port : namespaces == 0 ? List.<Port>of() : subsystem.ports()) {
        needed += namespaces * view.queues(port);
      }
    }
    return needed;
  }

  private Finding finding(
      OffloadView view, Subsystem subsystem, NvmeDrive drive, long granted, long needed) {
    List<String> mend = new ArrayList<>(Mend.queues(view, needed));
    Optional<String> later = Mend.boot(view, needed);
    List<NvmetPath> links = subsystem.links();
    boolean fewer = later.isPresent() && links.size() > 1;
    if (fewer) {
      mend.add(Mend.unlink(links.get(links.size() - 1)));
    }
    String boot =
        later
            .map(text -> "; " + text + (fewer ? ", and until then use one port less" : ""))
            .orElse("");
    return warning(
        subsystem.path(),
        "drive "
            + drive.name()
            + " was granted "
            + granted
            + (granted == 1 ? " P2P queue" : " P2P queues")
            + ", and "
            + needed
            + " are needed: one for each namespace on each port"
            + boot,
        mend);
  }
}
