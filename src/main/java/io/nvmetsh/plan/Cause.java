package io.nvmetsh.plan;

import static io.nvmetsh.plan.Attempt.anything;
import static io.nvmetsh.plan.Attempt.enabling;
import static io.nvmetsh.plan.Attempt.linking;
import static io.nvmetsh.plan.Attempt.linkingBy;
import static io.nvmetsh.plan.Attempt.linkingInto;
import static io.nvmetsh.plan.Attempt.linkingOffloaded;
import static io.nvmetsh.plan.Attempt.loading;
import static io.nvmetsh.plan.Attempt.making;
import static io.nvmetsh.plan.Attempt.removing;
import static io.nvmetsh.plan.Attempt.setting;
import static io.nvmetsh.plan.Attempt.unlinking;
import static io.nvmetsh.plan.Attempt.unloading;
import static io.nvmetsh.plan.Cause.Known.BY_CHECK;
import static io.nvmetsh.plan.Cause.Known.IN_PART;
import static io.nvmetsh.plan.Cause.Known.TO_THE_KERNEL;
import static io.nvmetsh.schema.NodeKind.ALLOWED_HOSTS;
import static io.nvmetsh.schema.NodeKind.ANA_GROUP;
import static io.nvmetsh.schema.NodeKind.HOST;
import static io.nvmetsh.schema.NodeKind.NAMESPACE;
import static io.nvmetsh.schema.NodeKind.PASSTHRU;
import static io.nvmetsh.schema.NodeKind.PORT;
import static io.nvmetsh.schema.NodeKind.PORT_SUBSYSTEMS;
import static io.nvmetsh.schema.NodeKind.REFERRAL;
import static io.nvmetsh.schema.NodeKind.ROOT;
import static io.nvmetsh.schema.NodeKind.SUBSYSTEM;
import static io.nvmetsh.schema.Since.linux;
import static io.nvmetsh.schema.Since.ofed;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.Lock;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.Since;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which the kernel refuses. All that is known of its answers stands here once: the
 * checks say with it what they foresee, a refusal is explained by it, {@code explain} and {@code
 * why} and the reference list it.
 *
 * <p>Sources: drivers/nvme/target and fs/configfs of Linux 4.15 to 7.3 and of the vendor's
 * releases, and what those kernels answered when asked.
 */
public enum Cause {
  // spotless:off
  // any object
  ABSENT(Errno.ENOENT, anything(), BY_CHECK, "configfs_lookup", "",
      "naming what is not there, or not there any more", "see what is there:  ls GROUP"),
  EXISTS(Errno.EEXIST, making(), BY_CHECK, "configfs_lookup", "",
      "making what is there already", "see what is there:  ls GROUP"),
  NAME_TOO_LONG(Errno.ENAMETOOLONG, anything(), BY_CHECK, "configfs_lookup", "",
      "a name of more than 255 bytes", "choose a shorter name; an NQN has at most 223 bytes"),
  NOT_ROOT(Errno.EACCES, anything(), TO_THE_KERNEL, "inode_permission", "",
      "any change by somebody other than root", "start nvmetsh as root"),
  NO_PLACE(Errno.EPERM, making(), BY_CHECK, "configfs_mkdir", "",
      "making a directory where the kernel takes none", "see what is there:  ls GROUP"),
  MADE_BY_KERNEL(Errno.EPERM, removing(), BY_CHECK, "configfs_rmdir", "",
      "removing a directory that the kernel made together with the one above", "remove what is in it:  delete -r PATH"),
  LINKED_FROM(Errno.EBUSY, removing(), IN_PART, "configfs_detach_prep", "",
      "removing what is linked from somewhere", "remove it with all links to it:  delete -r PATH"),
  HOLDING(Errno.ENOTEMPTY, removing(), BY_CHECK, "configfs_detach_prep", "",
      "removing what still holds something", "remove it with all it holds:  delete -r PATH"),
  NOT_A_DIRECTORY(Errno.ENOTDIR, removing(), TO_THE_KERNEL, "vfs_rmdir", "",
      "removing a link as if it were a directory", "unlink it:  unlink PATH"),
  NO_LINKS(Errno.EPERM, linking(), BY_CHECK, "configfs_symlink", "",
      "linking where the kernel takes no links", "link a subsystem into a port:  link NQN /ports/1"),
  NOT_A_LINK(Errno.EPERM, unlinking(), TO_THE_KERNEL, "configfs_unlink", "",
      "unlinking what is an attribute", "see what is there:  ls GROUP"),
  VALUE(Errno.EINVAL, setting(), IN_PART, "nvmet_addr_trtype_store and its sisters", "Invalid value",
      "writing a value that the attribute does not take", "see what it takes:  explain ATTRIBUTE"),
  NOTHING_WRITTEN(Errno.EFAULT, setting(), TO_THE_KERNEL, linux(5, 15), "configfs_write_iter", "",
      "writing nothing at all", "write a value:  set PATH ATTRIBUTE=VALUE"),
  READ_ONLY(Errno.EACCES, setting(), BY_CHECK, "__configfs_open_file", "",
      "writing an attribute that can only be read", "look at it:  get PATH ATTRIBUTE"),
  NUMBER_TOO_LARGE(Errno.ERANGE, making(NAMESPACE).or(making(ANA_GROUP)).or(setting(NAMESPACE, "ana_grpid")), BY_CHECK, "kstrtou32", "",
      "a number of more than 32 bits for a namespace or ANA group", "let the next free one be taken:  create GROUP"),

