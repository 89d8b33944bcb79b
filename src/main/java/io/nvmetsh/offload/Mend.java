package io.nvmetsh.offload;

import io.nvmetsh.device.KernelModule;
import io.nvmetsh.device.ModuleOption;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.KernelNumber;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines that mend, as they recur in several rules. */
public final class Mend {

  private Mend() {}

  public static String delete(Namespace namespace) {
    return TypedLines.of(new Change.Delete(namespace.path()));
  }

  public static String enable(Namespace namespace) {
    return TypedLines.of(new Change.SetAttribute(namespace.path().child("enable"), "1"));
  }

  /** Takes a subsystem off a port. */
  public static String unlink(NvmetPath link) {
    return TypedLines.of(new Change.Unlink(link));
  }

  public static String link(Subsystem subsystem, NvmetPath port) {
    return "link " + Quoting.path(subsystem.path()) + " " + Quoting.path(port);
  }

  /** Takes a subsystem off its ports and links it again, which makes the driver look once more. */
  public static List<String> relink(Subsystem subsystem, List<String> between) {
    List<String> lines = new ArrayList<>();
    for (NvmetPath link : subsystem.links()) {
      lines.add(unlink(link));
    }
    lines.addAll(between);
    for (NvmetPath link : subsystem.links()) {
      lines.add(link(subsystem, link.ancestor(2)));
    }
    return lines;
  }

  /** Puts a namespace on another drive, which is not possible while it is enabled. */
  public static List<String> moveTo(OffloadView view, Namespace namespace) {
    Optional<OffloadView.FreeDrive> free = view.freeDrive();
    if (free.isEmpty()) {
      return List.of(delete(namespace));
    }
    boolean pci = view.dialect() == Dialect.PCI_DEVICE_PATH;
    String values =
        Quoting.word("device_path=" + free.get().path())
            + (pci ? " pci_device_path=" + free.get().pciAddress() : "");
    return namespace.isEnabled()
        ? List.of(
            delete(namespace),
            "create " + Quoting.path(namespace.path()) + " " + values + " enable=1")
        : List.of("set " + Quoting.path(namespace.path()) + " " + values);
  }

  /** Makes a port like this one, with the next free number and service id, and links there. */
  public static List<String> ownPort(OffloadView view, Port like, Subsystem subsystem) {
    NvmetPath path = NvmetPath.of("ports", free(view, "ports"));
    return List.of(
        "create "
            + path
            + " addr_trtype="
            + Quoting.word(like.transport())
            + " addr_adrfam="
            + Quoting.word(like.family())
            + " addr_traddr="
            + Quoting.word(like.address())
            + " addr_trsvcid="
            + freeService(view, like.address()),
        link(subsystem, path));
  }

  private static String free(OffloadView view, String group) {
    List<String> names = view.tree().directories(NvmetPath.of(group));
    int id = 1;
    while (names.contains(Integer.toString(id))) {
      id++;
    }
    return Integer.toString(id);
  }

  /** A service id that no port has at that address. */
  public static String freeService(OffloadView view, String address) {
    List<String> taken = new ArrayList<>();
    for (Port port : view.ports()) {
      if (port.address().equals(address)) {
        taken.add(port.service());
      }
    }
    int service = 4420;
    while (taken.contains(Integer.toString(service))) {
      service++;
    }
    return Integer.toString(service);
  }

  /**
   * Has nvme ask for more peer-to-peer queues: loads it anew, or where it is in use has it loaded
   * so at the next boot. Empty where there is nothing to type: it is built in, or all is written
   * down.
   */
  public static List<String> queues(OffloadView view, long queues) {
    Optional<KernelModule> nvme = view.inventory().module("nvme");
    String asked = "nvme num_p2p_queues=" + queues;
    if (nvme.isEmpty()) {
      return List.of("modules load " + asked);
    } else if (!needsBoot(nvme.get())) {
      return List.of("modules unload nvme", "modules load " + asked);
    }
    return nvme.get().builtIn() || isSetForBoot(view, queues)
        ? List.of()
        : List.of("modules set " + asked);
  }

  /** What else it takes until those queues are there; empty where the lines are all. */
  public static Optional<String> boot(OffloadView view, long queues) {
    Optional<KernelModule> nvme = view.inventory().module("nvme").filter(Mend::needsBoot);
    if (nvme.isEmpty()) {
      return Optional.empty();
    } else if (nvme.get().builtIn()) {
      return Optional.of("nvme is built in: boot the kernel with nvme.num_p2p_queues=" + queues);
    }
    return Optional.of(
        isSetForBoot(view, queues)
            ? "nvme is in use, and is set for the next boot"
            : "nvme is in use: set it for the next boot");
  }

  private static boolean needsBoot(KernelModule nvme) {
    return nvme.builtIn() || nvme.references() > 0;
  }

  private static boolean isSetForBoot(OffloadView view, long queues) {
    ModuleOption option = view.inventory().moduleConfig().options("nvme").get("num_p2p_queues");
    return option != null && KernelNumber.parse(option.value()).orElse(0) >= queues;
  }
}
