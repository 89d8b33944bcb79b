package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.List;
import java.util.Optional;

/** The first N contexts get a buffer. */
public record StagingBuffers() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-MEM-FEW";
  }

  @Override
  public String title() {
    return "there is a staging buffer for each context of offload: N = offload_mem_size /"
        + " offload_buffer_size, the rest do without";
  }

  @Override
  public String explanation() {
    return """
        A context is one couple of port and subsystem, times param_offload_queues of the port. It
        takes a buffer when the first host connects and gives it back when the last one leaves. When
        none is left it takes memory from the kernel instead: 1 MiB up to MLNX_OFED 4.2, later
        offload_buffer_size, which is slower, not wrong.""";
  }

  @Override
  public boolean decides() {
    return false;
  }

  @Override
  public Optional<String> noCommand() {
    return Optional.of(
        "memory is set aside when the kernel is booted; plan-memory tells what to boot it with");
  }

  @Override
  public List<Finding> machine(OffloadView view) {
    long buffers = Staging.of(view.inventory().parameters("nvmet_rdma")).buffers();
    long contexts = buffers == 0 ? 0 : contexts(view);
    if (contexts <= buffers) {
      return List.of();
    }
    return List.of(
        note(
            "nvmet_rdma",
            "there are " + buffers + " staging buffers for " + contexts + " contexts of offload",
            List.of()));
  }

  private static long contexts(OffloadView view) {
    long contexts = 0;
    for (Port port : view.ports()) {
      for (Subsystem subsystem : port.subsystems()) {
        contexts += subsystem.asksForOffload() ? view.queues(port) : 0;
      }
    }
    return contexts;
  }
}
