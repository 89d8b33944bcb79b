package io.nvmetsh.device;

import java.util.List;

/**
 * A kernel module that is there: loaded, or built into the kernel.
 *
 * @param name as the kernel spells it, with underscores: {@code nvmet_rdma}
 * @param builtIn then it can be neither unloaded nor given other parameters
 * @param references how many users keep it from being unloaded; 0 for one that is built in
 * @param holders the modules among them
 */
public record KernelModule(String name, boolean builtIn, int references, List<String> holders) {

  public KernelModule {
    holders = List.copyOf(holders);
  }
}
