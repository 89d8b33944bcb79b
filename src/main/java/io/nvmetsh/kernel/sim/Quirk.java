package io.nvmetsh.kernel.sim;

import static io.nvmetsh.schema.Since.linux;
import static io.nvmetsh.schema.Since.ofed;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Since;
import java.util.List;

/**
 * What nvmet does in some releases and not in others, beyond which files it has. A rule asks for a
 * quirk by name and never for a version.
 */
enum Quirk {
  // spotless:off
  /** configfs: a write of no bytes is EFAULT; before, it does nothing (configfs_write_iter). */
  EMPTY_WRITE_FAULTS(linux(5, 15)),
  /** printk cuts a line earlier (LOG_LINE_MAX). */
  LOG_LINES_SHORTER(linux(4, 8).until(6, 2)),
  /** kstrtobool takes t and f. */
  BOOL_TRUE_FALSE(linux(5, 19)),
  /** kstrtobool takes e and d. */
  BOOL_ENABLE_DISABLE(linux(6, 17)),
  /** device_path, addr_traddr and addr_trsvcid are stored as written, newline and all. */
  NEWLINE_KEPT(linux(4, 8).until(4, 17)),
  /** A namespace may lie on a regular file (nvmet_file_ns_enable). */
  FILE_NAMESPACES(linux(4, 18)),
  /** "Disable port 'N' before changing attribute in F" (nvmet_is_port_enabled). */
  PORT_LOCK_NAMES_FUNCTION(linux(5, 8)),
  /** param_pi_enable says in its own words that the port is enabled. */
  PI_LOCK_IN_OTHER_WORDS(linux(5, 8).until(5, 12)),
  /** A never written addr_adrfam is 255 and not 0 to the transports (nvmet_ports_make). */
  ADRFAM_UNSET_IS_255(linux(5, 8)),
  /** A new subsystem is of NVMe 2.1 (NVMET_DEFAULT_VS); before, of 1.3. */
  VERSION_2_1(linux(6, 14)),
  /** attr_serial is a hexadecimal number; later it is text. */
  SERIAL_IS_NUMBER(linux(4, 13).until(5, 14)),
  /** A serial that is no number is accepted without effect. */
  BAD_SERIAL_IGNORED(linux(4, 13).until(5, 9)),
  /** attr_model has at most 40 characters. */
  MODEL_LIMITED(linux(5, 13)),
  /** Identity attributes cannot change once a host has seen them (subsys_discovered). */
  IDENTITY_FREEZES(linux(5, 15)),
  /** attr_cntlid_min and _max must differ. */
  CNTLIDS_DIFFER(linux(5, 7).until(6, 7)),
  /** No controller is given the number attr_cntlid_max itself (ida_simple_get). */
  CNTLID_MAX_EXCLUDED(linux(4, 8).until(5, 17)),
  /** ana_grpid 128 is stored as 0 (array_index_nospec); in late 6.1 stable as well. */
  ANA_GRPID_128_IS_0(linux(6, 8), linux(6, 1).until(6, 1)),
  /** All namespaces count against the limit and must differ, from mkdir on (nvmet_ns_alloc). */
  NAMESPACES_COUNT_AT_MKDIR(linux(6, 14)),
  /** mkdir of a namespace logs its number as an int. */
  NSID_PRINTED_SIGNED(linux(4, 8).until(7, 1)),
  /** More than 1024 enabled namespaces are EMFILE (nvmet_ns_enable). */
  NAMESPACES_COUNT_AT_ENABLE(linux(5, 0).until(6, 13), ofed(4, 5).until(25, 4)),
  /** The second namespace enabled under one nsid is a BUG(). */
  DUPLICATE_NSID_CRASHES(linux(4, 8).until(5, 4)),
  /** buffered_io makes a file of a block device, too (nvmet_bdev_ns_enable). */
  BUFFERED_BLOCK_IS_FILE(linux(5, 19)),
  /** A namespace without device_path is refused before anything is opened. */
  NULL_PATH_CHECKED(linux(7, 3)),
  /** tmpfs takes O_DIRECT. */
  TMPFS_DIRECT(linux(6, 6)),
  /** A port without addr_trtype is refused without a word (NVMF_TRTYPE_MAX). */
  TRTYPE_UNSET_SILENT(linux(6, 17), ofed(25, 7)),
  /** A referral's never written addr_adrfam is 0, which has become a word. */
  REFERRAL_ADRFAM_IS_PCI(linux(6, 14)),
  /** A write to attr_qid_max drops the subsystem's controllers. */
  QID_MAX_DROPS_HOSTS(linux(6, 2)),
  /** Unlinking a subsystem from a port drops its controllers there (nvmet_port_del_ctrls). */
  UNLINK_DROPS_HOSTS(linux(5, 3), ofed(4, 7)),
  /** An empty dhchap key clears it (nvmet_auth_set_key). */
  EMPTY_KEY_CLEARS(linux(6, 2)),

  // The vendor's. Each was read in the source of the releases named (drivers/nvme/target and
  // drivers/nvme/host of MLNX_OFED 4.1 to 25.10), and none was seen running.

  /** Offload is asked for by each namespace's pci_device_path. */
  PCI_DEVICE_PATH(ofed(4, 1).until(4, 2)),
  /** Offload is asked for by the subsystem's attr_offload. */
  ATTR_OFFLOAD(ofed(4, 3)),
  /** An offloaded subsystem has one enabled namespace. */
  ONE_OFFLOADED_NAMESPACE(ofed(4, 3).until(4, 8)),
  /** An offloaded port has one subsystem, whatever the adapter can do. */
  ONE_OFFLOADED_SUBSYSTEM(ofed(4, 1).until(4, 8)),
  /** The adapter's limits are checked at link and at enable. */
  ADAPTER_LIMITS(ofed(4, 9)),
  /** A drive must take transfers as large as the adapter's. */
  DRIVE_MDTS(ofed(5, 2)),
  /** An offloaded subsystem excludes param_pi_enable. */
  OFFLOAD_EXCLUDES_PI(ofed(5, 1)),
  /** param_offload_passthrough_sqe_rw needs an adapter that can do it. */
  SQE_PASSTHROUGH(ofed(5, 6)),
  /** The counters of a disabled namespace are unknown. */
  COUNTERS_NEED_ENABLED(ofed(5, 6)),
  /** A regular file under offload is looked up without a block device. */
  OFFLOADED_FILE_CRASHES(ofed(4, 5)),
  /** attr_offload looks at disabled namespaces, which have no block device. */
  IDLE_NAMESPACE_CRASHES(ofed(25, 7)),
  /** A host goes without a namespace for which the drive has no queue; before, it is refused. */
  SERVED_WITHOUT_QUEUE(ofed(25, 1)),
  /** The drive's num_p2p_queues file repeats its own name. */
  P2P_QUEUES_NAMED(ofed(4, 1).until(4, 3)),
  /** num_p2p_queues is checked when nvme is loaded. */
  P2P_QUEUES_CHECKED(ofed(4, 4)),
  /** offload_buffer_size is at least 16 MiB. */
  STAGING_BUFFER_16(ofed(4, 3).until(5, 0)),
  /** offload_buffer_size is at least 8 MiB. */
  STAGING_BUFFER_8(ofed(5, 1));
  // spotless:on

  private final List<Since> where;

  Quirk(Since... where) {
    this.where = List.of(where);
  }

  boolean covers(KernelFlavor flavor) {
    for (Since since : where) {
      if (since.covers(flavor)) {
        return true;
      }
    }
    return false;
  }
}