  // the target and its subsystems
  DISCOVERY_NAME(Errno.EINVAL, making(SUBSYSTEM), BY_CHECK, "nvmet_subsys_make", "can't create",
      "making a subsystem of the discovery subsystem's name", "choose another name:  create /subsystems/NQN"),
  DISCOVERY_PREFIX(Errno.EINVAL, setting(ROOT, "discovery_nqn"), BY_CHECK, "nvmet_root_discovery_nqn_store", "duplicate NQN",
      "setting discovery_nqn to what a subsystem's name begins with", "see the names:  ls /subsystems"),
  HOSTS_LINKED(Errno.EINVAL, setting(SUBSYSTEM, "attr_allow_any_host"), BY_CHECK, "nvmet_subsys_attr_allow_any_host_store", "Can't set allow_any_host",
      "allowing any host while hosts are linked into allowed_hosts", "see which:  ls PATH/allowed_hosts"),
  ANY_HOST_ALLOWED(Errno.EINVAL, linkingInto(ALLOWED_HOSTS), BY_CHECK, "nvmet_allowed_hosts_allow_link", "can't add hosts",
      "linking a host while any host is allowed", "switch it off first:  set PATH attr_allow_any_host=0"),
  CNTLID_ORDER(Errno.EINVAL, setting(SUBSYSTEM, "attr_cntlid_min", "attr_cntlid_max"), BY_CHECK, "nvmet_subsys_attr_cntlid_min_store and its sisters", "",
      "setting attr_cntlid_min above attr_cntlid_max", "set the other one first:  set PATH attr_cntlid_max=65519"),
  FROZEN(Errno.EINVAL, setting(SUBSYSTEM, Lock.ONCE_DISCOVERED), TO_THE_KERNEL, linux(5, 13), "nvmet_subsys_attr_model_store and its sisters", "is already assigned",
      "setting model, serial number, version, firmware or OUI after a host has connected: they are frozen until the subsystem is made anew", "remove it, and make it anew:  delete -r PATH"),
  PASSTHRU_VERSION(Errno.EINVAL, setting(SUBSYSTEM, "attr_version"), BY_CHECK, "nvmet_subsys_attr_version_store", "",
      "setting the version while a controller is passed through, which has its own", "switch that off first:  disable PATH/passthru"),
  OFFLOAD_EXPORTED(Errno.EBUSY, setting(SUBSYSTEM, Lock.WHILE_EXPORTED), BY_CHECK, "nvmet_subsys_attr_offload_store", "with active port",
      "setting attr_offload while the subsystem is linked to a port", "see where:  ls /ports"),
  OFFLOAD_CONNECTED(Errno.EBUSY, setting(SUBSYSTEM, Lock.WHILE_EXPORTED), TO_THE_KERNEL, "nvmet_subsys_attr_offload_store", "with active controller",
      "setting attr_offload while a host is connected", "disconnect the hosts first"),
  OFFLOAD_MANY(Errno.EINVAL, setting(SUBSYSTEM, "attr_offload").or(enabling(NAMESPACE)), TO_THE_KERNEL, ofed(4, 3), "nvmet_ns_enable", "doesn't support many namespaces",
      "an offloaded subsystem with more than one enabled namespace, where the driver takes one", "see what is wrong:  check PATH"),
  OFFLOAD_NO_DRIVE(Errno.EINVAL, setting(SUBSYSTEM, "attr_offload").or(enabling(NAMESPACE)), TO_THE_KERNEL, ofed(4, 3), "nvmet_ns_enable", "Couldn't find nvme pci device",
      "offloading a namespace that is not on an NVMe drive", "see what is wrong:  check PATH"),

