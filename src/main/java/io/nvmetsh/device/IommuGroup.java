package io.nvmetsh.device;

import java.util.Optional;

/**
 * The group that an IOMMU keeps a device in.
 *
 * @param number its name
 * @param type {@code identity} for pass-through, {@code DMA} or {@code DMA-FQ} where addresses are
 *     translated; absent before Linux 4.19, which does not tell
 */
public record IommuGroup(String number, Optional<String> type) {

  /** Whether what the device addresses is memory as it is. */
  public boolean isPassThrough() {
    return type.filter("identity"::equals).isPresent();
  }
}
