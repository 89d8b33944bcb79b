package io.nvmetsh.command;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.IpAddress;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The steps to an offloaded target, in the order that every driver takes: the subsystem asks before
 * it has a namespace, the namespace is enabled before its subsystem is linked. What is there
 * already, and is the same, is used. What has not been said yet is left out.
 */
final class SetupPlan {

  private static final String MODULE = "nvmet_rdma";

  private final Context context;
  private final SetupAnswers answers;
  private final NvmetPath subsystem;
  private final DraftTree draft;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param nqn the subsystem's name, said or suggested
   */
  SetupPlan(Context context, SetupAnswers answers, String nqn) {
    this.context = context;
    this.answers = answers;
    this.subsystem = NvmetPath.of("subsystems", nqn);
    this.draft = new DraftTree(context.tree());
    module();
    subsystem();
    answers.drive().ifPresent(this::namespace);
    for (String address : answers.addresses()) {
      port(address);
    }
  }

  List<Change> changes() {
    return changes;
  }

  List<String> notes() {
    return notes;
  }

  NvmetPath path() {
    return subsystem;
  }

  /** The target as it would be. */
  DraftTree draft() {
    return draft;
  }

  private void add(Change change) {
    if (!change.isMadeIn(draft)) {
      change.applyTo(draft);
      changes.add(change);
    }
  }

  private void make(NvmetPath path) {
    if (!draft.isDirectory(path)) {
      add(new Change.Create(path));
    }
  }

  private void set(NvmetPath directory, String attribute, String value) {
    add(new Change.SetAttribute(directory.child(attribute), value));
  }

  private void link(NvmetPath directory, NvmetPath target) {
    if (draft.linkTo(directory, target).isEmpty()) {
      add(new Change.Link(directory.child(target.name()), target));
    }
  }

  /** A link would load it, too, but a port that cannot be served is better not made at all. */
  private void module() {
    if (context.inventory().module(MODULE).isEmpty()) {
      add(new Change.LoadModule(MODULE, new TreeMap<>()));
    }
  }

  private void subsystem() {
    make(subsystem);
    List<String> hosts = answers.hosts().orElse(List.of());
    if (answers.hosts().isPresent()) {
      set(subsystem, "attr_allow_any_host", hosts.isEmpty() ? "1" : "0");
    }
    for (String host : hosts) {
      make(NvmetPath.of("hosts", host));
      link(subsystem.child("allowed_hosts"), NvmetPath.of("hosts", host));
    }
    if (Dialect.of(draft) == Dialect.ATTR_OFFLOAD) {
      set(subsystem, "attr_offload", "1");
    }
  }

  private void namespace(String device) {
    NvmetPath namespace = namespacePath();
    make(namespace);
    if (new Namespace(draft, namespace).device().filter(there -> isSame(there, device)).isEmpty()) {
      set(namespace, "device_path", device);
    }
    Optional<NvmeDrive> drive = context.inventory().driveBehind(device);
    if (Dialect.of(draft) == Dialect.PCI_DEVICE_PATH && drive.isPresent()) {
      set(namespace, "pci_device_path", drive.get().pciAddress());
    }
    set(namespace, "enable", "1");
  }

  /** The namespace that there is, or else the first. */
  NvmetPath namespacePath() {
    List<Namespace> there = new Subsystem(context.tree(), subsystem).namespaces();
    return there.isEmpty() ? subsystem.child("namespaces").child("1") : there.get(0).path();
  }

  /** Whether two paths lead to one device. */
  boolean isSame(String path, String other) {
    Optional<BlockDevice> device = context.inventory().blockDevice(path);
    return path.equals(other)
        || (device.isPresent()
            && context
                .inventory()
                .blockDevice(other)
                .filter(each -> each.name().equals(device.get().name()))
                .isPresent());
  }

  private void port(String address) {
    Optional<Port> there = usable(address);
    NvmetPath port =
        there
            .map(Port::path)
            .orElseGet(
                () ->
                    NvmetPath.of(
                        "ports", Members.nextId(draft.directories(NvmetPath.of("ports")))));
    if (there.isEmpty()) {
      OffloadView view = new OffloadView(draft, context.inventory());
      String service = answers.service().orElseGet(() -> Mend.freeService(view, address));
      make(port);
      set(port, "addr_trtype", "rdma");
      set(port, "addr_adrfam", address.indexOf(':') < 0 ? "ipv4" : "ipv6");
      set(port, "addr_traddr", address);
      set(port, "addr_trsvcid", service);
    } else if (!has(there.get())) {
      notes.add(port + " listens on " + address + " and is used");
    }
    link(port.child("subsystems"), subsystem);
  }

  /** A port that is there: the one that is meant, or at this address one that can be shared. */
  private Optional<Port> usable(String address) {
    Optional<Port> free = Optional.empty();
    for (String name : draft.directories(NvmetPath.of("ports"))) {
      Port port = new Port(draft, NvmetPath.of("ports", name));
      if (port.transport().equals("rdma") && isAt(port, address)) {
        boolean meant = answers.service().map(port.service()::equals).orElseGet(() -> has(port));
        if (meant) {
          return Optional.of(port);
        } else if (answers.service().isEmpty() && free.isEmpty() && takes(port)) {
          free = Optional.of(port);
        }
      }
    }
    return free;
  }

  private static boolean isAt(Port port, String address) {
    return port.address().equals(address)
        || port.ip().filter(ip -> Optional.of(ip).equals(IpAddress.parse(address))).isPresent();
  }

  private boolean has(Port port) {
    return port.subsystems().stream().anyMatch(each -> each.path().equals(subsystem));
  }

  /** An offloaded port has only such subsystems, and before MLNX_OFED 4.9 only one. */
  private boolean takes(Port port) {
    List<Subsystem> others = port.subsystems();
    return others.isEmpty()
        || (others.stream().allMatch(Subsystem::asksForOffload)
            && !new OffloadView(draft, context.inventory()).isBefore(4, 9));
  }

  /** The subsystem's drive, as far as it is known. */
  Optional<NvmeDrive> drive() {
    return answers.drive().flatMap(context.inventory()::driveBehind);
  }

  /** As it was said. */
  static String said(SetupKey key, String answer) {
    return key.word(Words.quote(answer));
  }
}