  // namespaces
  NSID(Errno.EINVAL, making(NAMESPACE), BY_CHECK, "nvmet_ns_make", "invalid nsid",
      "making a namespace whose nsid is no number, 0 or 4294967295", "let the next free one be taken:  create GROUP"),
  NSID_TAKEN(Errno.ENOMEM, making(NAMESPACE), TO_THE_KERNEL, linux(6, 14), "nvmet_ns_alloc", "",
      "making a second directory for one nsid, spelt otherwise", "see what is there:  ls GROUP"),
  NAMESPACES_FULL(Errno.ENOMEM, making(NAMESPACE), TO_THE_KERNEL, linux(6, 14), "nvmet_ns_alloc", "",
      "making the 1025th namespace of a subsystem", "make another subsystem:  create /subsystems/NQN"),
  NAMESPACES_ENABLED(Errno.EMFILE, enabling(NAMESPACE), TO_THE_KERNEL, linux(5, 0).until(6, 12), "nvmet_ns_enable", "",
      "enabling the 1025th namespace of a subsystem", "make another subsystem:  create /subsystems/NQN"),
  NAMESPACE_ENABLED(Errno.EBUSY, setting(NAMESPACE, Lock.WHILE_ENABLED), BY_CHECK, "nvmet_ns_device_path_store and its sisters", "",
      "setting device_path, an id, p2pmem or pci_device_path of a namespace that is enabled", "disable it first:  disable PATH"),
  NAMESPACE_ENABLED_FLAG(Errno.EINVAL, setting(NAMESPACE, "buffered_io", "resv_enable", "offload_cmd_tmo_us"), BY_CHECK, "nvmet_ns_buffered_io_store and its sisters", "before setting",
      "setting buffered_io or resv_enable of a namespace that is enabled", "disable it first:  disable PATH"),
  NAMESPACE_DISABLED(Errno.EINVAL, setting(NAMESPACE, Lock.UNLESS_ENABLED), BY_CHECK, "nvmet_ns_revalidate_size_store", "enable ns before",
      "revalidating the size of a namespace that is not enabled", "enable it first:  enable PATH"),
  P2PMEM(Errno.ENODEV, setting(NAMESPACE, "p2pmem"), BY_CHECK, "pci_p2pdma_enable_store", "",
      "setting p2pmem to anything but 0, 1 or the full PCI address of a device with such memory", "see what it takes:  explain p2pmem"),
  NO_PCI_DEVICE(Errno.EAGAIN, setting(NAMESPACE, "pci_device_path"), BY_CHECK, ofed(4, 1).until(4, 2), "nvmet_ns_pci_device_path_store", "",
      "setting pci_device_path to an address where no device is; it then reads N/A", "see the addresses:  devices"),
  NO_DEVICE_PATH(Errno.EINVAL, enabling(NAMESPACE), BY_CHECK, "nvmet_ns_enable", "block device (null)",
      "enabling a namespace without device_path", "set it first:  set PATH device_path=/dev/nvme0n1"),
  DEVICE_ABSENT(Errno.ENOENT, enabling(NAMESPACE), IN_PART, "nvmet_bdev_ns_enable", "failed to open",
      "enabling a namespace whose device is not there", "see what there is:  devices --all"),
  DEVICE_DIRECTORY(Errno.EISDIR, enabling(NAMESPACE), BY_CHECK, "nvmet_file_ns_enable", "failed to open",
      "enabling a namespace whose device_path is a directory", "see what there is:  devices --all"),
  DEVICE_CHARACTER(Errno.EINVAL, enabling(NAMESPACE), BY_CHECK, "nvmet_file_ns_enable", "failed to open file",
      "enabling a namespace on a character device", "use a block device:  devices --all"),
  DEVICE_NO_DIRECT_IO(Errno.EINVAL, enabling(NAMESPACE), TO_THE_KERNEL, "nvmet_file_ns_enable", "failed to open file",
      "enabling a namespace on a file whose file system has no direct I/O, such as tmpfs before 6.6", "use the page cache:  set PATH buffered_io=1"),
  DEVICE_READ_ONLY(Errno.EACCES, enabling(NAMESPACE), BY_CHECK, "nvmet_bdev_ns_enable", "failed to open",
      "enabling a namespace on a device that is read-only", "see the device:  devices --all"),
  FILE_READ_ONLY(Errno.EROFS, enabling(NAMESPACE), TO_THE_KERNEL, "nvmet_file_ns_enable", "failed to open file",
      "enabling a namespace on a file of a read-only file system", "see what there is:  devices --all"),
  DEVICE_SPECIAL(Errno.ENXIO, enabling(NAMESPACE), IN_PART, "nvmet_bdev_ns_enable, nvmet_file_ns_enable", "failed to open",
      "enabling a namespace on a socket or pipe, or on a device whose driver has let go of it", "see what there is:  devices --all"),
  DEVICE_BELOW_FILE(Errno.ENOTDIR, enabling(NAMESPACE), TO_THE_KERNEL, "nvmet_bdev_ns_enable", "failed to open",
      "enabling a namespace whose device_path goes through something that is no directory", "see what there is:  devices --all"),
  DEVICE_NAME_LONG(Errno.ENAMETOOLONG, enabling(NAMESPACE), TO_THE_KERNEL, "nvmet_bdev_ns_enable", "failed to open",
      "enabling a namespace whose device_path has a name of more than 255 bytes", "see what there is:  devices --all"),
  DEVICE_IS_FILE(Errno.ENOTBLK, enabling(NAMESPACE), BY_CHECK, linux(4, 8).until(4, 17), "nvmet_ns_enable", "failed to open",
      "enabling a namespace on what is no block device", "use a block device:  devices --all"),
  DEVICE_EXCLUSIVE(Errno.EBUSY, enabling(NAMESPACE), TO_THE_KERNEL, linux(6, 8), "bdev_may_open", "failed to open",
      "enabling a namespace on a device that is mounted, in a kernel without CONFIG_BLK_DEV_WRITE_MOUNTED", "see what uses it:  devices --all"),
  DEVICE_ZONED(Errno.EINVAL, enabling(NAMESPACE), TO_THE_KERNEL, linux(5, 15), "nvmet_bdev_zns_enable", "",
      "enabling a namespace on a zoned device whose zones NVMe cannot show", "use another device:  devices --all"),
  NSID_ENABLED(Errno.EBUSY, enabling(NAMESPACE), BY_CHECK, linux(5, 10).until(6, 12), "nvmet_ns_enable", "",
      "enabling a namespace whose nsid is enabled already, spelt otherwise", "remove one of the two:  delete PATH"),
  P2PMEM_UNFIT(Errno.EINVAL, enabling(NAMESPACE), BY_CHECK, "nvmet_p2pmem_ns_enable", "peer-to-peer DMA is not supported",
      "enabling a namespace with p2pmem on a file, or on a device whose driver has no peer-to-peer DMA", "do without:  set PATH p2pmem=0"),
  P2PMEM_NONE(Errno.EINVAL, enabling(NAMESPACE), BY_CHECK, "nvmet_p2pmem_ns_enable", "no peer-to-peer memory is available",
      "enabling a namespace with p2pmem where no device near the drive has such memory", "do without:  set PATH p2pmem=0"),
  P2PMEM_FAR(Errno.EINVAL, enabling(NAMESPACE), BY_CHECK, "nvmet_p2pmem_ns_enable", "cannot be used for peer-to-peer DMA",
      "enabling a namespace whose p2pmem names a device that the drive cannot reach", "do without:  set PATH p2pmem=0"),
  PCI_MISMATCH(Errno.EINVAL, enabling(NAMESPACE), TO_THE_KERNEL, ofed(4, 1).until(4, 2), "nvmet_ns_enable", "doesn't match to the ns bdev",
      "enabling a namespace whose pci_device_path is not the drive behind device_path", "see the drives:  devices"),
  PCI_MIXED(Errno.EINVAL, enabling(NAMESPACE), TO_THE_KERNEL, ofed(4, 1).until(4, 2), "nvmet_ns_enable", "",
      "enabling an offloaded namespace among others that are not, or the other way round", "see what is wrong:  check PATH"),
  QUEUES_TAKEN(Errno.ENODEV, enabling(NAMESPACE), TO_THE_KERNEL, ofed(4, 3), "nvmet_ns_enable", "Failed to get peer resource",
      "enabling an offloaded namespace while hosts are connected, and the drive has no peer-to-peer queue left", "see what it granted:  devices"),
  DRIVE_TRANSFERS(Errno.EINVAL, enabling(NAMESPACE), TO_THE_KERNEL, ofed(5, 2), "nvmet_ns_enable", "is smaller than P2P MDTS",
      "enabling an offloaded namespace while hosts are connected, and its drive takes smaller transfers (MDTS) than the adapter makes", "use another drive:  devices"),
  ADAPTER_FULL(Errno.EINVAL, enabling(NAMESPACE).or(linkingInto(PORT_SUBSYSTEMS)), TO_THE_KERNEL, ofed(4, 5), "nvmet_ns_enable, nvmet_enable_port", "Reached max",
      "more offloaded namespaces than the adapter takes, or a higher nsid", "see what is wrong:  check PATH"),

