package io.nvmetsh.command;

import java.util.List;
import java.util.Optional;

/** The kernel modules that matter to a target, and those of their parameters that do. */
final class TargetModules {

  /**
   * A module.
   *
   * @param name as the kernel spells it, with underscores
   * @param optional whether most machines do without it, so that its absence says nothing
   */
  record Module(String name, boolean optional, String help) {}

  /**
   * A parameter of a module.
   *
   * @param vendor whether only MLNX_OFED's module has it
   * @param initial what it is when it is not given
   * @param form what it takes
   */
  record Parameter(
      String module, String name, boolean vendor, String initial, String form, String help) {}

  // spotless:off
  static final List<Module> MODULES = List.of(
      new Module("nvmet",      false, "the target itself"),
      new Module("nvmet_rdma", false, "ports over RDMA; offload"),
      new Module("nvmet_tcp",  false, "ports over TCP"),
      new Module("nvmet_fc",   true,  "ports over Fibre Channel"),
      new Module("nvme_loop",  true,  "ports for this machine itself"),
      new Module("nvme",       false, "drives on the PCI bus"),
      new Module("nvme_core",  false, "what all NVMe hosts share"),
      new Module("mlx5_core",  false, "adapters from ConnectX-4 on"),
      new Module("mlx5_ib",    false, "RDMA on adapters from ConnectX-4 on"),
      new Module("rdma_rxe",   true,  "RDMA in software, over Ethernet"),
      new Module("siw",        true,  "RDMA in software, over TCP"));

  static final List<Parameter> PARAMETERS = List.of(
      new Parameter("nvme", "num_p2p_queues",            true, "0", "0 to 65534",
          "queues that each drive is asked for, for peer-to-peer use: one for each namespace, port and subsystem couple and offload queue"),
      new Parameter("nvmet_rdma", "offload_mem_start",   true, "0", "an address in bytes, a multiple of 4096",
          "where the memory for staging buffers begins; the kernel must not use it"),
      new Parameter("nvmet_rdma", "offload_mem_size",    true, "0", "0 to 4095, in MiB",
          "how much memory there is for staging buffers"),
      new Parameter("nvmet_rdma", "offload_buffer_size", true, "128", "in MiB, best a power of two",
          "the size of one staging buffer; offload_mem_size divided by it is the number of contexts that get one"),
      new Parameter("nvme_core", "multipath",            false, "Y", "Y or N",
          "whether several paths to a drive are one block device"));
  // spotless:on

  private TargetModules() {}

  /** A name as the kernel spells it; modprobe takes a dash for an underscore. */
  static String spelled(String name) {
    return name.replace('-', '_');
  }

  /** The parameters of a module, as the kernel spells it. */
  static List<Parameter> of(String module) {
    return PARAMETERS.stream().filter(each -> each.module().equals(module)).toList();
  }

  static Optional<Module> module(String name) {
    for (Module module : MODULES) {
      if (module.name().equals(spelled(name))) {
        return Optional.of(module);
      }
    }
    return Optional.empty();
  }
}
