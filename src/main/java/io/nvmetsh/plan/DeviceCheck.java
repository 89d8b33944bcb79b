package io.nvmetsh.plan;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
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

  DeviceCheck(TargetTree tree, Inventory inventory) {
    this.tree = tree;
    this.inventory = inventory;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    NodeKind kind = set.path().parent().kind().orElse(NodeKind.ROOT);
    String attribute = set.path().name();
    if (kind == NodeKind.NAMESPACE && attribute.equals("enable") && set.value().equals("1")) {
      Optional<String> device = new Namespace(tree, set.path().parent()).device();
      return device.flatMap(path -> notOpened(set, path));
    }
    if (kind == NodeKind.PASSTHRU && attribute.equals("enable") && set.value().equals("1")) {
      String path = tree.value(set.path().parent(), "device_path", "(null)");
      return path.isEmpty() || path.equals("(null)") ? Optional.empty() : noController(set, path);
    }
    if (kind == NodeKind.NAMESPACE && attribute.equals("device_path")) {
      Optional<Problem> problem = notOpened(set, set.value());
      return problem.isPresent() ? problem.map(p -> p.hint(ChangeCheck.FORCE)) : inUse(set);
    }
    if (kind == NodeKind.PASSTHRU && attribute.equals("device_path")) {
      return noController(set, set.value()).map(problem -> problem.hint(ChangeCheck.FORCE));
    }
    return kind == NodeKind.NAMESPACE && attribute.equals("pci_device_path")
        ? noPciDevice(set)
        : Optional.empty();
  }

  /** Why the kernel could not open it. */
  private Optional<Problem> notOpened(Change.SetAttribute set, String device) {
    return switch (inventory.fileKind(device)) {
      case ABSENT ->
          Optional.of(
              device(
                  set,
                  device,
                  "does not exist",
                  Cause.DEVICE_ABSENT,
                  "see what there is:  devices"));
      case DIRECTORY ->
          Optional.of(
              device(
                  set,
                  device,
                  "is a directory",
                  Cause.DEVICE_DIRECTORY,
                  "see what there is:  devices"));
      case CHARACTER_DEVICE -> Optional.of(character(set, device));
      case REGULAR -> regular(set, device);
      case BLOCK_DEVICE -> readOnly(set, device);
      case OTHER ->
          Optional.of(
              device(
                  set,
                  device,
                  "is no device or file",
                  Cause.DEVICE_SPECIAL,
                  "see what there is:  devices"));
    };
  }

  private Problem character(Change.SetAttribute set, String device) {
    String clause = "is a character device; a namespace needs a block device or file";
    for (NvmeDrive drive : inventory.drives()) {
      if (drive.path().equals(device) && !drive.namespaces().isEmpty()) {
        String line =
            TypedLines.set(set.path().parent(), "device_path", drive.namespaces().get(0).path());
        return device(set, device, clause, Cause.DEVICE_CHARACTER, "its first namespace:  " + line);
      }
    }
    return device(set, device, clause, Cause.DEVICE_CHARACTER, "see what there is:  devices");
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
                Cause.DEVICE_IS_FILE,
                "see what there is:  devices"));
  }

  private Optional<Problem> readOnly(Change.SetAttribute set, String device) {
    Optional<BlockDevice> block = inventory.blockDevice(device);
    return block.isPresent() && block.get().readOnly()
        ? Optional.of(
            device(
                set, device, "is read-only", Cause.DEVICE_READ_ONLY, "see what there is:  devices"))
        : Optional.empty();
  }

  private static Problem device(
      Change.SetAttribute set, String device, String clause, Cause cause, String hint) {
    boolean now = set.path().name().equals("enable");
    Problem problem =
        Problem.of(
                cause.errno() == Errno.ENOENT ? Problem.Kind.NOT_FOUND : Problem.Kind.INVALID,
                set.path().parent()
                    + ": device_path "
                    + Quoting.word(device)
                    + " "
                    + clause
                    + (now ? cause.answer() : " (enable answers " + cause.errno() + ")"),
                hint)
            .with("path", set.path().parent().toString())
            .with("attribute", "device_path")
            .with("value", device)
            .with("rule", "usable device");
    return now ? cause.foresees(problem) : problem;
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

  /** It takes an NVMe controller's character device and nothing else. */
  private Optional<Problem> noController(Change.SetAttribute set, String device) {
    FileKind kind = inventory.fileKind(device);
    if (kind == FileKind.CHARACTER_DEVICE) {
      return Optional.empty();
    }
    String clause =
        kind == FileKind.ABSENT ? "does not exist" : "is not the character device of a controller";
    Cause cause =
        switch (kind) {
          case ABSENT -> Cause.PASSTHRU_ABSENT;
          case DIRECTORY -> Cause.PASSTHRU_DIRECTORY;
          default -> Cause.PASSTHRU_OTHER;
        };
    return Optional.of(device(set, device, clause, cause, "see what there is:  devices"));
  }

  private Optional<Problem> noPciDevice(Change.SetAttribute set) {
    if (set.value().equals(PciAddress.CLEAR) || inventory.pciDevice(set.value()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Cause.NO_PCI_DEVICE.foresees(
            Problem.of(
                    Problem.Kind.NOT_FOUND,
                    set.path().parent()
                        + ": pci_device_path "
                        + set.value()
                        + ": no PCI device is there"
                        + Cause.NO_PCI_DEVICE.answer(),
                    "see the drives' addresses:  devices",
                    ChangeCheck.FORCE)
                .with("path", set.path().parent().toString())
                .with("attribute", "pci_device_path")
                .with("value", set.value())
                .with("rule", "PCI device present")));
  }
}
