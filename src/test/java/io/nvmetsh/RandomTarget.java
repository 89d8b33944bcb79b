package io.nvmetsh;

import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimCrash;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/**
 * Targets that a seed makes on a simulated kernel: whatever of a random sequence of calls the
 * kernel accepted. So every one of them is a state that the kernel can be in.
 */
public final class RandomTarget {

  private static final List<String> NQNS =
      List.of("nqn.2024-01.io.example:a", "nqn.2024-01.io.example:b", "plain", "a b", "-x");
  private static final List<String> HOSTS = List.of("nqn.2024-01.io.example:h1", "h2", "h 3");

  private static final Map<String, List<String>> VALUES = new TreeMap<>();

  static {
    VALUES.put("discovery_nqn", List.of("nqn.2024-01.io.example:discovery"));
    VALUES.put("attr_allow_any_host", List.of("0", "1", "1"));
    VALUES.put("attr_offload", List.of("0", "1"));
    VALUES.put("attr_serial", List.of("S1", "0123456789abcdef0123"));
    VALUES.put("attr_model", List.of("Model X", "Linux"));
    VALUES.put("attr_firmware", List.of("fw1", "12345678"));
    VALUES.put("attr_ieee_oui", List.of("0x0000aa", "0x123456"));
    VALUES.put("attr_version", List.of("1.3", "2.0"));
    VALUES.put("attr_cntlid_min", List.of("1", "5", "100", "40000"));
    VALUES.put("attr_cntlid_max", List.of("3", "50", "200", "65519"));
    VALUES.put("attr_qid_max", List.of("1", "16", "128"));
    VALUES.put("attr_vendor_id", List.of("0x15b3"));
    VALUES.put("attr_subsys_vendor_id", List.of("0x15b3"));
    VALUES.put("attr_pi_enable", List.of("0", "1"));
    VALUES.put(
        "device_path",
        List.of("/dev/nvme0n1", "/dev/nvme1n1", "/dev/nvme2n1", "/dev/nvme0", "/dev/nvme1"));
    VALUES.put("pci_device_path", List.of("0000:85:00.0", "0000:86:00.0", "clear"));
    VALUES.put(
        "device_uuid",
        List.of("11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444-555555555556"));
    VALUES.put("device_nguid", List.of("ef90689c-6c46-d44c-89c1-4067801309a8"));
    VALUES.put("ana_grpid", List.of("1", "2", "3"));
    VALUES.put("buffered_io", List.of("0", "1"));
    VALUES.put("p2pmem", List.of("0", "1"));
    VALUES.put("resv_enable", List.of("0", "1"));
    VALUES.put("offload_cmd_tmo_us", List.of("1000", "30000000"));
    VALUES.put("enable", List.of("1", "1", "1", "0"));
    VALUES.put("admin_timeout", List.of("0", "500"));
    VALUES.put("io_timeout", List.of("0", "500"));
    VALUES.put("clear_ids", List.of("0", "1"));
    VALUES.put("addr_trtype", List.of("rdma", "tcp", "loop"));
    VALUES.put("addr_adrfam", List.of("ipv4", "ipv4", "ipv6"));
    VALUES.put("addr_traddr", List.of("10.9.1.1", "10.9.2.1", "fd00:10:9:1::1", "127.0.0.1"));
    VALUES.put("addr_trsvcid", List.of("4420", "4421", "8009"));
    VALUES.put("addr_tsas", List.of("none", "tls1.3", "connected"));
    VALUES.put("addr_treq", List.of("not specified", "required", "not required"));
    VALUES.put("addr_portid", List.of("0", "7"));
    VALUES.put("param_inline_data_size", List.of("-1", "4096"));
    VALUES.put("param_max_queue_size", List.of("64", "1024"));
    VALUES.put("param_mdts", List.of("3", "8"));
    VALUES.put("param_pi_enable", List.of("0", "1"));
    VALUES.put("param_offload_queues", List.of("1", "2"));
    VALUES.put("param_offload_srq_size", List.of("256", "1024"));
    VALUES.put("param_offload_queue_size", List.of("512", "1024"));
    VALUES.put("param_offload_passthrough_sqe_rw", List.of("0", "1"));
    VALUES.put("ana_state", List.of("optimized", "non-optimized", "inaccessible", "change"));
    VALUES.put("dhchap_hash", List.of("hmac(sha256)", "hmac(sha512)"));
    VALUES.put("dhchap_dhgroup", List.of("null", "ffdhe2048"));
    VALUES.put(
        "dhchap_key", List.of("DHHC-1:00:ia6zGodOr4SEG0Zzaw398rpY0wqipUWj4jWjUh4HWUz6aQ2n:"));
  }

  private final Random random;
  private final Target target;

  private RandomTarget(String profile, long seed) {
    random = new Random(seed);
    target =
        SimTarget.start(
                SimProfile.named(profile), DumpSysTree.defaultMachine(), OptionalLong.of(seed))
            .target();
  }

