package io.nvmetsh.schema;

import static io.nvmetsh.schema.Attribute.Access.READ_ONLY;
import static io.nvmetsh.schema.Attribute.Access.READ_WRITE;
import static io.nvmetsh.schema.Attribute.Access.SECRET;
import static io.nvmetsh.schema.Attribute.Access.WRITE_ONLY;
import static io.nvmetsh.schema.Lock.NEVER;
import static io.nvmetsh.schema.Lock.ONCE_DISCOVERED;
import static io.nvmetsh.schema.Lock.UNLESS_ENABLED;
import static io.nvmetsh.schema.Lock.WHILE_ENABLED;
import static io.nvmetsh.schema.Lock.WHILE_EXPORTED;
import static io.nvmetsh.schema.Lock.WHILE_LINKED;
import static io.nvmetsh.schema.NodeKind.*;
import static io.nvmetsh.schema.Since.linux;
import static io.nvmetsh.schema.Since.ofed;
import static io.nvmetsh.schema.ValueTypes.*;

import io.nvmetsh.schema.Attribute.Access;
import io.nvmetsh.schema.Attribute.Initial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What nvmet looks like: one line an attribute, from Linux 4.8 to 7.3 and MLNX_OFED 4.1 to 25.10.
 * Sources: drivers/nvme/target/configfs.c and Documentation/ABI/stable/configfs-nvmet of those
 * kernels, the same file of the vendor's releases.
 *
 * <p>The schema describes; the kernel decides. An attribute that is in configfs and not here is
 * still listed, settable as text and saved.
 */
public final class NvmetSchema {

