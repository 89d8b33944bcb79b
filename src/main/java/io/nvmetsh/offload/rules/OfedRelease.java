package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import java.util.List;
import java.util.Optional;

/** The kernel's own nvmet has no offload, to this day. */
public record OfedRelease() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-VER-OFED";
  }

  @Override
  public String title() {
    return "the drivers are MLNX_OFED 4.1 or later, or DOCA-OFED, installed with --with-nvmf";
  }

  @Override
  public String explanation() {
    return """
        Target offload was never merged into the kernel: mainline Linux has no pci_device_path, no
        attr_offload and no num_p2p_queues. MLNX_OFED brings it with its own nvme, nvmet and
        nvmet-rdma, from 4.1 on and only when installed with --with-nvmf.""";
  }

  @Override
  public Optional<String> noCommand() {
    return Optional.of(
        "the vendor's installer puts the drivers in, by mlnxofedinstall --with-nvmf");
  }

  @Override
  public List<Finding> machine(OffloadView view) {
    return view.dialect() != Dialect.NONE
        ? List.of()
        : List.of(
            warning(
                "drivers",
                "this is " + view.flavor().describe() + ", offload needs MLNX_OFED 4.1",
                List.of()));
  }
}