  // passthru
  PASSTHRU_ENABLED(Errno.EBUSY, setting(PASSTHRU, Lock.WHILE_ENABLED), BY_CHECK, "nvmet_passthru_device_path_store", "",
      "setting device_path of a passthru controller that is enabled", "disable it first:  disable PATH"),
  PASSTHRU_NO_PATH(Errno.EINVAL, enabling(PASSTHRU), BY_CHECK, "nvmet_passthru_ctrl_enable", "",
      "enabling a passthru controller without device_path", "set it first:  set PATH device_path=/dev/nvme0"),
  PASSTHRU_NAMESPACES(Errno.EINVAL, enabling(PASSTHRU), BY_CHECK, "nvmet_passthru_ctrl_enable", "both passthru and regular",
      "enabling passthru in a subsystem with namespaces: enabled ones, from 6.14 any", "delete them first:  delete PATH"),
  PASSTHRU_ABSENT(Errno.ENOENT, enabling(PASSTHRU), BY_CHECK, "nvmet_passthru_ctrl_enable", "",
      "enabling a passthru controller that is not there", "see what there is:  devices --all"),
  PASSTHRU_DIRECTORY(Errno.EISDIR, enabling(PASSTHRU), BY_CHECK, "nvmet_passthru_ctrl_enable", "",
      "enabling a passthru controller whose device_path is a directory", "see what there is:  devices --all"),
  PASSTHRU_OTHER(Errno.EINVAL, enabling(PASSTHRU), BY_CHECK, "nvmet_passthru_ctrl_enable", "failed to open nvme controller",
      "enabling passthru of what is not the character device of an NVMe controller", "see what there is:  devices --all"),
  PASSTHRU_TAKEN(Errno.EINVAL, enabling(PASSTHRU), TO_THE_KERNEL, "nvmet_passthru_ctrl_enable", "",
      "enabling a controller that another subsystem passes through", "see the subsystems:  tree /subsystems"),