  // spotless:off
  private static final List<Attribute> TABLE = List.of(
      attr(ROOT, "discovery_nqn",          NQN,            NEVER,           linux(6, 9),  READ_WRITE, Nqn.DISCOVERY,  "NQN of the discovery subsystem; no subsystem's name may begin with it"),

      attr(HOST, "dhchap_key",             DHCHAP_KEY,     NEVER,           linux(6, 0).with(Feature.AUTH), SECRET,     "",             "key the host proves itself with"),
      attr(HOST, "dhchap_ctrl_key",        DHCHAP_KEY,     NEVER,           linux(6, 0).with(Feature.AUTH), SECRET,     "",             "key this target proves itself to the host with"),
      attr(HOST, "dhchap_hash",            DHCHAP_HASH,    NEVER,           linux(6, 0).with(Feature.AUTH), READ_WRITE, "hmac(sha256)", "hash of the authentication"),
      attr(HOST, "dhchap_dhgroup",         DHCHAP_DHGROUP, NEVER,           linux(6, 0).with(Feature.AUTH), READ_WRITE, "null",         "Diffie-Hellman group of the authentication"),

      attr(SUBSYSTEM, "attr_allow_any_host",   BOOL,       NEVER,           linux(4, 8),  READ_WRITE, "0",        "whether any host may connect; excludes links in allowed_hosts"),
      attr(SUBSYSTEM, "attr_offload",          BOOL,       WHILE_EXPORTED,  ofed(4, 3),   READ_WRITE, "0",        "whether the network card serves the subsystem's I/O; set it before making namespaces"),
      attr(SUBSYSTEM, "attr_serial",           SERIAL,     ONCE_DISCOVERED, linux(4, 13), READ_WRITE, null,       "serial number shown to hosts; random in a new subsystem"),
      attr(SUBSYSTEM, "attr_model",            MODEL,      ONCE_DISCOVERED, linux(5, 7),  READ_WRITE, "Linux",    "model number shown to hosts"),
      attr(SUBSYSTEM, "attr_firmware",         FIRMWARE,   ONCE_DISCOVERED, linux(6, 2),  READ_WRITE, null,       "firmware revision shown to hosts; the kernel release in a new subsystem"),
      attr(SUBSYSTEM, "attr_ieee_oui",         OUI,        ONCE_DISCOVERED, linux(6, 2),  READ_WRITE, "0x000000", "IEEE OUI shown to hosts"),
      attr(SUBSYSTEM, "attr_version",          VERSION,    ONCE_DISCOVERED, linux(4, 13), READ_WRITE, null,       "NVMe version shown to hosts"),
      attr(SUBSYSTEM, "attr_cntlid_min",       CNTLID,     NEVER,           linux(5, 7),  READ_WRITE, "1",        "lowest controller id to give out"),
      attr(SUBSYSTEM, "attr_cntlid_max",       CNTLID,     NEVER,           linux(5, 7),  READ_WRITE, "65519",    "highest controller id to give out"),
      attr(SUBSYSTEM, "attr_qid_max",          QID_MAX,    NEVER,           linux(6, 1),  READ_WRITE, "128",      "most I/O queues a host may use; writing it makes all hosts reconnect (6.2 and later)"),
      attr(SUBSYSTEM, "attr_vendor_id",        HEX16,      NEVER,           linux(6, 14), READ_WRITE, "0x0",      "PCI vendor id shown to hosts"),
      attr(SUBSYSTEM, "attr_subsys_vendor_id", HEX16,      NEVER,           linux(6, 14), READ_WRITE, "0x0",      "PCI subsystem vendor id shown to hosts"),
      attr(SUBSYSTEM, "attr_pi_enable",        BOOL,       NEVER,           linux(5, 8).with(Feature.INTEGRITY), READ_WRITE, "0", "whether namespaces carry T10 protection information"),
      attr(SUBSYSTEM, "attr_offload_subsys_unknown_ns_cmds", COUNTER, NEVER, ofed(4, 4),  READ_ONLY,  "-1",       "offloaded commands to namespaces that do not exist"),

      attr(NAMESPACE, "device_path",       BLOCK_DEVICE,   WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "(null)",   "block device or file behind the namespace"),
      attr(NAMESPACE, "pci_device_path",   PCI_ADDRESS,    WHILE_ENABLED,   ofed(4, 1).until(4, 2), READ_WRITE, "N/A", "PCI address of the drive behind device_path; asks for offload; set device_path fills it in unless it is given"),
      attr(NAMESPACE, "device_uuid",       UUID,           WHILE_ENABLED,   linux(4, 13), READ_WRITE, null,       "UUID shown to hosts; random in a new namespace"),
      attr(NAMESPACE, "device_nguid",      NGUID,          WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "00000000-0000-0000-0000-000000000000", "NGUID shown to hosts"),
      attr(NAMESPACE, "ana_grpid",         ANA_GRPID,      NEVER,           linux(4, 19), READ_WRITE, "1",        "ANA group the namespace is in"),
      attr(NAMESPACE, "buffered_io",       BOOL,           WHILE_ENABLED,   linux(4, 19), READ_WRITE, "0",        "whether the page cache is used"),
      attr(NAMESPACE, "p2pmem",            P2PMEM,         WHILE_ENABLED,   linux(4, 20).with(Feature.P2PDMA), READ_WRITE, "0", "peer-to-peer memory for the namespace's data"),
      attr(NAMESPACE, "resv_enable",       BOOL,           WHILE_ENABLED,   linux(6, 13), READ_WRITE, "0",        "whether hosts may use reservations"),
      attr(NAMESPACE, "offload_cmd_tmo_us", U32,           WHILE_ENABLED,   ofed(5, 2),   READ_WRITE, "30000000", "time limit of an offloaded command, in microseconds"),
      attr(NAMESPACE, "enable",            BOOL,           NEVER,           linux(4, 8),  READ_WRITE, "0",        "whether hosts see the namespace"),
      attr(NAMESPACE, "revalidate_size",   TRUE_ONLY,      UNLESS_ENABLED,  linux(5, 8),  WRITE_ONLY, null,       "write 1 after the device was resized"),
      attr(NAMESPACE, "offload_read_cmds",          COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded read commands"),
      attr(NAMESPACE, "offload_read_blocks",        COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded blocks read"),
      attr(NAMESPACE, "offload_write_cmds",         COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded write commands"),
      attr(NAMESPACE, "offload_write_blocks",       COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded blocks written"),
      attr(NAMESPACE, "offload_write_inline_cmds",  COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded write commands with their data in the capsule"),
      attr(NAMESPACE, "offload_flush_cmds",         COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded flush commands"),
      attr(NAMESPACE, "offload_error_cmds",         COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded commands that failed"),
      attr(NAMESPACE, "offload_backend_error_cmds", COUNTER, NEVER,         ofed(4, 4),   READ_ONLY,  "-1",       "offloaded commands that the drive failed"),

      attr(OFFLOAD_CTX, "traddr",          TEXT,           NEVER,           ofed(5, 4),   READ_ONLY,  null,       "address of the port the context serves"),
      attr(OFFLOAD_CTX, "trsvcid",         TEXT,           NEVER,           ofed(5, 4),   READ_ONLY,  null,       "service id of the port the context serves"),
      attr(OFFLOAD_CTX, "stat",            TEXT,           NEVER,           ofed(5, 4),   READ_ONLY,  null,       "counters and latencies (0.1 microseconds) of the context"),

      attr(PASSTHRU, "device_path",        CONTROLLER,     WHILE_ENABLED,   linux(5, 9),  READ_WRITE, "(null)",   "character device of the NVMe controller to pass through"),
      attr(PASSTHRU, "enable",             BOOL,           NEVER,           linux(5, 9),  READ_WRITE, "0",        "whether the controller is passed through; excludes namespaces"),
      attr(PASSTHRU, "admin_timeout",      U32,            NEVER,           linux(5, 11), READ_WRITE, "0",        "time limit of an admin command, in milliseconds; 0 is the kernel's own"),
      attr(PASSTHRU, "io_timeout",         U32,            NEVER,           linux(5, 11), READ_WRITE, "0",        "time limit of an I/O command, in milliseconds; 0 is the kernel's own"),
      attr(PASSTHRU, "clear_ids",          U32,            NEVER,           linux(5, 19), READ_WRITE, "0",        "whether the controller's unique ids are hidden from hosts"),

      attr(PORT, "addr_trtype",            TRTYPE,         WHILE_LINKED,    linux(4, 8),  READ_WRITE, "",         "transport"),
      attr(PORT, "addr_adrfam",            ADRFAM,         WHILE_LINKED,    linux(4, 8),  READ_WRITE, "",         "address family"),
      attr(PORT, "addr_traddr",            TRADDR,         WHILE_LINKED,    linux(4, 8),  READ_WRITE, "",         "transport address to listen on"),
      attr(PORT, "addr_trsvcid",           TRSVCID,        WHILE_LINKED,    linux(4, 8),  READ_WRITE, "",         "transport service id to listen on; 4420 is customary"),
      attr(PORT, "addr_tsas",              TSAS,           WHILE_LINKED,    linux(6, 7),  READ_WRITE, "",         "transport-specific address subtype: TLS for tcp"),
      attr(PORT, "addr_treq",              TREQ,           WHILE_LINKED,    linux(4, 8),  READ_WRITE, "not specified", "whether hosts must use a secure channel"),
      attr(PORT, "addr_tractive",          BOOL,           NEVER,           ofed(4, 4),   READ_ONLY,  "0",        "whether the port is listening"),
      attr(PORT, "param_inline_data_size", INT,            WHILE_LINKED,    linux(4, 19), READ_WRITE, "-1",       "most data in a command capsule, in bytes; -1 is the transport's own"),
      attr(PORT, "param_max_queue_size",   INT,            WHILE_LINKED,    linux(6, 9),  READ_WRITE, "-1",       "most entries of a queue; -1 is the transport's own"),
      attr(PORT, "param_mdts",             MDTS,           WHILE_LINKED,    linux(7, 1),  READ_WRITE, "-1",       "maximum data transfer size, as a power of two of 4 KiB pages; -1 is the transport's own"),
      attr(PORT, "param_pi_enable",        BOOL,           WHILE_LINKED,    linux(5, 8).with(Feature.INTEGRITY), READ_WRITE, "0", "whether the port carries T10 protection information"),
      attr(PORT, "param_offload_queues",   OFFLOAD_QUEUES, WHILE_LINKED,    ofed(4, 6),   READ_WRITE, "1",        "peer-to-peer queues for each offloaded namespace on this port"),
      attr(PORT, "param_offload_srq_size", SRQ_SIZE,       WHILE_LINKED,    ofed(4, 7),   READ_WRITE, "1024",     "entries of the shared receive queue of offload, at least 256"),
      attr(PORT, "param_offload_queue_size", POWER_OF_TWO, WHILE_LINKED,    ofed(5, 2),   READ_WRITE, "1024",     "entries of a peer-to-peer queue"),
      attr(PORT, "param_offload_passthrough_sqe_rw", BOOL, WHILE_LINKED,    ofed(5, 6),   READ_WRITE, "0",        "whether reserved fields of read and write commands are passed to the drive"),

      attr(ANA_GROUP, "ana_state",         ANA_STATE,      NEVER,           linux(4, 19), READ_WRITE, null,       "access state that hosts see for the group on this port"),

      attr(REFERRAL, "addr_trtype",        TRTYPE,         WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "",         "transport of the port referred to"),
      attr(REFERRAL, "addr_adrfam",        ADRFAM,         WHILE_ENABLED,   linux(4, 8),  READ_WRITE, null,       "address family of the port referred to"),
      attr(REFERRAL, "addr_traddr",        TRADDR,         WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "",         "transport address of the port referred to"),
      attr(REFERRAL, "addr_trsvcid",       TRSVCID,        WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "",         "transport service id of the port referred to"),
      attr(REFERRAL, "addr_treq",          TREQ,           WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "not specified", "whether hosts must use a secure channel there"),
      attr(REFERRAL, "addr_portid",        U16,            WHILE_ENABLED,   linux(4, 8),  READ_WRITE, "0",        "port id of the port referred to"),
      attr(REFERRAL, "enable",             BOOL,           NEVER,           linux(4, 8),  READ_WRITE, "0",        "whether hosts are told of it"));
  // spotless:on

  private NvmetSchema() {}

  private static Attribute attr(
      NodeKind owner,
      String name,
      ValueType type,
      Lock lock,
      Since since,
      Access access,
      @Nullable String initial,
      String help) {
    Initial shown = initial == null ? Initial.GENERATED : new Initial(initial, true);
    return new Attribute(owner, name, type, lock, since, access, shown, help);
  }

  /** Every row, in the order of the table. */
  public static List<Attribute> all() {
    return TABLE;
  }

  /** The rows of one kind of directory that a kernel of this flavor has, in table order. */
  public static List<Attribute> of(NodeKind owner, KernelFlavor flavor) {
    List<Attribute> rows = new ArrayList<>();
    for (Attribute row : TABLE) {
      if (row.owner() == owner && row.since().covers(flavor)) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The row of an attribute, whichever kernel has it. */
  public static Optional<Attribute> find(NodeKind owner, String name) {
    for (Attribute row : TABLE) {
      if (row.owner() == owner && row.name().equals(name)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /** The row of an attribute; for one the table lacks, a row that takes it as text. */
  public static Attribute row(NodeKind owner, String name) {
    return find(owner, name).orElseGet(() -> Attribute.unknown(owner, name));
  }
}
