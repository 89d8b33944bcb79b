package io.nvmetsh.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Problem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a person gets wrong, and what the shell says: each row is a kernel, the lines before, the
 * line, and the whole message with the hint that helps.
 */
class ChangeCheckTest {

  /**
   * @param before lines that set the scene, separated by semicolons
   * @param hint one of the hints, or the beginning of one
   */
  record Row(String kernel, String before, String line, Kind kind, String message, String hint) {
    @Override
    public String toString() {
      return line.length() > 90 ? line.substring(0, 90) : line;
    }
  }

  private static final List<Row> ROWS = new ArrayList<>();

  private static void row(
      String kernel, String before, String line, Kind kind, String message, String hint) {
    ROWS.add(new Row(kernel, before, line, kind, message, hint));
  }

  private static final String S = "create /subsystems/s";
  private static final String N = S + ";create /subsystems/s/namespaces/1";
  private static final String D = "set /subsystems/s/namespaces/1 device_path=/dev/nvme0n1";
  private static final String P =
      "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420";
  private static final String LINKED = S + ";" + P + ";link s /ports/1";
  private static final String LONG = "nqn.2024-01.io.example:" + "x".repeat(201);

  static {
    // spotless:off
    // names
    row("6.1", "", "create /subsystems/" + LONG, Kind.INVALID,
        "/subsystems: subsystem NQN " + LONG + " has 224 bytes; an NQN has at most 223, the rest is cut off",
        "an NQN is:  create /subsystems/nqn.2024-01.io.example:disk1");
    row("6.1", "", "create /hosts/" + LONG, Kind.INVALID,
        "/hosts: host NQN " + LONG + " has 224 bytes; an NQN has at most 223, the rest is cut off",
        "an NQN is:  create /hosts/nqn.2024-01.io.example:host1");
    row("6.1", "", "create /subsystems/nqn.2024-13.io.example:d", Kind.INVALID,
        "/subsystems: subsystem NQN nqn.2024-13.io.example:d has no month 01 to 12 in its date",
        "an NQN is:  create /subsystems/nqn.2024-01.io.example:disk1");
    row("6.1", "", "create /hosts/nqn.io.example", Kind.INVALID,
        "/hosts: host NQN nqn.io.example begins like an NQN but not with nqn.YYYY-MM.",
        "an NQN is:  create /hosts/nqn.2024-01.io.example:host1");
    row("6.1", "", "create /subsystems/nqn.2014-08.org.nvmexpress.discovery", Kind.INVALID,
        "/subsystems: subsystem NQN nqn.2014-08.org.nvmexpress.discovery is the name of the discovery subsystem, which every port has by itself",
        "choose another name:  create /subsystems/");
    row("6.12", "set / discovery_nqn=disco", "create /subsystems/disco", Kind.INVALID,
        "/subsystems: subsystem NQN disco is the name of the discovery subsystem, which every port has by itself",
        "choose another name:  create /subsystems/");
    row("6.1", S, "create /subsystems/s/namespaces/0", Kind.INVALID,
        "/subsystems/s/namespaces: nsid 0 is not in 1 to 4294967294",
        "choose another number:  create /subsystems/s/namespaces/1");
    row("6.1", S, "create /subsystems/s/namespaces/4294967295", Kind.INVALID,
        "/subsystems/s/namespaces: nsid 4294967295 is not in 1 to 4294967294",
        "choose another number:  create /subsystems/s/namespaces/1");
    row("6.1", S, "create /subsystems/s/namespaces/99999999999999999999", Kind.INVALID,
        "/subsystems/s/namespaces: nsid 99999999999999999999 is not in 1 to 4294967294",
        "choose another number:  create /subsystems/s/namespaces/1");
    row("6.1", S, "create /subsystems/s/namespaces/0x1", Kind.INVALID,
        "/subsystems/s/namespaces: nsid 0x1 is another spelling of 1",
        "write it in decimal digits:  create /subsystems/s/namespaces/1");
    row("6.1", S, "create /subsystems/s/namespaces/010", Kind.INVALID,
        "/subsystems/s/namespaces: nsid 010 is another spelling of 8",
        "write it in decimal digits:  create /subsystems/s/namespaces/1");
    row("6.1", S, "create /subsystems/s/namespaces/one", Kind.INVALID,
        "/subsystems/s/namespaces: nsid one is not a number",
        "write it in decimal digits:  create /subsystems/s/namespaces/1");
    row("6.1", N, "create /subsystems/s/namespaces/1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1 exists already (the kernel answers EEXIST)",
        "look at it:  get /subsystems/s/namespaces/1");
    row("6.1", "", "create /ports/65536", Kind.INVALID,
        "/ports: port id 65536 is not in 0 to 65535",
        "choose another number:  create /ports/1");
    row("6.1", "", "create /ports/-1", Kind.INVALID,
        "/ports: port id -1 is not a number",
        "write it in decimal digits:  create /ports/1");
    row("6.1", "create /ports/1", "create /ports/1/ana_groups/129", Kind.INVALID,
        "/ports/1/ana_groups: ANA group id 129 is not in 2 to 128",
        "choose another number:  create /ports/1/ana_groups/2");
    row("6.1", "create /ports/1", "create /ports/1/ana_groups/0", Kind.INVALID,
        "/ports/1/ana_groups: ANA group id 0 is not in 2 to 128",
        "choose another number:  create /ports/1/ana_groups/2");
    row("6.1", "create /ports/1", "create /ports/1/ana_groups/1", Kind.CONFLICT,
        "/ports/1/ana_groups/1 exists already (the kernel answers EEXIST)",
        "look at it:  get /ports/1/ana_groups/1");
    row("6.1", "create /ports/1", "create /ports/1/referrals/" + "r".repeat(256), Kind.INVALID,
        "/ports/1/referrals: referral " + "r".repeat(256) + " has 256 bytes; a name has at most 255",
        "choose a shorter name:  create /ports/1/referrals/NAME");
    row("6.1", "", "create /subsystems/s/namespaces/1", Kind.NOT_FOUND,
        "/subsystems/s/namespaces/1: there is no /subsystems/s",
        "create it first:  create /subsystems/s");
    row("6.1", "", "create /shares", Kind.CONFLICT,
        "/shares: nothing can be created here (the kernel answers EPERM)",
        "for a subsystem:  create /subsystems/NAME");
    row("6.1", S, "create /subsystems/s/disks", Kind.CONFLICT,
        "/subsystems/s/disks: nothing can be created here (the kernel answers EPERM)",
        "for a namespace:  create /subsystems/s/namespaces/1");
    row("6.1", S, "create /subsystems/s/allowed_hosts", Kind.CONFLICT,
        "/subsystems/s/allowed_hosts is made by the kernel, and is there (the kernel answers EEXIST)",
        "look at it:  get /subsystems/s/allowed_hosts");
    row("ofed-4.1", "create /ports/1", "create /ports/1/ana_groups/2", Kind.UNSUPPORTED,
        "/ports/1/ana_groups/2: this is MLNX_OFED 4.1 (nvmet of Linux 4.11), which has no ANA groups",
        "ANA groups exist in Linux 4.19");

    // values
    row("6.1", N, "set /subsystems/s/namespaces/1 revalidate_size=1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: cannot set revalidate_size while disabled (the kernel answers EINVAL)",
        "enable it first:  enable /subsystems/s/namespaces/1");
    row("ofed-5.0", "create /ports/1", "set /ports/1 addr_tractive=1", Kind.CONFLICT,
        "/ports/1/addr_tractive is read-only: whether the port is listening",
        "look at it:  get /ports/1/addr_tractive");
    row("ofed-4.1", "create /ports/1", "set /ports/1 addr_trtype=tcp", Kind.UNSUPPORTED,
        "/ports/1: this is MLNX_OFED 4.1 (nvmet of Linux 4.11); addr_trtype=tcp exists from Linux 5.0 on",
        "it knows: rdma, loop, fc");
    row("6.1", "create /ports/1", "set /ports/1 addr_trtype=pci", Kind.UNSUPPORTED,
        "/ports/1: this is Linux 6.1; addr_trtype=pci exists from Linux 6.14 on",
        "to do it all the same, add to the line:  --force");

    // locks
    row("6.1", LINKED, "set /ports/1 addr_trtype=rdma", Kind.CONFLICT,
        "/ports/1: cannot set addr_trtype while subsystems are linked (the kernel answers EACCES)",
        "unlink it first:  unlink /ports/1/subsystems/s");
    row("6.1", LINKED + ";create '/subsystems/my disk';link 'my disk' /ports/1", "set /ports/1 param_inline_data_size=4096", Kind.CONFLICT,
        "/ports/1: cannot set param_inline_data_size while subsystems are linked (the kernel answers EACCES)",
        "unlink them first:  unlink '/ports/1/subsystems/my disk'");
    row("6.1", N + ";" + D + " enable=1", "set /subsystems/s/namespaces/1 device_path=/dev/nvme1n1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: cannot set device_path while enabled (the kernel answers EBUSY)",
        "disable it first:  disable /subsystems/s/namespaces/1");
    row("6.1", N + ";" + D + " enable=1", "set /subsystems/s/namespaces/1 buffered_io=1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: cannot set buffered_io while enabled (the kernel answers EINVAL)",
        "disable it first:  disable /subsystems/s/namespaces/1");
    row("ofed-4.1", N + ";" + D + " enable=1", "set /subsystems/s/namespaces/1 device_path=/dev/nvme1n1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: cannot set device_path while enabled (the kernel answers EBUSY)",
        "delete it and make it anew:  delete /subsystems/s/namespaces/1");
    row("6.1", "create /ports/1;create /ports/1/referrals/r addr_trtype=tcp enable=1", "set /ports/1/referrals/r addr_traddr=192.0.2.77", Kind.CONFLICT,
        "/ports/1/referrals/r: cannot set addr_traddr while enabled (the kernel answers EACCES)",
        "disable it first:  disable /ports/1/referrals/r");
    row("ofed-5.0", LINKED, "set /subsystems/s attr_offload=1", Kind.CONFLICT,
        "/subsystems/s: cannot set attr_offload while the subsystem is linked to a port (the kernel answers EBUSY)",
        "unlink it first:  unlink /ports/1/subsystems/s");
    row("ofed-5.0", LINKED, "set /subsystems/s attr_offload=1", Kind.CONFLICT,
        "/subsystems/s: cannot set attr_offload while the subsystem is linked to a port (the kernel answers EBUSY)",
        "or all of it in one:  offload on /subsystems/s");

    // what excludes each other
    row("6.1", S + ";create /hosts/h;link /hosts/h /subsystems/s", "set /subsystems/s attr_allow_any_host=1", Kind.CONFLICT,
        "/subsystems/s: cannot set attr_allow_any_host=1: hosts are linked into allowed_hosts (the kernel answers EINVAL)",
        "unlink it first:  unlink /subsystems/s/allowed_hosts/h");
    row("6.1", S + " attr_allow_any_host=1;create /hosts/h", "link /hosts/h /subsystems/s", Kind.CONFLICT,
        "/subsystems/s/allowed_hosts: attr_allow_any_host is on, so no host can be singled out (the kernel answers EINVAL)",
        "switch it off first:  set /subsystems/s attr_allow_any_host=0");
    row("6.1", S + " attr_cntlid_max=20", "set /subsystems/s attr_cntlid_min=21", Kind.CONFLICT,
        "/subsystems/s: cannot set attr_cntlid_min=21: attr_cntlid_min would be 21 and attr_cntlid_max 20 (the kernel answers EINVAL)",
        "set the other one first, such as:  set /subsystems/s attr_cntlid_max=65519");
    row("6.1", S + " attr_cntlid_min=20", "set /subsystems/s attr_cntlid_max=20", Kind.CONFLICT,
        "/subsystems/s: cannot set attr_cntlid_max=20: attr_cntlid_min and attr_cntlid_max would both be 20 (the kernel answers EINVAL)",
        "set the other one first, such as:  set /subsystems/s attr_cntlid_min=1");
    row("6.12", "create /subsystems/testsub", "set / discovery_nqn=test", Kind.CONFLICT,
        "/: cannot set discovery_nqn=test: subsystem testsub begins with test (the kernel answers EINVAL)",
        "choose a name that no subsystem begins with, or delete that one:  delete -r /subsystems/testsub");
    row("6.12", S, "enable /subsystems/s/passthru", Kind.CONFLICT,
        "/subsystems/s/passthru: cannot set enable=1: device_path is not set (the kernel answers EINVAL)",
        "set it first:  set /subsystems/s/passthru device_path=/dev/nvme0");
    row("6.12", N + ";" + D + " enable=1;set /subsystems/s/passthru device_path=/dev/nvme1", "enable /subsystems/s/passthru", Kind.CONFLICT,
        "/subsystems/s/passthru: cannot set enable=1: the subsystem has namespace 1 (the kernel answers EINVAL)",
        "delete it first:  delete /subsystems/s/namespaces/1");
    row("6.12", N + ";" + D + ";set /subsystems/s/passthru device_path=/dev/nvme1 enable=1", "enable /subsystems/s/namespaces/1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: cannot be enabled, a controller is passed through (the kernel reports success and does nothing)",
        "switch that off first:  disable /subsystems/s/passthru");
    row("6.12", S + ";set /subsystems/s/passthru device_path=/dev/nvme1 enable=1", "set /subsystems/s attr_version=1.2", Kind.CONFLICT,
        "/subsystems/s: cannot set attr_version=1.2: the version is that of the controller passed through (the kernel answers EINVAL)",
        "switch it off first:  disable /subsystems/s/passthru");
    row("6.1", N, "enable /subsystems/s/namespaces/1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: cannot set enable=1: device_path is not set (the kernel answers EINVAL)",
        "set it first:  set /subsystems/s/namespaces/1 device_path=/dev/nvme0n1");
    row("6.12", "create /ports/1 addr_trtype=rdma", "set /ports/1 addr_tsas=tls1.3", Kind.CONFLICT,
        "/ports/1: cannot set addr_tsas=tls1.3: tls1.3 is not for rdma (the kernel answers EINVAL)",
        "set the transport first:  set /ports/1 addr_trtype=tcp");
    row("6.12", "create /ports/1 addr_trtype=tcp addr_tsas=tls1.3", "set /ports/1 'addr_treq=not specified'", Kind.CONFLICT,
        "/ports/1: cannot set addr_treq='not specified': addr_tsas is tls1.3 (the kernel answers EINVAL)",
        "switch TLS off first:  set /ports/1 addr_tsas=none");

    // devices
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev/nvme9n1", Kind.NOT_FOUND,
        "/subsystems/s/namespaces/1: device_path /dev/nvme9n1 does not exist (enable answers ENOENT)",
        "see what there is:  devices");
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev", Kind.INVALID,
        "/subsystems/s/namespaces/1: device_path /dev is a directory (enable answers EISDIR)",
        "see what there is:  devices");
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev/nvme0", Kind.INVALID,
        "/subsystems/s/namespaces/1: device_path /dev/nvme0 is a character device; a namespace needs a block device or file (enable answers EINVAL)",
        "its first namespace:  set /subsystems/s/namespaces/1 device_path=/dev/nvme0n1");
    row("ofed-4.1", N, "set /subsystems/s/namespaces/1 device_path=/var/lib/nvmet/disk0.img", Kind.INVALID,
        "/subsystems/s/namespaces/1: device_path /var/lib/nvmet/disk0.img is a file; files behind namespaces exist in Linux 4.18, this is MLNX_OFED 4.1 (nvmet of Linux 4.11) (enable answers ENOTBLK)",
        "to do it all the same, add to the line:  --force");
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev/nvme3n1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: device_path /dev/nvme3n1 is in use: nvme3n1p1 mounted at /srv/cache (the kernel would export it all the same)",
        "to do it all the same, add to the line:  --force");
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev/nvme2n1", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: device_path /dev/nvme2n1 is in use: held by dm-0 (the kernel would export it all the same)",
        "see what is free:  devices");
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev/sdb", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: device_path /dev/sdb is in use: held by md0 (the kernel would export it all the same)",
        "see what is free:  devices");
    row("6.1", N, "set /subsystems/s/namespaces/1 device_path=/dev/sda3", Kind.CONFLICT,
        "/subsystems/s/namespaces/1: device_path /dev/sda3 is in use: swap (the kernel would export it all the same)",
        "see what is free:  devices");
    row("6.1", N + ";" + D + ";create /subsystems/t;create /subsystems/t/namespaces/1", "set /subsystems/t/namespaces/1 device_path=/dev/disk/by-id/nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200417", Kind.CONFLICT,
        "/subsystems/t/namespaces/1: device_path /dev/disk/by-id/nvme-SAMSUNG_MZQLB1T9HAJR-00007_S439NA0M200417 is in use: behind /subsystems/s/namespaces/1 (the kernel would export it all the same)",
        "see what is free:  devices");
    row("6.12", S, "set /subsystems/s/passthru device_path=/dev/nvme0n1", Kind.INVALID,
        "/subsystems/s/passthru: device_path /dev/nvme0n1 is not the character device of a controller (enable answers EINVAL)",
        "see what there is:  devices");
    row("ofed-4.1", N, "set /subsystems/s/namespaces/1 pci_device_path=0000:99:00.0", Kind.NOT_FOUND,
        "/subsystems/s/namespaces/1: pci_device_path 0000:99:00.0: no PCI device is there (the kernel answers EAGAIN)",
        "see the drives' addresses:  devices");

    // addresses
    row("6.1", "create /ports/1", "set /ports/1 addr_traddr=10.1.2.3", Kind.NOT_FOUND,
        "/ports/1: this machine has no address 10.1.2.3 (the link answers EADDRNOTAVAIL)",
        "see the addresses of this machine:  nics");
    row("6.1", "create /ports/1 addr_trtype=tcp", "set /ports/1 addr_traddr=stor1.example", Kind.INVALID,
        "/ports/1: addr_traddr stor1.example is no IP address, which tcp listens on (the link answers EINVAL)",
        "to do it all the same, add to the line:  --force");
    row("6.1", S + ";create /ports/1", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_trtype is not set, so the port cannot listen (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_trtype=rdma");
    row("6.1", S + ";create /ports/1 addr_traddr=10.9.1.1", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_trtype, addr_adrfam, addr_trsvcid are not set, so the port cannot listen (the kernel answers EINVAL)",
        "set them first:  set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_trsvcid=4420");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_traddr=10.9.1.1 addr_trsvcid=4420", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_adrfam is not set, so the port cannot listen (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_adrfam=ipv4");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_traddr=fd00:10:9:1::1", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_adrfam, addr_trsvcid are not set, so the port cannot listen (the kernel answers EINVAL)",
        "set them first:  set /ports/1 addr_adrfam=ipv6 addr_trsvcid=4420");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_trsvcid=4420", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_traddr is not set, so the port cannot listen (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_traddr=10.9.1.1");
    row("6.1", S + ";create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_trsvcid is not set, so the port cannot listen (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_trsvcid=4420");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_adrfam=ipv6 addr_traddr=10.9.1.1 addr_trsvcid=4420", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_adrfam is ipv6, with tcp and address 10.9.1.1 (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_adrfam=ipv4");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_adrfam=ib addr_traddr=10.9.1.1 addr_trsvcid=4420", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_adrfam is ib, with tcp and address 10.9.1.1 (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_adrfam=ipv4");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=nvme", "link s /ports/1", Kind.CONFLICT,
        "/ports/1: addr_trsvcid nvme is no port number (the kernel answers EINVAL)",
        "set it first:  set /ports/1 addr_trsvcid=4420");
    row("6.1", S + ";create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.1.2.3 addr_trsvcid=4420 --force", "link s /ports/1", Kind.NOT_FOUND,
        "/ports/1: this machine has no address 10.1.2.3 (the kernel answers EADDRNOTAVAIL)",
        "to do it all the same, add to the line:  --force");
    row("6.1", LINKED + ";" + P.replace("/ports/1", "/ports/2"), "link s /ports/2", Kind.CONFLICT,
        "/ports/2: /ports/1 listens on 10.9.1.1 4420 already (the kernel answers EADDRINUSE)",
        "choose another service id:  set /ports/2 addr_trsvcid=4421");

    // links
    row("6.1", P + ";create /hosts/h", "link /hosts/h /ports/1", Kind.CONFLICT,
        "/ports/1/subsystems: cannot link /hosts/h, which is a host: here go subsystems only (the kernel answers EINVAL)",
        "link a subsystem:  link /subsystems/NQN /ports/1");
    row("6.1", S + ";create /subsystems/t", "link /subsystems/t /subsystems/s", Kind.CONFLICT,
        "/subsystems/s/allowed_hosts: cannot link /subsystems/t, which is a subsystem: here go hosts only (the kernel answers EINVAL)",
        "link a host:  link /hosts/NQN /subsystems/s");
    row("6.1", S + ";" + P, "/subsystems/s link . ", Kind.CONFLICT,
        "/subsystems/s/allowed_hosts: cannot link /subsystems/s, which is a subsystem: here go hosts only (the kernel answers EINVAL)",
        "a subsystem is linked into a port:  link /subsystems/s /ports/1");
    row("6.1", LINKED, "link s /ports/1", Kind.CONFLICT,
        "/ports/1/subsystems: s is linked already (the kernel answers EEXIST)",
        "see what is linked:  ls /ports/1/subsystems");
    row("6.1", LINKED, "link /subsystems/s /ports/1/subsystems/other", Kind.CONFLICT,
        "/ports/1/subsystems: this subsystem is linked already, under the name s (the kernel answers EEXIST)",
        "see what is linked:  ls /ports/1/subsystems");
    row("6.1", LINKED, "unlink t /ports/1", Kind.NOT_FOUND,
        "/ports/1/subsystems: t is not linked here",
        "see what is:  ls /ports/1/subsystems");

    // removal
    row("6.1", LINKED, "delete /subsystems/s", Kind.CONFLICT,
        "/subsystems/s: cannot be removed while it is linked into /ports/1 (the kernel answers EBUSY)",
        "or remove it with all links to it:  delete -r /subsystems/s");
    row("6.1", S + ";create /hosts/h;link /hosts/h /subsystems/s", "delete /hosts/h", Kind.CONFLICT,
        "/hosts/h: cannot be removed while it is linked into /subsystems/s (the kernel answers EBUSY)",
        "unlink it first:  unlink /subsystems/s/allowed_hosts/h");
    row("6.1", N, "delete /subsystems/s", Kind.CONFLICT,
        "/subsystems/s: cannot be removed while it holds /subsystems/s/namespaces/1 (the kernel answers ENOTEMPTY)",
        "remove it with all it holds:  delete -r /subsystems/s");
    row("6.1", LINKED, "delete /ports/1", Kind.CONFLICT,
        "/ports/1: cannot be removed while it holds /ports/1/subsystems/s (the kernel answers ENOTEMPTY)",
        "remove it with all it holds:  delete -r /ports/1");
    row("6.1", S, "delete /subsystems/s/namespaces", Kind.CONFLICT,
        "/subsystems/s/namespaces: cannot be removed, it was made by the kernel together with /subsystems/s (the kernel answers EPERM)",
        "remove what is in it:  delete -r /subsystems/s/namespaces");
    row("6.1", "create /ports/1", "delete /ports/1/ana_groups/1", Kind.CONFLICT,
        "/ports/1/ana_groups/1: cannot be removed, it was made by the kernel together with /ports/1/ana_groups (the kernel answers EPERM)",
        "see what can be removed:  ls /ports/1/ana_groups");

    // modules
    row("6.1", "", "modules load nvme num_p2p_queues=1", Kind.UNSUPPORTED,
        "module nvme: has no parameter num_p2p_queues in Linux 6.1; it exists from MLNX_OFED 4.1 on",
        "see what is loaded:  modules");
    row("ofed-4.1", "", "modules load nvmet_rdma offload_mem_begin=1", Kind.NOT_FOUND,
        "module nvmet_rdma: has no parameter offload_mem_begin",
        "see what there is:  modules");
    row("ofed-4.1", "", "modules load nvme num_p2p_queues=2", Kind.CONFLICT,
        "module nvme: is loaded with num_p2p_queues=1; parameters are read when a module is loaded, so nothing would change",
        "or boot the kernel with:  nvme.num_p2p_queues=2");
    row("ofed-4.1", "", "modules unload nvme", Kind.CONFLICT,
        "module nvme has 2 users and cannot be unloaded (the kernel answers EBUSY)",
        "enabled namespaces and linked ports are users; see them:  tree");
    row("ofed-4.1", "", "modules unload nvme_core", Kind.CONFLICT,
        "module nvme_core has 4 users and cannot be unloaded (the kernel answers EBUSY)",
        "unload what uses it first:  modules unload nvme");
    row("ofed-4.1", "", "modules unload nvmet_fc", Kind.NOT_FOUND,
        "module nvmet_fc is not loaded",
        "see what is:  modules");
    row("ofed-4.1", "", "modules load nvmet_rdma offload_mem_start=0xf00000001 offload_mem_size=2048", Kind.INVALID,
        "module nvmet_rdma: offload_mem_start=0xf00000001 is not a multiple of the page size, 4096 (the kernel answers EINVAL)",
        "the page it is in begins at:  offload_mem_start=0xf00000000");
    row("ofed-4.1", "", "modules load nvmet_rdma offload_mem_size=2G", Kind.INVALID,
        "module nvmet_rdma: offload_mem_size=2G is not a number",
        "the arithmetic:  help modules");
    row("ofed-4.6", "", "modules load nvmet_rdma offload_buffer_size=8", Kind.INVALID,
        "module nvmet_rdma: offload_buffer_size=8 is less than 16 MiB (the kernel answers EINVAL)",
        "the arithmetic:  help modules");
    row("ofed-25.10", "", "modules load nvmet_rdma offload_buffer_size=4", Kind.INVALID,
        "module nvmet_rdma: offload_buffer_size=4 is less than 8 MiB (the kernel answers EINVAL)",
        "the arithmetic:  help modules");
    // spotless:on
  }

  static List<Row> rows() {
    return ROWS;
  }

  private static TestShell scene(Row row) {
    TestShell shell = TestShell.on(row.kernel());
    for (String line : row.before().split(";", -1)) {
      if (!line.isEmpty()) {
        shell.has(line);
      }
    }
    return shell;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void says(Row row) {
    Problem problem = scene(row).refuses(row.line());
    assertEquals(row.message(), problem.message());
    assertEquals(row.kind(), problem.kind());
    assertTrue(
        problem.hints().stream().anyMatch(hint -> hint.startsWith(row.hint())),
        () -> row.hint() + " is not in " + problem.hints());
    boolean names =
        problem.about().stream()
            .anyMatch(detail -> detail.key().equals("path") || detail.key().equals("value"));
    assertTrue(names, () -> "names neither path nor value: " + problem);
  }

  /**
   * A hint that says what to do first is a line that can be typed, and then the line goes through.
   */
  @ParameterizedTest
  @MethodSource("rows")
  void whatItSaysToDoFirstCanBeTyped(Row row) {
    TestShell shell = scene(row);
    for (String hint : shell.refuses(row.line()).hints()) {
      int colon = hint.indexOf(":  ");
      String line = colon < 0 ? "" : hint.substring(colon + 3);
      boolean words = line.contains("NAME") || line.contains("NQN");
      if (hint.substring(0, Math.max(0, colon)).endsWith("first") && !words) {
        Said said = shell.type(line);
        assertEquals(List.of(), notUnderstood(said), line);
      }
    }
  }

  private static List<Problem> notUnderstood(Said said) {
    return said.problems().stream()
        .filter(problem -> problem.kind() == Kind.USAGE || problem.kind() == Kind.NOT_FOUND)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6.1      | create /subsystems/nqn.2024-13.io.example:d
          6.1      | set /subsystems/s/namespaces/1 device_path=/dev/nvme9n1
          6.1      | set /subsystems/s/namespaces/1 device_path=/dev/nvme3n1
          6.1      | set /subsystems/s/namespaces/1 device_path=/dev/nvme2n1
          6.12     | set /subsystems/s/passthru device_path=/dev/nvme0n1
          6.1      | set /ports/1 addr_traddr=10.1.2.3
          6.1      | set /ports/1 addr_traddr=stor1.example
          """)
  void whatTheKernelAcceptsCanBeForced(String kernel, String line) {
    TestShell shell = TestShell.on(kernel).has("create /ports/1 addr_trtype=tcp");
    shell.has("create /subsystems/s", "create /subsystems/s/namespaces/1");
    Problem problem = shell.refuses(line);
    assertTrue(
        problem.hints().contains(ChangeCheck.FORCE) || line.startsWith("create"),
        problem.toString());
    shell.has(line + " --force");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6.1      | set /ports/1 addr_traddr=0.0.0.0
          6.1      | set /ports/1 addr_traddr=::
          6.1      | set /ports/1 addr_traddr=127.0.0.1
          6.1      | set /ports/1 addr_traddr=fd00:10:9:1::1
          6.1      | set /ports/1 addr_traddr=FD00:10:9:1:0:0:0:1
          6.1      | set /subsystems/s/namespaces/1 device_path=/dev/vg0/lun0
          6.1      | set /subsystems/s/namespaces/1 device_path=/var/lib/nvmet/disk0.img
          6.1      | create /subsystems/testsubsystem
          6.1      | create '/subsystems/a name; with $(blanks)'
          6.1      | create /hosts/nqn.2014-08.org.nvmexpress:uuid:11111111-2222-3333-4444-555555555555
          6.1      | create /ports/0
          6.1      | create /ports/65535
          6.1      | create /subsystems/s/namespaces/4294967294
          6.1      | set /subsystems/s attr_cntlid_min=2 attr_cntlid_max=3
          6.12     | set /subsystems/s attr_cntlid_min=3 attr_cntlid_max=3
          6.12     | set / discovery_nqn=sX
          """)
  void whatIsFineIsLeftAlone(String kernel, String line) {
    TestShell shell = TestShell.on(kernel).has("create /ports/1 addr_trtype=tcp");
    shell.has("create /subsystems/s", "create /subsystems/s/namespaces/1", line);
  }

  @Test
  void aNameOfNoKernelIsNotForced() {
    TestShell shell = TestShell.on("6.1");
    assertEquals(Kind.INVALID, shell.refuses("create /subsystems/" + LONG + " --force").kind());
    assertEquals(Kind.INVALID, shell.refuses("create '/hosts/a\nb' --force").kind());
    assertEquals(Kind.INVALID, shell.refuses("create /ports/01 --force").kind());
  }

  @Test
  void aSecondSpellingThatIsThereIsFound() throws Refusal {
    TestShell shell = TestShell.on("6.1").has("create /subsystems/s");
    shell.target().configfs().mkdir(NvmetPath.parse("/subsystems/s/namespaces/0x7"));
    shell.target().configfs().mkdir(NvmetPath.parse("/ports/0x7"));
    Problem problem = shell.refuses("create /subsystems/s/namespaces/7 --force");
    assertEquals(
        "/subsystems/s/namespaces: nsid 7 is there already, spelled 0x7", problem.message());
    assertEquals(Kind.INVALID, shell.refuses("create /ports/7").kind());
    shell.has("create /ports/7 --force");
  }

  @Test
  void amongManySubsystemsOnlyTheOwnNamespacesAreLookedAt() {
    TestShell shell = TestShell.on("6.1");
    for (int i = 0; i < 65; i++) {
      shell.has("create /subsystems/s" + i);
    }
    shell.has(
        "create /subsystems/s0/namespaces/1 device_path=/dev/nvme0n1",
        "create /subsystems/s1/namespaces/1 device_path=/dev/nvme0n1",
        "create /subsystems/s1/namespaces/2");
    shell.refuses("set /subsystems/s1/namespaces/2 device_path=/dev/nvme0n1");
  }

  @Test
  void aModuleLoadedAsItIsIsFine() {
    TestShell shell = TestShell.on("ofed-4.1");
    for (String value : List.of("1", "0x1", "01")) {
      TreeMap<String, String> parameters = new TreeMap<>();
      parameters.put("num_p2p_queues", value);
      Change load = new Change.LoadModule("nvme", parameters);
      assertEquals(
          Optional.empty(), new ChangeCheck(shell.inventory()).problem(load, shell.tree(), false));
    }
  }

  @Test
  void theShellIsAliveAfterEachRefusal() {
    TestShell shell = TestShell.on("6.1").has("create /subsystems/s");
    for (Row row : ROWS) {
      if (row.kernel().equals("6.1")) {
        shell.type(row.line());
      }
    }
    assertEquals(ExitStatus.DONE, shell.type("pwd").status());
    assertFalse(shell.tree().isDirectory(NvmetPath.parse("/shares")));
  }
}
