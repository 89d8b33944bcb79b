package io.nvmetsh.command;

import io.nvmetsh.kernel.Errno;
import java.util.List;

/**
 * What nvmet usually means by an errno. Source: drivers/nvme/target/configfs.c and core.c, the
 * transports, fs/configfs, and what those kernels answered when asked.
 */
final class ErrnoCauses {

  /**
   * One usual cause.
   *
   * @param when what was tried, and in which state
   * @param mend what helps
   */
  record Cause(Errno errno, String when, String mend) {}

  // spotless:off
  private static final List<Cause> TABLE = List.of(
      new Cause(Errno.EPERM,  "making a directory, or linking, where the kernel takes none; removing a group that it made itself", "see what is there:  ls"),
      new Cause(Errno.ENOENT, "enabling a namespace whose device is not there, or linking what is not there", "see what there is:  devices --all"),
      new Cause(Errno.EAGAIN, "setting pci_device_path to an address where no device is (MLNX_OFED 4.1 and 4.2); it then reads N/A", "see the addresses:  devices"),
      new Cause(Errno.ENOMEM, "making a second directory for one nsid, or the 1025th namespace (6.14 and later)", "see what is there:  ls"),
      new Cause(Errno.EACCES, "setting an attribute of a port while a subsystem is linked to it; without root, anything", "unlink first:  unlink LINK"),
      new Cause(Errno.EACCES, "enabling a namespace on a device that is read-only", "see the device:  devices --all"),
      new Cause(Errno.EFAULT, "writing nothing at all (5.15 and later)", "write a value:  set ATTRIBUTE=VALUE"),
      new Cause(Errno.ENOTBLK, "enabling a namespace on a file (before 4.18)", "use a block device:  devices --all"),
      new Cause(Errno.EBUSY,  "setting an attribute of a namespace or passthru controller that is enabled", "disable it first:  disable PATH"),
      new Cause(Errno.EBUSY,  "removing what is linked from somewhere", "unlink it first, or:  delete -r PATH"),
      new Cause(Errno.EBUSY,  "setting attr_offload while the subsystem is linked to a port or a host is connected", "unlink it first:  unlink LINK"),
      new Cause(Errno.EBUSY,  "enabling a namespace whose nsid is enabled already, spelt otherwise (5.10 to 6.12)", "remove one of the two:  delete PATH"),
      new Cause(Errno.EBUSY,  "unloading a module that is in use", "see what uses it:  modules"),
      new Cause(Errno.EEXIST, "making what is there already, or linking what is linked already, under whatever name", "see what is there:  ls"),
      new Cause(Errno.ENODEV, "linking to an RDMA port whose address is on an interface without an RDMA device", "see the addresses:  nics --all"),
      new Cause(Errno.ENODEV, "setting p2pmem to anything but 0, 1 or the full PCI address of a provider", "see what p2pmem takes:  explain p2pmem"),
      new Cause(Errno.EISDIR, "enabling a namespace whose device_path is a directory", "use a block device:  devices --all"),
      new Cause(Errno.EINVAL, "writing a value that the attribute does not take", "see what it takes:  explain ATTRIBUTE"),
      new Cause(Errno.EINVAL, "enabling a namespace without device_path, or whose path is no block device or file", "set it first:  set device_path=PATH"),
      new Cause(Errno.EINVAL, "enabling a namespace whose pci_device_path is not the drive behind device_path, or among others that are not offloaded (MLNX_OFED 4.1 and 4.2)", "see the drives:  devices"),
      new Cause(Errno.EINVAL, "linking to a port without transport, with an address that is not one of its family, or whose transport is not loaded", "see what is set:  get /ports/ID"),
      new Cause(Errno.EINVAL, "linking an offloaded subsystem to a port that cannot offload, or beside others", "see what is wrong:  check"),
      new Cause(Errno.EINVAL, "linking a host while any host is allowed, or allowing any host while hosts are linked", "choose one:  set attr_allow_any_host=0"),
      new Cause(Errno.EINVAL, "setting model, serial number, version or firmware after a host has connected (5.15 and later): frozen until the subsystem is made anew", "see the others:  get --all"),
      new Cause(Errno.EINVAL, "making a port whose number is not 0 to 65535, or a namespace whose nsid is 0 or 4294967295", "let the next free one be taken:  create"),
      new Cause(Errno.EINVAL, "loading a module with parameters it does not take", "see what they are:  explain PARAMETER"),
      new Cause(Errno.EMFILE, "enabling more than 1024 namespaces of one subsystem (5.0 to 6.12)", "make another subsystem:  create /subsystems/NQN"),
      new Cause(Errno.ERANGE, "making a namespace or ANA group with a number of more than 32 bits", "let the next free one be taken:  create"),
      new Cause(Errno.ENAMETOOLONG, "making a directory or link with a name of more than 255 bytes", "an NQN has at most 223"),
      new Cause(Errno.ENOTEMPTY, "removing what still holds something", "remove that too:  delete -r PATH"),
      new Cause(Errno.EADDRINUSE, "linking to a port whose address and service id another port, or another program, listens on", "see the ports:  ls /ports"),
      new Cause(Errno.EADDRNOTAVAIL, "linking to a port whose address is not one of this machine", "see the addresses:  nics --all"),
      new Cause(Errno.ENOTSUPP, "setting dhchap_key with a hash that this kernel lacks (6.0 to 6.12)", "load what has it:  modules load sha512_generic"));
  // spotless:on

  private ErrnoCauses() {}

  static List<Cause> all() {
    return TABLE;
  }
}
