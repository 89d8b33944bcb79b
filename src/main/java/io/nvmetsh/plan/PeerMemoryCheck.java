package io.nvmetsh.plan;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.PciDevice;
import io.nvmetsh.device.PeerMemory;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.TargetTree;
import java.util.Optional;

/**
 * Peer-to-peer memory, as nvmet looks for it: published by the device that {@code p2pmem} names, or
 * by any, and within reach of the drive behind the namespace (nvmet_p2pmem_ns_enable). Which host
 * bridges are good enough grows with the kernel, so this can be overruled.
 */
final class PeerMemoryCheck implements Check {

  private static final String WITHOUT = "do without:  ";

  private final TargetTree tree;
  private final Inventory inventory;

  PeerMemoryCheck(TargetTree tree, Inventory inventory) {
    this.tree = tree;
    this.inventory = inventory;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    NvmetPath directory = set.path().parent();
    if (directory.kind().filter(NodeKind.NAMESPACE::equals).isEmpty()) {
      return Optional.empty();
    }
    if (set.path().name().equals("p2pmem")) {
      return isAddress(set.value()) ? notOffered(directory, set.value()) : Optional.empty();
    }
    String p2pmem = tree.value(directory, "p2pmem", "0");
    return set.path().name().equals("enable") && set.value().equals("1") && !p2pmem.equals("0")
        ? notEnabled(directory, p2pmem)
        : Optional.empty();
  }

  private static boolean isAddress(String value) {
    return value.indexOf(':') >= 0;
  }

  private Optional<Problem> notOffered(NvmetPath namespace, String provider) {
    Optional<PciDevice> device = inventory.pciDevice(provider);
    Optional<PeerMemory> memory = device.flatMap(each -> inventory.peerMemory(each.address()));
    if (memory.isPresent() && memory.get().published().orElse(true)) {
      return Optional.empty();
    }
    String clause =
        device.isEmpty()
            ? "no PCI device is there"
            : memory.isEmpty()
                ? "has no peer-to-peer memory"
                : "does not publish its peer-to-peer memory";
    return Optional.of(
        problem(
            namespace,
            "p2pmem " + provider + ": " + clause,
            Cause.P2PMEM,
            "see what offers such memory:  doctor"));
  }

  private Optional<Problem> notEnabled(NvmetPath namespace, String p2pmem) {
    Optional<String> device = new Namespace(tree, namespace).device();
    FileKind kind = device.map(inventory::fileKind).orElse(FileKind.ABSENT);
    if (kind == FileKind.ABSENT) {
      return Optional.empty(); // which is what is wrong, and said elsewhere
    }
    Optional<NvmeDrive> drive = device.flatMap(inventory::driveBehind);
    if (drive.isEmpty()) {
      return Optional.of(
          problem(
              namespace,
              "p2pmem="
                  + p2pmem
                  + " takes a drive on the PCI bus, and "
                  + device.get()
                  + " is none",
              Cause.P2PMEM_UNFIT,
              WITHOUT + TypedLines.set(namespace, "p2pmem", "0")));
    }
    return isAddress(p2pmem)
        ? inventory
            .peerBarrier(p2pmem, drive.get().pciAddress())
            .map(barrier -> tooFar(namespace, p2pmem, drive.get(), barrier))
        : noneNear(namespace, drive.get());
  }

  private Problem tooFar(NvmetPath namespace, String provider, NvmeDrive drive, String barrier) {
    return problem(
        namespace,
        "the memory of " + provider + " is out of reach of " + drive.name() + ": " + barrier,
        Cause.P2PMEM_FAR,
        WITHOUT + TypedLines.set(namespace, "p2pmem", "0"));
  }

  private Optional<Problem> noneNear(NvmetPath namespace, NvmeDrive drive) {
    StringBuilder tried = new StringBuilder();
    for (PciDevice provider : inventory.peerMemoryProviders()) {
      if (isPublished(provider)) {
        Optional<String> barrier = inventory.peerBarrier(provider.address(), drive.pciAddress());
        if (barrier.isEmpty()) {
          return Optional.empty();
        }
        tried
            .append(tried.isEmpty() ? ": " : "; ")
            .append(provider.address())
            .append(" is there, but ");
        tried.append(barrier.get());
      }
    }
    return Optional.of(
        problem(
            namespace,
            "no peer-to-peer memory is available for " + drive.name() + tried,
            Cause.P2PMEM_NONE,
            WITHOUT + TypedLines.set(namespace, "p2pmem", "0")));
  }

  private boolean isPublished(PciDevice provider) {
    return inventory.peerMemory(provider.address()).flatMap(PeerMemory::published).orElse(true);
  }

  private static Problem problem(NvmetPath namespace, String text, Cause cause, String hint) {
    return cause.foresees(
        Problem.of(
                Problem.Kind.INVALID,
                namespace + ": " + text + cause.answer(),
                hint,
                ChangeCheck.FORCE)
            .with("path", namespace.toString())
            .with("attribute", "p2pmem")
            .with("rule", "peer-to-peer memory within reach"));
  }
}