  // ports
  PORT_NUMBER(Errno.EINVAL, making(PORT), BY_CHECK, "nvmet_ports_make", "",
      "making a port whose number is not 0 to 65535", "let the next free one be taken:  create GROUP"),
  ANA_GROUP_NUMBER(Errno.EINVAL, making(ANA_GROUP), BY_CHECK, "nvmet_ana_groups_make_group", "",
      "making an ANA group whose number is not 2 to 128", "let the next free one be taken:  create GROUP"),
  PORT_LINKED(Errno.EACCES, setting(PORT, Lock.WHILE_LINKED), BY_CHECK, "nvmet_is_port_enabled", "Disable ",
      "setting an attribute of a port while a subsystem is linked to it", "see which:  ls PATH/subsystems"),
  REFERRAL_ENABLED(Errno.EACCES, setting(REFERRAL, Lock.WHILE_ENABLED), BY_CHECK, "nvmet_is_port_enabled", "Disable ",
      "setting an attribute of a referral that is enabled", "disable it first:  disable PATH"),
  TSAS_TRTYPE(Errno.EINVAL, setting(PORT, "addr_tsas"), BY_CHECK, "nvmet_addr_tsas_store", "for tsas",
      "setting addr_tsas to what addr_trtype has not: connected is for rdma, none and tls1.3 are for tcp", "set the transport first:  set PATH addr_trtype=tcp"),
  TLS_ABSENT(Errno.EINVAL, setting(PORT, "addr_tsas", "addr_treq"), TO_THE_KERNEL, "nvmet_addr_tsas_store", "TLS is not supported",
      "setting TLS in a kernel without CONFIG_NVME_TARGET_TCP_TLS", "do without:  set PATH addr_tsas=none"),
  TREQ_TLS(Errno.EINVAL, setting(PORT, "addr_treq"), BY_CHECK, "nvmet_addr_treq_store", "",
      "setting addr_treq to not specified while addr_tsas is tls1.3", "switch TLS off first:  set PATH addr_tsas=none"),
  DHCHAP_HASH(Errno.ENOTSUPP, setting(HOST, "dhchap_key", "dhchap_ctrl_key"), TO_THE_KERNEL, linux(6, 0).until(6, 12), "nvmet_auth_set_key", "",
      "setting a key with a hash that this kernel has not loaded", "load what has it:  modules load sha512_generic"),

