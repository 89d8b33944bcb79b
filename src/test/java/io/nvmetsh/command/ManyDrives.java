package io.nvmetsh.command;

import io.nvmetsh.TestShell;
import io.nvmetsh.device.DirSysTree;
import io.nvmetsh.device.SeenThrough;
import io.nvmetsh.device.SysTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The default machine with a thousand NVMe drives more, as a dump or as files. */
final class ManyDrives {

  private static final int DRIVES = 1000;
  private static final int FIRST = 4;

  private ManyDrives() {}

  /** The machine as a dump. */
  static String dump() {
    StringBuilder dump = new StringBuilder(TestShell.defaultMachine());
    for (int number = FIRST; number < FIRST + DRIVES; number++) {
      String name = "nvme" + number;
      dump.append("\n/dev\n  %s : char\n  %sn1 : block\n".formatted(name, name));
      for (String[] link : links(number)) {
        int slash = link[0].lastIndexOf('/');
        dump.append(
            "\n%s\n  %s -> %s\n"
                .formatted(link[0].substring(0, slash), link[0].substring(slash + 1), link[1]));
      }
      for (String[] file : files(number)) {
        int slash = file[0].lastIndexOf('/');
        dump.append(
            "\n%s\n  %s = %s\n"
                .formatted(file[0].substring(0, slash), file[0].substring(slash + 1), file[1]));
      }
    }
    return dump.toString();
  }

  /**
   * The drives as files, and nothing else of the machine. Below a directory every link on a way is
   * followed by a call for each of its parts, which a machine's own {@code /sys} does not need.
   */
  static SysTree below(Path root) throws IOException {
    for (int number = FIRST; number < FIRST + DRIVES; number++) {
      for (String[] file : files(number)) {
        write(Path.of(root + file[0]), file[1]);
      }
      for (String[] link : links(number)) {
        Path place = Path.of(root + link[0]);
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, Path.of(link[1]));
      }
      write(Path.of(root + "/dev/nvme" + number + "n1"), "");
    }
    return new Nodes(new DirSysTree(root));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private static String address(int number) {
    return String.format(Locale.ROOT, "%04x:%02x:00.0", 1 + number / 256, number % 256);
  }

  private static String device(int number) {
    return "/sys/devices/pci" + address(number).substring(0, 5) + "00/" + address(number);
  }

  private static List<String[]> links(int number) {
    String name = "nvme" + number;
    String device = device(number);
    String controller = device + "/nvme/" + name;
    return List.of(
        new String[] {"/sys/class/nvme/" + name, controller},
        new String[] {"/sys/class/block/" + name + "n1", controller + "/" + name + "n1"},
        new String[] {"/sys/bus/pci/devices/" + address(number), device},
        new String[] {controller + "/device", device},
        new String[] {controller + "/" + name + "n1/device", controller});
  }

  private static List<String[]> files(int number) {
    String device = device(number);
    String controller = device + "/nvme/nvme" + number;
    String disk = controller + "/nvme" + number + "n1";
    return List.of(
        new String[] {device + "/class", "0x010802"},
        new String[] {device + "/numa_node", Integer.toString(number % 2)},
        new String[] {controller + "/model", "EXAMPLE SSD 3.84TB"},
        new String[] {controller + "/serial", "S4YNNE0N" + (100_000 + number)},
        new String[] {controller + "/firmware_rev", "EDA5202Q"},
        new String[] {controller + "/state", "live"},
        new String[] {controller + "/transport", "pcie"},
        new String[] {controller + "/num_p2p_queues", "num_p2p_queues: 1"},
        new String[] {disk + "/nsid", "1"},
        new String[] {disk + "/ro", "0"},
        new String[] {disk + "/size", "7501476528"},
        new String[] {disk + "/queue/logical_block_size", "512"});
  }

  /** Takes the plain files in {@code /dev} for the block devices that only root can make. */
  private record Nodes(SysTree machine) implements SeenThrough {

    @Override
    public FileKind kind(String path) {
      FileKind kind = machine.kind(path);
      return kind == FileKind.REGULAR && path.startsWith("/dev/") ? FileKind.BLOCK_DEVICE : kind;
    }
  }
}
