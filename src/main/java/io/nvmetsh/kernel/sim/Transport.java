package io.nvmetsh.kernel.sim;

import java.util.Optional;

/** What carries NVMe to a port, and the module that brings it. */
enum Transport {
  PCI("pci", 0, "nvmet_pci_epf", true),
  RDMA("rdma", 1, "nvmet_rdma", true),
  /** Its module has no alias, so nothing loads it when it is needed. */
  FC("fc", 2, "nvmet_fc", false),
  TCP("tcp", 3, "nvmet_tcp", true),
  LOOP("loop", 254, "nvme_loop", true);

  private final String word;
  private final int number;
  private final String module;
  private final boolean loadsItself;

  Transport(String word, int number, String module, boolean loadsItself) {
    this.word = word;
    this.number = number;
    this.module = module;
    this.loadsItself = loadsItself;
  }

  static Optional<Transport> of(String trtype) {
    for (Transport transport : values()) {
      if (transport.word.equals(trtype)) {
        return Optional.of(transport);
      }
    }
    return Optional.empty();
  }

  /** Its number in the specification, which messages and module aliases use. */
  int number() {
    return number;
  }

  String module() {
    return module;
  }

  /** Whether {@code request_module("nvmet-transport-N")} finds it. */
  boolean loadsItself() {
    return loadsItself;
  }
}
