package io.nvmetsh.device;

import java.util.Optional;

/**
 * A namespace of an NVMe controller, by the disk the kernel made of it.
 *
 * @param name the block device, {@code nvme0n1}; the head where there are several paths
 * @param nsid its number on the drive, which need not be the one in the name
 * @param bytes its size
 * @param blockBytes size of a logical block, usually 512 or 4096
 */
public record NvmeNamespace(String name, Optional<Long> nsid, long bytes, int blockBytes) {

  public String path() {
    return "/dev/" + name;
  }
}
