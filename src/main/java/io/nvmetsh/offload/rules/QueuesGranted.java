package io.nvmetsh.offload.rules;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Without a queue of its own at the drive the adapter has nowhere to send commands. */
public record QueuesGranted() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-Q-NONE";
  }

  @Override
  public String title() {
    return "the drive was granted peer-to-peer queues (num_p2p_queues of nvme, read back)";
  }

  @Override
  public String explanation() {
    return """
        The module parameter num_p2p_queues of the vendor's nvme asks every drive for so many queues
        beside the ordinary ones; 0, the default, asks for none. A drive grants what it has left,
        which is never an error: only what is read back from the controller counts. Without a queue
        a host's connect fails, or from 25.01 on it sees a namespace of size 0. The parameter is
        read when nvme is loaded.""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<Finding> findings = new ArrayList<>();
    for (Namespace namespace : subsystem.namespaces()) {
      Optional<NvmeDrive> drive = view.drive(namespace);
      if (namespace.asksForOffload()
          && drive.isPresent()
          && drive.get().p2pQueues().orElse(0) == 0) {
        findings.add(finding(view, namespace, drive.get()));
      }
    }
    return findings;
  }

  private Finding finding(OffloadView view, Namespace namespace, NvmeDrive drive) {
    String path = namespace.path().toString();
    if (drive.p2pQueues().isEmpty()) {
      return warning(
          path,
          "drive " + drive.name() + " has no num_p2p_queues: its driver is not MLNX_OFED's",
          List.of());
    }
    List<String> mend = Mend.queues(view, 1);
    String boot = Mend.boot(view, 1).map(text -> "; " + text).orElse("");
    return warning(path, "drive " + drive.name() + " was granted no P2P queue" + boot, mend);
  }

  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    Optional<Map<String, String>> given = before.given(change, "nvme");
    if (given.isEmpty()
        || !(change instanceof Change.LoadModule)
        || before.inventory().module("nvme").isPresent()) {
      return List.of();
    }
    String queues = given.get().getOrDefault("num_p2p_queues", "0");
    return KernelNumber.parse(queues).orElse(0) > 0
        ? List.of()
        : List.of(
            warning(
                "nvme",
                "loaded without num_p2p_queues, so no drive can be offloaded",
                List.of("modules unload nvme", "modules load nvme num_p2p_queues=1")));
  }
}
