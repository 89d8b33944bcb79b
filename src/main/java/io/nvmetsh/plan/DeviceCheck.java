package io.nvmetsh.plan;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/**
 * What is behind a namespace or a passthru controller: there, of the right kind, and used by nobody
 * else. The kernel looks at none of it before the object is enabled, and at use never: it exports a
 * mounted disk without a word.
 */
final class DeviceCheck implements Check {

  private final TargetTree tree;
  private final Inventory inventory;
  private final boolean force;

  DeviceCheck(TargetTree tree, Inventory inventory, boolean force) {
    this.tree = tree;
    this.inventory = inventory;
    this.force = force;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    NodeKind kind = set.path().parent().kind().orElse(NodeKind.ROOT);
    String attribute = set.path().name();
    if (kind == NodeKind.NAMESPACE && attribute.equals("enable") && set.value().equals("1")) {
      Optional<String> device = new Namespace(tree, set.path().parent()).device();
      return device.flatMap(path -> notOpened(set, path));
    }
    if (force) {
      return Optional.empty();
    }
    if (kind == NodeKind.NAMESPACE && attribute.equals("device_path")) {
      Optional<Problem> problem = notOpened(set, set.value());
      return problem.isPresent() ? problem.map(p -> p.hint(ChangeCheck.FORCE)) : inUse(set);
    }
    if (kind == NodeKind.PASSTHRU && attribute.equals("device_path")) {
      return noController(set);
    }
    return kind == NodeKind.NAMESPACE && attribute.equals("pci_device_path")
        ? noPciDevice(set)
        : Optional.empty();
  }

  /** Why the kernel could not open it: nvmet_bdev_ns_enable, nvmet_file_ns_enable. */
  private Optional<Problem> notOpened(Change.SetAttribute set, String device) {
    return switch (inventory.fileKind(device)) {
      case ABSENT ->
          Optional.of(
              device(set, device, "does not exist", "ENOENT", "see what there is:  devices"));
      case DIRECTORY ->
          Optional.of(
              device(set, device, "is a directory", "EISDIR", "see what there is:  devices"));
      case CHARACTER_DEVICE -> Optional.of(character(set, device));
      case REGULAR -> regular(set, device);
      case BLOCK_DEVICE -> readOnly(set, device);
      case OTHER -> Optional.of(device(set, device, "is no device or file", "EINVAL", "devices"));
    };
  }

  private Problem character(Change.SetAttribute set, String device) {
    String clause = "is a character device; a namespace needs a block device or file";
    for (NvmeDrive drive : inventory.drives()) {
      if (drive.path().equals(device) && !drive.namespaces().isEmpty()) {
        String line =
            TypedLines.set(set.path().parent(), "device_path", drive.namespaces().get(0).path());
        return device(set, device, clause, "EINVAL", "its first namespace:  " + line);
      }
    }
    return device(set, device, clause, "EINVAL", "see what there is:  devices");
  }

  private Optional<Problem> regular(Change.SetAttribute set, String device) {
    return tree.flavor().linux().atLeast(4, 18)
        ? Optional.empty()
        : Optional.of(
            device(
                set,
                device,
                "is a file; files behind namespaces exist in Linux 4.18, this is "
                    + tree.flavor().describe(),
                "ENOTBLK",
                "see what there is:  devices"));
  }

  private Optional<Problem> readOnly(Change.SetAttribute set, String device) {
    Optional<BlockDevice> block = inventory.blockDevice(device);
    return block.isPresent() && block.get().readOnly()
        ? Optional.of(device(set, device, "is read-only", "EACCES", "see what there is:  devices"))
        : Optional.empty();
  }

  private static Problem device(
      Change.SetAttribute set, String device, String clause, String errno, String hint) {
    String when =
        set.path().name().equals("enable") ? " (the kernel answers " : " (enable answers ";
    return Problem.of(
            errno.equals("ENOENT") ? Problem.Kind.NOT_FOUND : Problem.Kind.INVALID,
            set.path().parent()
                + ": device_path "
                + Quoting.word(device)
                + " "
                + clause
                + when
                + errno
                + ")",
            hint)
        .with("path", set.path().parent().toString())
        .with("attribute", "device_path")
        .with("value", device)
        .with("rule", "usable device");
  }

  private Optional<Problem> inUse(Change.SetAttribute set) {
    Optional<BlockDevice> device = inventory.blockDevice(set.value());
    if (device.isEmpty()) {
      return Optional.empty();
    }
    for (BlockDevice.Use use : device.get().uses()) {
      return Optional.of(used(set, use.describe(device.get().name())));
    }
    return exported(set, device.get());
  }

  /** By another namespace: of any subsystem, or of its own one where there are very many. */
  private Optional<Problem> exported(Change.SetAttribute set, BlockDevice device) {
    Subsystem own = new Namespace(tree, set.path().parent()).subsystem();
    NvmetPath group = NvmetPath.of("subsystems");
    for (String name : tree.isLarge(group) ? List.of(own.nqn()) : tree.directories(group)) {
      for (Namespace other : new Subsystem(tree, NvmetPath.of("subsystems", name)).namespaces()) {
        if (!other.path().equals(set.path().parent()) && isBehind(device, other)) {
          return Optional.of(used(set, "behind " + other.path()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isBehind(BlockDevice device, Namespace namespace) {
    return namespace
        .device()
        .flatMap(inventory::blockDevice)
        .filter(other -> other.name().equals(device.name()))
        .isPresent();
  }

  private static Problem used(Change.SetAttribute set, String how) {
    return Problem.of(
            Problem.Kind.CONFLICT,
            set.path().parent()
                + ": device_path "
                + Quoting.word(set.value())
                + " is in use: "
                + how
                + " (the kernel would export it all the same)",
            "see what is free:  devices",
            ChangeCheck.FORCE)
        .with("path", set.path().parent().toString())
        .with("attribute", "device_path")
        .with("value", set.value())
        .with("rule", "device not in use");
  }

  /** nvmet_passthru_ctrl_enable takes an NVMe controller's character device and nothing else. */
  private Optional<Problem> noController(Change.SetAttribute set) {
    FileKind kind = inventory.fileKind(set.value());
    if (kind == FileKind.CHARACTER_DEVICE) {
      return Optional.empty();
    }
    String clause =
        kind == FileKind.ABSENT ? "does not exist" : "is not the character device of a controller";
    String errno = kind == FileKind.ABSENT ? "ENOENT" : "EINVAL";
    return Optional.of(
        device(set, set.value(), clause, errno, "see what there is:  devices")
            .hint(ChangeCheck.FORCE));
  }

  /** nvmet_ns_pci_device_path_store looks on the bus, and answers EAGAIN when nothing is there. */
  private Optional<Problem> noPciDevice(Change.SetAttribute set) {
    if (set.value().equals("clear") || inventory.pciDevice(set.value()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
                Problem.Kind.NOT_FOUND,
                set.path().parent()
                    + ": pci_device_path "
                    + set.value()
                    + ": no PCI device is there (the kernel answers EAGAIN)",
                "see the drives' addresses:  devices",
                ChangeCheck.FORCE)
            .with("path", set.path().parent().toString())
            .with("attribute", "pci_device_path")
            .with("value", set.value())
            .with("rule", "PCI device present"));
  }
}
