package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.device.SysTree.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirSysTreeTest {

  @Test
  void resolvesLinksInsideItsRoot(@TempDir Path root) throws IOException {
    Path real = Files.createDirectories(root.resolve("sys/devices/pci/nvme/nvme0"));
    Files.writeString(real.resolve("model"), "A\n");
    Files.createDirectories(root.resolve("sys/class/nvme"));
    link(root, "sys/class/nvme/nvme0", "../../devices/pci/nvme/nvme0");
    link(root, "sys/devices/pci/nvme/nvme0/device", "../../../pci");
    link(root, "absolute", "/sys/class");
    link(root, "outside", "../../../../../../../../proc/version");
    link(root, "passwd", "/etc/passwd");
    link(root, "circle", "circle");
    link(root, "dangling", "nowhere");
    DirSysTree tree = new DirSysTree(root);

    assertEquals(Optional.of("A\n"), tree.read("/sys/class/nvme/nvme0/model"));
    assertEquals(Optional.of("A\n"), tree.read("/absolute/nvme/nvme0/model"));
    assertEquals(Optional.of("/sys/devices/pci/nvme/nvme0"), tree.link("/absolute/nvme/nvme0"));
    assertEquals(Optional.of("/sys/devices/pci"), tree.link("/sys/class/nvme/nvme0/device"));
    assertEquals(
        Optional.of("/sys/devices/pci/nvme"), tree.realPath("/sys/class/nvme/nvme0/device/nvme"));
    assertEquals(List.of("device", "model"), tree.list("/absolute/nvme/nvme0"));
    assertEquals(Map.of("nvme0", "/sys/devices/pci/nvme/nvme0"), tree.links("/absolute/nvme"));
    assertEquals(Map.of("device", "/sys/devices/pci"), tree.links("/sys/class/nvme/nvme0"));
    assertEquals(Map.of(), tree.links("/circle"));
    assertEquals(FileKind.DIRECTORY, tree.kind("/absolute"));
    assertEquals(FileKind.REGULAR, tree.kind("/sys/class/nvme/nvme0/model"));
    assertEquals(Optional.of("/sys"), tree.realPath("/absolute/../class/../../sys"));

    assertEquals(Optional.empty(), tree.read("/outside"), "proc is not in this root");
    assertEquals(Optional.empty(), tree.read("/passwd"));
    assertEquals(Optional.empty(), tree.realPath("/passwd"));
    assertEquals(FileKind.ABSENT, tree.kind("/circle"));
    assertEquals(FileKind.ABSENT, tree.kind("/dangling"));
    assertEquals(Optional.of("/nowhere"), tree.link("/dangling"));
    for (String link : new String[] {"absolute", "outside", "passwd"}) {
      Files.delete(root.resolve(link)); // or JUnit warns of links that lead out of its directory
    }
  }

  private static void link(Path root, String path, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(path), Path.of(target));
  }

  @Test
  void readsWordsOfBinaryFilesAsFarAsTheyGo(@TempDir Path root) throws IOException {
    Files.write(root.resolve("config"), new byte[] {1, 2, 3, 4, (byte) 0x86, (byte) 0x80, 0, 0x7f});
    DirSysTree tree = new DirSysTree(root);
    assertEquals(OptionalInt.of(0x04030201), tree.word("/config", 0));
    assertEquals(OptionalInt.of(0x7f008086), tree.word("/config", 4));
    assertEquals(OptionalInt.empty(), tree.word("/config", 6));
    assertEquals(OptionalInt.empty(), tree.word("/config", 0x100));
    assertEquals(OptionalInt.empty(), tree.word("/nothing", 0));
  }

  @Test
  void neverThrows(@TempDir Path root) {
    for (SysTree tree : new SysTree[] {new DirSysTree(), new DirSysTree(root)}) {
      for (String path : new String[] {"", "/none", "/dev/\0", "relative", "/dev/null/x", "//"}) {
        tree.list(path);
        tree.read(path);
        tree.link(path);
        tree.realPath(path);
        tree.kind(path);
      }
      assertEquals(List.of(), tree.list("/none"));
      assertEquals(Optional.empty(), tree.read("/none"));
      assertEquals(Optional.empty(), tree.read("/dev"), "a directory");
      assertEquals(FileKind.ABSENT, tree.kind("/dev/\0"));
    }
  }

  @Test
  void showsThisMachine() {
    DirSysTree tree = new DirSysTree();
    assertEquals(FileKind.CHARACTER_DEVICE, tree.kind("/dev/null"));
    assertEquals(FileKind.DIRECTORY, tree.kind("/proc"));
    assertTrue(tree.link("/proc/self").isPresent());
    assertEquals(tree.realPath("/proc/self"), tree.link("/proc/self"));

    Inventory inventory = new Inventory(tree);
    assertFalse(inventory.kernelRelease().isEmpty());
    assertTrue(
        inventory.addresses().stream().allMatch(address -> !address.text().isEmpty()),
        "addresses are not empty");
    assertFalse(InventoryText.of(tree).isEmpty());
  }
}