  // links
  NOT_A_SUBSYSTEM(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), BY_CHECK, "nvmet_port_subsys_allow_link", "can only link subsystems into",
      "linking something other than a subsystem into a port", "link a subsystem:  link NQN /ports/1"),
  NOT_A_HOST(Errno.EINVAL, linkingInto(ALLOWED_HOSTS), BY_CHECK, "nvmet_allowed_hosts_allow_link", "can only link hosts into",
      "linking something other than a host into allowed_hosts", "link a host:  link /hosts/NQN /subsystems/NQN"),
  LINKED_ALREADY(Errno.EEXIST, linking(), BY_CHECK, "nvmet_port_subsys_allow_link, nvmet_allowed_hosts_allow_link", "",
      "linking what is linked already, under whatever name", "see what is linked:  tree PATH"),
  NO_TRTYPE(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), BY_CHECK, "nvmet_enable_port", "transport type 0 not supported",
      "linking to a port without addr_trtype", "set it first:  set PATH addr_trtype=rdma"),
  NO_TRANSPORT(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), TO_THE_KERNEL, "nvmet_enable_port", "transport type",
      "linking to a port whose transport the kernel has no module for", "see what is loaded:  modules"),
  NO_INTEGRITY(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), BY_CHECK, "nvmet_enable_port", "T10-PI is not supported",
      "linking to a port with param_pi_enable=1 whose transport is not rdma", "switch it off first:  set PATH param_pi_enable=0"),
  FAMILY(Errno.EINVAL, linkingBy("tcp", "rdma"), BY_CHECK, "nvmet_tcp_add_port, nvmet_rdma_add_port", "address family",
      "linking to a port whose addr_adrfam is neither ipv4 nor ipv6", "set it first:  set PATH addr_adrfam=ipv4"),
  ADDRESS_FORM(Errno.EINVAL, linkingBy("tcp", "rdma"), IN_PART, "inet_pton_with_scope", "malformed ip/port passed",
      "linking to a port whose address is none of its family, or whose service id is no number", "see what is set:  get PATH"),
  ADDRESS_SCOPE(Errno.EINVAL, linkingBy("tcp", "rdma"), TO_THE_KERNEL, "nvmet_tcp_add_port, nvmet_rdma_add_port", "-22",
      "linking to a port with a link-local address that names no interface", "name it behind a percent sign:  set PATH addr_traddr=fe80::1%eth0"),
  ADDRESS_ABSENT(Errno.EADDRNOTAVAIL, linkingBy("tcp", "rdma"), BY_CHECK, "nvmet_tcp_add_port, nvmet_rdma_add_port", "",
      "linking to a port whose address is not one of this machine", "see the addresses:  nics --all"),
  ADDRESS_SHADOWED(Errno.EADDRNOTAVAIL, linkingBy("rdma"), TO_THE_KERNEL, "cma_check_port", "",
      "linking to an rdma port on all addresses while another listens on one of them, or the other way round", "see the ports:  ls /ports"),
  ADDRESS_TAKEN(Errno.EADDRINUSE, linkingBy("tcp", "rdma"), IN_PART, "nvmet_tcp_add_port, nvmet_rdma_add_port", "",
      "linking to a port whose address and service id another port listens on", "see the ports:  ls /ports"),
  ADDRESS_TAKEN_OUTSIDE(Errno.EADDRINUSE, linkingBy("tcp", "rdma"), TO_THE_KERNEL, "inet_csk_get_port", "",
      "linking to a port whose address and service id another program listens on; ss -ltnp tells which", "choose another one:  set PATH addr_trsvcid=4421"),
  NO_RDMA_DEVICE(Errno.ENODEV, linkingBy("rdma"), TO_THE_KERNEL, "nvmet_rdma_add_port", "",
      "linking to an rdma port whose address is on an interface without RDMA device", "see the addresses:  nics --all"),
  NO_FC_PORT(Errno.ENXIO, linkingBy("fc"), TO_THE_KERNEL, "nvmet_fc_add_port", "",
      "linking to an fc port whose addr_traddr is not that of an FC target port of this machine", "see what is set:  get PATH"),
  FC_PORT_TAKEN(Errno.EALREADY, linkingBy("fc"), TO_THE_KERNEL, "nvmet_fc_add_port", "",
      "linking to an fc port whose FC target port another port has", "see the ports:  ls /ports"),
  FC_ADDRESS(Errno.EINVAL, linkingBy("fc"), TO_THE_KERNEL, "nvmet_fc_add_port", "",
      "linking to an fc port whose addr_adrfam is not fc, or whose addr_traddr is not of the form nn-0x...:pn-0x...", "see what is set:  get PATH"),
  OFFLOAD_ADAPTER(Errno.EINVAL, linkingOffloaded(), TO_THE_KERNEL, ofed(4, 1), "nvmet_enable_port", "",
      "linking an offloaded subsystem to a port that cannot offload", "see what is wrong:  check PATH"),
  OFFLOAD_POLARITY(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), TO_THE_KERNEL, ofed(4, 1), "nvmet_port_subsys_allow_link", "same offloadble polarity",
      "linking an offloaded subsystem beside others that are not, or the other way round", "see what is wrong:  check PATH"),
  OFFLOAD_ONE(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), TO_THE_KERNEL, ofed(4, 1), "nvmet_port_subsys_allow_link", "restricted to have one",
      "linking a second subsystem to an offloaded port, where the driver or adapter takes one", "use another port:  create /ports"),
  OFFLOAD_INTEGRITY(Errno.EINVAL, linkingInto(PORT_SUBSYSTEMS), TO_THE_KERNEL, ofed(5, 2), "nvmet_enable_port", "not supported on offloadble",
      "linking an offloaded subsystem to a port with param_pi_enable=1", "switch it off first:  set PATH param_pi_enable=0"),

  // modules
  MODULE_PARAMETER(Errno.EINVAL, loading(), IN_PART, "parse_args, or the module's own init function", "",
      "loading a module with a value that its parameter does not take", "see what they are:  help modules"),
  MODULE_ABSENT(Errno.ENOENT, loading(), TO_THE_KERNEL, "load_module", "",
      "loading a module that this kernel does not have", "see what there is:  modules"),
  MODULE_IN_USE(Errno.EBUSY, unloading(), BY_CHECK, "try_stop_module", "",
      "unloading a module that is in use", "see what uses it:  modules");

  // spotless:on

  /** Who can tell that it is the case. */
  public enum Known {
    /** A check sees it in the tree or on the machine; where it sees nothing there is nothing. */
    BY_CHECK,
    /** A check sees it in most cases. */
    IN_PART,
    /** Nothing outside the kernel shows it. */
    TO_THE_KERNEL
  }

  private static final String SISTERS = " and its sisters";

  private final Errno errno;
  private final Attempt attempt;
  private final Known known;
  private final Optional<Since> since;
  private final String function;
  private final String log;
  private final String when;
  private final String mend;

  Cause(
      Errno errno,
      Attempt attempt,
      Known known,
      String function,
      String log,
      String when,
      String mend) {
    this(errno, attempt, known, null, function, log, when, mend);
  }

  /**
   * @param since the kernels that answer so; null for all that have the object
   * @param log what the kernel logs beside it, or a part of that; nothing where it is silent
   */
  Cause(
      Errno errno,
      Attempt attempt,
      Known known,
      @Nullable Since since,
      String function,
      String log,
      String when,
      String mend) {
    this.errno = errno;
    this.attempt = attempt;
    this.known = known;
    this.since = Optional.ofNullable(since);
    this.function = function;
    this.log = log;
    this.when = when;
    this.mend = mend;
  }

  /** What the kernel answers. */
  public Errno errno() {
    return errno;
  }

  public Known known() {
    return known;
  }

  /** The kernel function that answers so. */
  public String function() {
    return function;
  }

  /** The one of several like it that answers to that change. */
  String function(Change change) {
    boolean several = function.endsWith(SISTERS);
    return several && change instanceof Change.SetAttribute set ? set.store() : function;
  }

  /** What was tried, in which state: {@code removing what is linked from somewhere}. */
  public String when() {
    return when;
  }

  /** The kernels that answer so, where not all do: {@code since Linux 6.14}. */
  public Optional<String> where() {
    return since.map(each -> (each.last().isPresent() ? "" : "since ") + each.describe());
  }

  /** What helps, mostly a line to type behind a colon, about some PATH and its GROUP. */
  public String mend() {
    return mend;
  }

  /** What helps with that change. */
  String mend(Change change) {
    NvmetPath path = place(change);
    return mend.replace("PATH", Quoting.path(path))
        .replace("GROUP", Quoting.path(path.parent()))
        .replace("ATTRIBUTE", change.path().name());
  }

  /** Whether such a kernel answers so. */
  public boolean isIn(KernelFlavor flavor) {
    return since.isEmpty() || since.get().covers(flavor);
  }

  /** Whether it can stand in the way of a change in this tree. */
  public boolean concerns(Change change, TargetTree tree) {
    return isIn(tree.flavor()) && attempt.is(change, tree);
  }

  /** The object that a change is about: of an attribute or link, what has it. */
  private static NvmetPath place(Change change) {
    if (change instanceof Change.SetAttribute set) {
      return set.path().parent();
    }
    return change instanceof Change.Link link ? link.path().parent().parent() : change.path();
  }

  /** Whether the kernel says so in its log. */
  boolean isLogged() {
    return !log.isEmpty();
  }

  /** Whether the kernel said so in its log. */
  boolean isIn(List<String> lines) {
    return !log.isEmpty() && lines.stream().anyMatch(line -> line.contains(log));
  }

  /** The end of a message that foresees it. */
  String answer() {
    return " (the kernel answers " + errno + ")";
  }

  /** A problem that a check found, as what the kernel would say. */
  Problem foresees(Problem problem) {
    return problem.with("errno", errno.name()).with("cause", name());
  }

  /** What a check says the kernel would say; empty when the kernel would say nothing. */
  static Optional<Cause> of(Problem problem) {
    return problem.detail("cause").map(Cause::valueOf);
  }
}
