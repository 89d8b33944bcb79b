package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import java.util.ArrayList;
import java.util.List;

/** The three modules, and that they are the vendor's. */
public record ModulesLoaded() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-VER-MOD";
  }

  @Override
  public String title() {
    return "the modules nvme, nvmet and nvmet-rdma are loaded, and are MLNX_OFED's";
  }

  @Override
  public String explanation() {
    return """
        The vendor replaces all three. nvme without the parameter num_p2p_queues, or nvmet-rdma
        without offload_mem_start, is the kernel's own. Linking a subsystem to an rdma port loads
        nvmet-rdma by itself, then without staging memory.""";
  }

  @Override
  public List<Finding> machine(OffloadView view) {
    List<Finding> findings = new ArrayList<>();
    check(view, "nvme", "num_p2p_queues", findings);
    check(view, "nvmet_rdma", "offload_mem_start", findings);
    return findings;
  }

  private void check(OffloadView view, String module, String parameter, List<Finding> findings) {
    if (view.inventory().module(module).isEmpty()) {
      String queues = module.equals("nvme") ? " num_p2p_queues=1" : "";
      findings.add(
          note(
              module,
              "module " + module + " is not loaded",
              List.of("modules load " + module + queues)));
    } else if (view.inventory().parameter(module, parameter).isEmpty()) {
      findings.add(
          warning(
              module,
              "module " + module + " has no " + parameter + ": it is not MLNX_OFED's",
              List.of()));
    }
  }
}
