package io.nvmetsh.schema;

/**
 * A build option of the kernel that decides which files nvmet has. Distributions differ at the same
 * version, so no version alone says what is there.
 */
public enum Feature {
  /** {@code CONFIG_NVME_TARGET_PASSTHRU}: {@code passthru/*}. */
  PASSTHRU("CONFIG_NVME_TARGET_PASSTHRU"),
  /** {@code CONFIG_BLK_DEV_INTEGRITY}: {@code *_pi_enable}. */
  INTEGRITY("CONFIG_BLK_DEV_INTEGRITY"),
  /** {@code CONFIG_PCI_P2PDMA}: {@code p2pmem}. */
  P2PDMA("CONFIG_PCI_P2PDMA"),
  /** {@code CONFIG_NVME_TARGET_AUTH}: {@code dhchap_*}. */
  AUTH("CONFIG_NVME_TARGET_AUTH"),
  /** {@code CONFIG_NVME_TARGET_TCP_TLS}: the value {@code tls1.3} of {@code addr_tsas}. */
  TLS("CONFIG_NVME_TARGET_TCP_TLS");

  private final String option;

  Feature(String option) {
    this.option = option;
  }

  /** The kernel's own name of the option. */
  public String option() {
    return option;
  }
}
