package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in {@code /sys/class/block} and what they tell by themselves: one listing answers which
 * partitions a disk has and which disks an NVMe controller has, without a file read for each of a
 * thousand drives.
 */
final class BlockNames {

  private static final String CLASS = "/sys/class/block/";

  private final SysValues values;
  private final List<String> visible = new ArrayList<>();
  private final Map<String, List<String>> partitions = new HashMap<>();

  /** Disks and hidden paths, by the controller that their name points to. */
  private final Map<String, List<String>> ofController = new HashMap<>();

  /** Hidden paths, by the name of their head. */
  private final Map<String, List<String>> paths = new HashMap<>();

  BlockNames(SysTree tree) {
    values = new SysValues(tree);
    for (String name : tree.list("/sys/class/block")) {
      NvmeName nvme = NvmeName.parse(name);
      if (nvme == null) {
        visible.add(name);
        add(partitions, diskOf(name), name);
      } else if (nvme.isPath()) {
        add(ofController, "nvme" + nvme.controller(), name);
        add(paths, nvme.visible(), name);
      } else {
        visible.add(name);
        add(ofController, "nvme" + nvme.first(), name);
      }
    }
  }

  private static void add(Map<String, List<String>> map, String key, String name) {
    List<String> names = map.get(key);
    if (names == null) {
      names = new ArrayList<>(2);
      map.put(key, names);
    }
    names.add(name);
  }

  /** The disk that a partition of this name would be on: {@code sda1}, {@code nvme0n1p1}. */
  private static String diskOf(String name) {
    int end = name.length();
    while (end > 0 && isDigit(name.charAt(end - 1))) {
      end--;
    }
    boolean p = end > 1 && name.charAt(end - 1) == 'p' && isDigit(name.charAt(end - 2));
    return name.substring(0, p ? end - 1 : end);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Everything with a device node; hidden multipath paths have none. */
  List<String> visible() {
    return List.copyOf(visible);
  }

  List<String> partitionsOf(String disk) {
    List<String> found = new ArrayList<>();
    for (String name : partitions.getOrDefault(disk, List.of())) {
      if (!name.equals(disk) && values.tree().read(CLASS + name + "/partition").isPresent()) {
        found.add(name);
      }
    }
    return found;
  }

  /** The visible disks of a controller; for one path of several that is the head. */
  List<String> disksOf(String controller) {
    List<String> disks = new ArrayList<>();
    for (String name : ofController.getOrDefault(controller, List.of())) {
      NvmeName nvme = NvmeName.parse(name);
      if (nvme != null && controllerOf(name).equals(controller)) {
        disks.add(nvme.visible());
      }
    }
    return disks;
  }

  /** The controllers through which an NVMe disk is reached; empty when it is no such disk. */
  List<String> controllersOf(String disk) {
    List<String> controllers = new ArrayList<>();
    String own = NvmeName.parse(disk) == null ? "" : controllerOf(disk);
    if (!own.isEmpty()) {
      controllers.add(own);
    }
    for (String path : paths.getOrDefault(disk, List.of())) {
      String controller = controllerOf(path);
      if (!controller.isEmpty()) {
        controllers.add(controller);
      }
    }
    return controllers;
  }

  /** Whether a disk stands for paths, of which there may be but one. */
  boolean isHead(String disk) {
    return paths.containsKey(disk);
  }

  /** A head's {@code device} is the subsystem, {@code nvme-subsys0}; then this is empty. */
  private String controllerOf(String disk) {
    Optional<String> device = values.linkedName(CLASS + disk + "/device");
    return device.isPresent() && !device.get().startsWith("nvme-") ? device.get() : "";
  }
}
