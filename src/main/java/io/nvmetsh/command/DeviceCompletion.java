package io.nvmetsh.command;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drives and other block devices, the ones that can be used first. Of a list too long to read
 * closely only the names are looked at.
 */
final class DeviceCompletion {

  private static final String DEV = "/dev/";
  private static final String MAPPER = "/dev/mapper/";
  private static final String BY_ID = "/dev/disk/by-id/";

  private final Context context;
  private final Inventory inventory;
  private final NvmetPath directory;
  private final Offer offer;

  /**
   * @param directory the namespace or passthru controller that is to get a device
   */
  DeviceCompletion(Context context, NvmetPath directory, Offer offer) {
    this.context = context;
    this.inventory = context.inventory();
    this.directory = directory;
    this.offer = offer;
  }

  /** What is offered once it is known how well it fits. */
  private record Ranked(int rank, String value, String description) {}

  /** Behind those of which something is known. */
  private static final int LAST = 4;

  /** What {@code device_path} of a namespace can be. */
  void addBlockDevices() {
    String typed = offer.typed();
    if (!DEV.startsWith(typed) && !isDevice(typed)) {
      addFiles();
      return;
    }
    List<String> names = new ArrayList<>();
    for (String name : inventory.blockDeviceNames()) {
      boolean mapped = name.startsWith("dm-") && (MAPPER + name).startsWith(typed);
      if (mapped || offer.takes(node(name)) || typed.startsWith(MAPPER)) {
        names.add(name);
      }
    }
    if (Offer.isDescribed(names.size())) {
      describe(names);
    } else {
      names.sort(Comparator.comparing(name -> !name.startsWith("nvme")));
      for (String name : names) {
        offer.add(node(name), "");
      }
    }
    offer.open(BY_ID, "names that stay the same after a restart");
  }

  /** Where a device's node is; a name such as {@code cciss!c0d0} stands for a directory. */
  private static String node(String name) {
    return DEV + name.replace('!', '/');
  }

  /** A word that goes on like the name of a device, and not into a directory of links. */
  private static boolean isDevice(String typed) {
    return typed.startsWith(MAPPER) || (typed.startsWith(DEV) && typed.indexOf('/', 5) < 0);
  }

  private void describe(List<String> names) {
    Exports exports = Exports.someOf(context, directory);
    List<Ranked> ranked = new ArrayList<>();
    for (String name : names) {
      if (context.patience().isOver()) {
        ranked.add(new Ranked(LAST, node(name), ""));
        continue;
      }
      Optional<BlockDevice> device = inventory.named(name);
      if (device.isPresent()) {
        List<String> uses = exports.uses(device.get());
        boolean nvme = device.get().kind() == BlockDevice.Kind.NVME_NAMESPACE;
        String description = marked(uses, exports, described(device.get()));
        ranked.add(
            new Ranked(
                (nvme ? 0 : 2) + (uses.isEmpty() ? 0 : 1), device.get().path(), description));
      }
    }
    add(ranked);
  }

  private void add(List<Ranked> ranked) {
    ranked.sort(Comparator.comparingInt(Ranked::rank));
    String current = context.tree().value(directory, "device_path", "");
    for (Ranked each : ranked) {
      boolean now = each.value().equals(current);
      offer.add(each.value(), now ? each.description() + " (as it is now)" : each.description());
    }
  }

  /** The mark stands first, where a narrow terminal does not cut it off. */
  private static String marked(List<String> uses, Exports exports, String description) {
    if (uses.isEmpty()) {
      return exports.isWhole() ? "free, " + description : description;
    }
    return "in use, " + description + ": " + String.join(", ", uses);
  }

  private String described(BlockDevice device) {
    List<String> words = new ArrayList<>();
    words.add(ByteCount.text(device.bytes()));
    if (device.kind() == BlockDevice.Kind.NVME_NAMESPACE) {
      Optional<NvmeDrive> drive = inventory.driveBehind(device);
      drive.ifPresent(each -> words.add(each.pciAddress()));
      words.add(drive.map(DeviceCompletion::model).orElse("over a fabric"));
      drive.flatMap(NvmeDrive::numaNode).ifPresent(node -> words.add("NUMA " + node));
    } else {
      words.add(device.kind().title() + device.label().map(label -> " " + label).orElse(""));
      device.disk().ifPresent(disk -> words.add("of " + disk));
      if (!device.members().isEmpty()) {
        words.add("on " + String.join(" and ", device.members()));
      }
    }
    return String.join(", ", words);
  }

