package io.nvmetsh.command;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.TargetTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which drives were behind the namespaces of a saved target. Names such as {@code /dev/nvme0n1} go
 * to whichever drive answers first, so after a restart they may name another: exported under the
 * first one's name, it would be overwritten.
 */
final class SavedDrives {

  private static final String SERIAL = "serial ";

  private SavedDrives() {}

  /** What is known of the drive behind each namespace, by the namespace's path. */
  static SortedMap<String, String> of(TargetTree tree, Inventory inventory) {
    SortedMap<String, String> drives = new TreeMap<>();
    for (String nqn : tree.directories(NvmetPath.of("subsystems"))) {
      NvmetPath group = NvmetPath.of("subsystems", nqn, "namespaces");
      for (String nsid : tree.directories(group)) {
        NvmetPath namespace = group.child(nsid);
        tree.value(namespace.child("device_path"))
            .flatMap(device -> identity(device.strip(), inventory))
            .ifPresent(identity -> drives.put(namespace.toString(), identity));
      }
    }
    return drives;
  }

  /** The same of the namespaces that some changes put on a drive or enable. */
  static SortedMap<NvmetPath, String> of(
      List<Change> changes, TargetTree tree, Inventory inventory) {
    SortedMap<NvmetPath, String> drives = new TreeMap<>();
    devices(changes, tree)
        .forEach(
            (namespace, device) ->
                identity(device, inventory).ifPresent(each -> drives.put(namespace, each)));
    return drives;
  }

  private static SortedMap<NvmetPath, String> devices(List<Change> changes, TargetTree tree) {
    DraftTree then = new DraftTree(tree);
    changes.forEach(change -> change.applyTo(then));
    SortedMap<NvmetPath, String> devices = new TreeMap<>();
    for (Change change : changes) {
      String name = change instanceof Change.SetAttribute set ? set.path().name() : "";
      if (name.equals("device_path") || name.equals("enable")) {
        NvmetPath namespace = change.path().parent();
        then.value(namespace.child("device_path"))
            .ifPresent(device -> devices.put(namespace, device.strip()));
      }
    }
    return devices;
  }

  /** The serial number of an NVMe drive, the lasting name of another device. */
  private static Optional<String> identity(String device, Inventory inventory) {
    Optional<NvmeDrive> drive = inventory.driveBehind(device);
    if (drive.isPresent()) {
      String serial = drive.get().serial().strip();
      return serial.isEmpty() ? Optional.empty() : Optional.of(SERIAL + serial);
    }
    Optional<BlockDevice> block = inventory.blockDevice(device);
    List<String> names = block.isEmpty() ? List.of() : inventory.stableNames(block.get());
    return names.isEmpty() ? Optional.empty() : Optional.of(names.get(0));
  }

  /** What is wrong where a namespace would get another drive than it had, by the attribute. */
  static Map<NvmetPath, Problem> mistaken(
      Map<NvmetPath, String> drives, List<Change> changes, Inventory inventory) {
    Map<NvmetPath, Problem> mistaken = new LinkedHashMap<>();
    for (Change change : changes) {
      if (change instanceof Change.SetAttribute set && set.path().name().equals("device_path")) {
        NvmetPath namespace = set.path().parent();
        String then = drives.get(namespace);
        Optional<String> now = identity(set.value(), inventory);
        if (then != null && now.isPresent() && !now.get().equals(then)) {
          mistaken.put(
              set.path(),
              problem(namespace, set.value(), "the file was written", then, now.get(), inventory));
        }
      }
    }
    return mistaken;
  }

  /**
   * What is wrong where the changes of a plan would now meet another drive than it was made for.
   */
  static Optional<Problem> another(
      Map<NvmetPath, String> drives, List<Change> changes, TargetTree tree, Inventory inventory) {
    for (Map.Entry<NvmetPath, String> each : devices(changes, tree).entrySet()) {
      String then = drives.get(each.getKey());
      Optional<String> now = identity(each.getValue(), inventory);
      if (then != null && now.isPresent() && !now.get().equals(then)) {
        return Optional.of(
            problem(
                each.getKey(), each.getValue(), "the plan was made", then, now.get(), inventory));
      }
    }
    return Optional.empty();
  }

  private static Problem problem(
      NvmetPath namespace,
      String device,
      String when,
      String then,
      String now,
      Inventory inventory) {
    String where =
        inventory.drives().stream()
            .filter(drive -> then.equals(SERIAL + drive.serial().strip()))
            .findFirst()
            .map(drive -> "that drive is " + drive.name() + " now")
            .orElse("that drive is not here");
    return Problem.of(
            Problem.Kind.CONFLICT,
            namespace
                + ": "
                + device
                + " is another drive than when "
                + when
                + ": "
                + now
                + ", then "
                + then
                + "; "
                + where,
            "see what is here:  devices")
        .with("path", namespace.toString())
        .with("value", device);
  }
}
