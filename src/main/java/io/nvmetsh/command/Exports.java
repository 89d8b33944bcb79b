package io.nvmetsh.command;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this target exports already, by device. nvmet claims none of the devices it opens, so the
 * tree is the only place that tells.
 */
final class Exports {

  private final Map<String, List<NvmetPath>> byDevice = new HashMap<>();
  private final boolean whole;

  private Exports(Context context, NvmetPath except, int most) {
    Patience patience = context.patience();
    TargetTree tree = context.tree();
    List<String> subsystems = new ArrayList<>(tree.glance(NvmetPath.of("subsystems"), most));
    subsystems.sort(NaturalOrder.INSTANCE);
    int left = most;
    for (String name : subsystems) {
      if (left <= 0 || patience.isOver()) {
        left = 0;
        break;
      }
      NvmetPath subsystem = NvmetPath.of("subsystems", name);
      List<String> namespaces = tree.directories(subsystem.child("namespaces"));
      left -= 1 + namespaces.size();
      for (String nsid : namespaces) {
        NvmetPath namespace = subsystem.child("namespaces").child(nsid);
        if (!namespace.equals(except)) {
          add(context.inventory(), tree, namespace);
        }
      }
      NvmetPath passthru = subsystem.child("passthru");
      if (!passthru.equals(except) && tree.isOn(passthru, "enable")) {
        add(context.inventory(), tree, passthru);
      }
    }
    this.whole = left > 0;
  }

  /** All of them. */
  static Exports of(Context context) {
    return new Exports(context, NvmetPath.ROOT, Integer.MAX_VALUE);
  }

  /**
   * As many of them as can be read while a key is pressed.
   *
   * @param except the namespace or passthru controller that is being set up
   */
  static Exports someOf(Context context, NvmetPath except) {
    return new Exports(context, except, 256);
  }

  private void add(Inventory inventory, TargetTree tree, NvmetPath path) {
    Optional<String> device = tree.value(path.child("device_path"));
    if (device.isPresent() && !Values.isUnset(device.get())) {
      String name = name(inventory, device.get());
      List<NvmetPath> paths = byDevice.get(name);
      if (paths == null) {
        paths = new ArrayList<>(1);
        byDevice.put(name, paths);
      }
      paths.add(path);
    }
  }

  /** {@code /dev/nvme0n1} needs no look at the machine; links do. */
  private static String name(Inventory inventory, String path) {
    if (path.startsWith("/dev/") && path.indexOf('/', 5) < 0) {
      return path.substring(5);
    }
    return inventory.blockDevice(path).map(BlockDevice::name).orElse(path);
  }

  /** Whether everything was looked at, so that what is not here is not exported. */
  boolean isWhole() {
    return whole;
  }

  /** What a block device, or a partition of it, is in use for; empty when nothing is known. */
  List<String> uses(BlockDevice device) {
    List<String> uses = new ArrayList<>();
    for (BlockDevice.Use use : device.uses()) {
      uses.add(use.describe(device.name()));
    }
    addExports(uses, device.name());
    for (String partition : device.partitions()) {
      addExports(uses, partition);
    }
    return uses;
  }

  /** What a drive, or a disk on it, is in use for. */
  List<String> uses(NvmeDrive drive, Inventory inventory) {
    List<String> uses = new ArrayList<>();
    addExports(uses, drive.name());
    for (NvmeNamespace namespace : drive.namespaces()) {
      Optional<BlockDevice> device = inventory.named(namespace.name());
      if (device.isPresent()) {
        uses.addAll(uses(device.get()));
      }
    }
    return uses;
  }

  /** The namespaces, or passthru controllers, that export a block device as a whole. */
  List<NvmetPath> of(BlockDevice device) {
    return byDevice.getOrDefault(device.name(), List.of());
  }

  private void addExports(List<String> uses, String device) {
    for (NvmetPath path : byDevice.getOrDefault(device, List.of())) {
      uses.add("exported by " + path);
    }
  }
}