  /** Model and the end of the serial number, which is what differs between neighbours. */
  private static String model(NvmeDrive drive) {
    String serial = drive.serial();
    String tail = serial.length() <= 6 ? serial : ".." + serial.substring(serial.length() - 6);
    return drive.model() + (tail.isEmpty() ? "" : ", serial " + tail);
  }

  /** Files that can be behind a namespace, and the directories on the way to them. */
  private void addFiles() {
    SysTree sys = context.target().sys();
    String typed = offer.typed();
    String lead = typed.substring(0, typed.lastIndexOf('/') + 1);
    if (lead.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    String folder = lead.length() == 1 ? lead : lead.substring(0, lead.length() - 1);
    for (String name : sys.list(folder)) {
      if (offer.takes(lead + name)) {
        names.add(name);
      }
    }
    Exports exports = Offer.isDescribed(names.size()) ? Exports.someOf(context, directory) : null;
    for (String name : names) {
      if (context.patience().isOver()) {
        offer.open(lead + name, "");
        continue;
      }
      FileKind kind = sys.kind(lead + name);
      if (kind == FileKind.DIRECTORY) {
        offer.open(lead + name + "/", "directory");
      } else if (kind == FileKind.REGULAR) {
        offer.add(lead + name, "file");
      } else if (kind == FileKind.BLOCK_DEVICE) {
        Optional<BlockDevice> device =
            exports == null ? Optional.empty() : inventory.blockDevice(lead + name);
        offer.add(
            lead + name,
            device.isEmpty() || exports == null
                ? ""
                : marked(
                    exports.uses(device.get()),
                    exports,
                    device.get().name() + ", " + described(device.get())));
      }
    }
  }

  /** What {@code device_path} of a passthru controller can be. */
  void addControllers() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String controller : inventory.driveAddresses().keySet()) {
      if (offer.takes(DEV + controller)) {
        names.put(controller, DEV + controller);
      }
    }
    addDrives(names, "");
  }

  /**
   * What {@code pci_device_path} can be.
   *
   * @param devicePath the namespace's block device: its drive comes first
   */
  void addAddresses(String devicePath) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Map.Entry<String, String> drive : inventory.driveAddresses().entrySet()) {
      if (offer.takes(drive.getValue())) {
        addresses.put(drive.getKey(), drive.getValue());
      }
    }
    addDrives(addresses, Values.isUnset(devicePath) ? "" : devicePath);
  }

  private void addDrives(Map<String, String> values, String devicePath) {
    Optional<NvmeDrive> behind =
        devicePath.isEmpty() ? Optional.empty() : inventory.driveBehind(devicePath);
    if (behind.isPresent()) {
      Optional.ofNullable(values.get(behind.get().name()))
          .ifPresent(
              value -> offer.add(value, "behind " + devicePath + ": " + described(behind.get())));
    }
    if (!Offer.isDescribed(values.size())) {
      values.values().forEach(value -> offer.add(value, ""));
      return;
    }
    Exports exports = Exports.someOf(context, directory);
    List<Ranked> ranked = new ArrayList<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      if (context.patience().isOver()) {
        ranked.add(new Ranked(LAST, entry.getValue(), ""));
        continue;
      }
      Optional<NvmeDrive> drive = inventory.drive(entry.getKey());
      if (drive.isPresent()) {
        List<String> uses = exports.uses(drive.get(), inventory);
        String description = marked(uses, exports, described(drive.get()));
        ranked.add(new Ranked(uses.isEmpty() ? 0 : 1, entry.getValue(), description));
      }
    }
    add(ranked);
  }

  private static String described(NvmeDrive drive) {
    List<String> words = new ArrayList<>();
    words.add(drive.name());
    words.add(model(drive));
    long bytes = 0;
    for (NvmeNamespace namespace : drive.namespaces()) {
      bytes += namespace.bytes();
    }
    words.add(ByteCount.text(bytes));
    drive.numaNode().ifPresent(node -> words.add("NUMA " + node));
    drive.p2pQueues().ifPresent(queues -> words.add(p2pQueues(queues)));
    return String.join(", ", words);
  }

  /** How many queues the drive granted for peer-to-peer use. */
  static String p2pQueues(int queues) {
    return queues == 0
        ? "no P2P queues granted"
        : queues + (queues == 1 ? " P2P queue" : " P2P queues") + " granted";
  }
}