  /** The target of a seed; the same seed makes the same one. */
  public static Target of(String profile, long seed) {
    for (int attempt = 0; ; attempt++) {
      RandomTarget made = new RandomTarget(profile, seed + 1_000_003L * attempt);
      try {
        made.fill();
        return made.target;
      } catch (SimCrash hazard) {
        // a way that the product refuses to go
      }
    }
  }

  /** All that can be set, as it is now. */
  public static Snapshot snapshot(Target target) {
    return Snapshot.of(new LiveTree(target.configfs(), target.flavor()));
  }

  private void fill() {
    int steps = 10 + random.nextInt(170);
    for (int i = 0; i < steps; i++) {
      try {
        step(target.configfs());
      } catch (Refusal refused) {
        // not a state of this kernel
      }
    }
  }

  private void step(Configfs configfs) throws Refusal {
    NvmetPath subsystem = NvmetPath.of("subsystems", any(NQNS));
    NvmetPath namespace = subsystem.child("namespaces").child(any(List.of("1", "2", "7")));
    NvmetPath port = NvmetPath.of("ports", any(List.of("1", "2", "3")));
    NvmetPath host = NvmetPath.of("hosts", any(HOSTS));
    switch (random.nextInt(20)) {
      case 0 -> configfs.mkdir(subsystem);
      case 1 -> configfs.mkdir(namespace);
      case 2 -> configfs.mkdir(port);
      case 3 -> configfs.mkdir(host);
      case 4 -> configfs.mkdir(port.child("ana_groups").child(any(List.of("2", "3"))));
      case 5 -> configfs.mkdir(port.child("referrals").child(any(List.of("r", "s"))));
      case 6, 7 -> configfs.symlink(port.child("subsystems").child(subsystem.name()), subsystem);
      case 8 -> configfs.symlink(subsystem.child("allowed_hosts").child(host.name()), host);
      case 9 -> namespace(configfs, namespace);
      case 10 -> port(configfs, port);
      case 11, 12, 13, 14 -> write(configfs, any(List.of(subsystem, namespace, port)));
      case 15 -> write(configfs, subsystem.child("passthru"));
      case 16 -> offloaded(configfs, subsystem);
      default -> write(configfs, NvmetPath.ROOT);
    }
  }

  /** A namespace that can be enabled is rare among random writes. */
  private void namespace(Configfs configfs, NvmetPath namespace) throws Refusal {
    configfs.mkdir(namespace);
    configfs.write(namespace.child("device_path"), any(List.of("/dev/nvme0n1", "/dev/nvme1n1")));
    if (random.nextBoolean()) {
      configfs.write(namespace.child("enable"), "1");
    }
  }

  private void offloaded(Configfs configfs, NvmetPath subsystem) throws Refusal {
    configfs.mkdir(subsystem);
    NvmetPath namespace = subsystem.child("namespaces").child("1");
    if (configfs.list(subsystem).stream().anyMatch(entry -> entry.name().equals("attr_offload"))) {
      configfs.write(subsystem.child("attr_offload"), "1");
    }
    configfs.mkdir(namespace);
    int drive = random.nextInt(2);
    configfs.write(namespace.child("device_path"), "/dev/nvme" + drive + "n1");
    if (configfs.list(namespace).stream().anyMatch(each -> each.name().equals("pci_device_path"))) {
      configfs.write(
          namespace.child("pci_device_path"), drive == 0 ? "0000:85:00.0" : "0000:86:00.0");
    }
    configfs.write(namespace.child("enable"), "1");
  }

  private void port(Configfs configfs, NvmetPath port) throws Refusal {
    configfs.mkdir(port);
    configfs.write(port.child("addr_trtype"), any(VALUES.getOrDefault("addr_trtype", List.of())));
    configfs.write(port.child("addr_adrfam"), "ipv4");
    configfs.write(port.child("addr_traddr"), any(List.of("10.9.1.1", "10.9.2.1")));
    configfs.write(port.child("addr_trsvcid"), any(VALUES.getOrDefault("addr_trsvcid", List.of())));
  }

  /** Any attribute at or below a directory gets one of its values. */
  private void write(Configfs configfs, NvmetPath from) throws Refusal {
    NvmetPath path = from;
    while (true) {
      List<Configfs.Entry> entries = configfs.list(path);
      if (entries.isEmpty()) {
        return;
      }
      Configfs.Entry entry = any(entries);
      path = path.child(entry.name());
      if (entry.type() == Configfs.EntryType.ATTRIBUTE) {
        List<String> values = VALUES.get(entry.name());
        if (values != null) {
          value(configfs, path, any(values));
        }
        return;
      } else if (entry.type() == Configfs.EntryType.LINK || path.kind().isEmpty()) {
        return;
      } else if (path.kind().filter(NodeKind.HOSTS::equals).isPresent() && random.nextBoolean()) {
        return;
      }
    }
  }

  private void value(Configfs configfs, NvmetPath path, String value) throws Refusal {
    boolean off = path.name().equals("enable") && value.equals("0");
    if (off && target.flavor().ofed().filter(ofed -> !ofed.atLeast(4, 3)).isPresent()) {
      return; // HAZ-PCI-REENABLE leaves a mark that no tree shows
    }
    configfs.write(path, value);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
