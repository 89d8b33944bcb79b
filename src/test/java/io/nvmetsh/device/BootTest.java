package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a machine says of how it is booted. */
class BootTest {

  private static final DumpSysTree MACHINE = DumpSysTree.defaultMachine();

  private static Initramfs initramfs(DumpSysTree tree) {
    return Initramfs.of(new Inventory(tree));
  }

  @Test
  void initramfsHasItsTool() {
    assertEquals(Optional.of("update-initramfs -u"), initramfs(MACHINE).command());
    DumpSysTree neither = MACHINE.without("/usr/sbin/update-initramfs");
    assertEquals(Optional.empty(), initramfs(neither).command());
    DumpSysTree redHat = neither.with("/usr/bin/dracut", "");
    assertEquals(Optional.of("dracut -f"), initramfs(redHat).command());
  }

  @Test
  void initramfsNeedsTheDriveBelowTheRoot() {
    assertEquals(Optional.empty(), initramfs(MACHINE).needs());
    String mounts = "/proc/1/mountinfo";
    DumpSysTree onPartition = MACHINE.with(mounts, "0 0 259:4 / / rw - xfs /dev/nvme3n1p1 rw\n");
    assertEquals(Optional.of("/"), initramfs(onPartition).needs());
    // lun0 is a logical volume on nvme2n1
    DumpSysTree onVolume =
        MACHINE.with(mounts, "0 0 0:40 / /usr rw - xfs /dev/mapper/vg0-lun0 rw\n");
    assertEquals(Optional.of("/usr"), initramfs(onVolume).needs());
    DumpSysTree elsewhere = MACHINE.with(mounts, "0 0 259:4 / /srv rw - xfs /dev/nvme3n1p1 rw\n");
    assertEquals(Optional.empty(), initramfs(elsewhere).needs());
  }

  @Test
  void bootLoaderIsToldByItsTool() {
    assertEquals(List.of(BootLoader.Way.UPDATE_GRUB), BootLoader.of(new Inventory(MACHINE)).ways());
    DumpSysTree redHat = MACHINE.without("/usr/sbin/update-grub").with("/usr/sbin/grubby", "");
    assertEquals(List.of(BootLoader.Way.GRUBBY), BootLoader.of(new Inventory(redHat)).ways());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "mem=59392M memmap=59392M | 59392",
        "memmap=58G mem=60G       | 59392",
        "mem=0x100M               | 256",
        "quiet                    | none",
        "memmap=2G$60G mem=       | none",
        "mem=nopentium            | none",
        "nomem=1G                 | none"
      })
  void kernelEndsWhereItWasToldTo(String commandLine, Long mib) {
    Inventory inventory = new Inventory(MACHINE.with("/proc/cmdline", commandLine + "\n"));
    assertEquals(
        mib == null ? "none" : mib + "M",
        inventory.memoryLimit().isPresent()
            ? (inventory.memoryLimit().getAsLong() >> 20) + "M"
            : "none");
  }

  @ParameterizedTest
  @CsvSource({
    "1k, 1024",
    "64G, 68719476736",
    "0xf00000000, 64424509440",
    "17, 17",
    "G, -1",
    "'', -1",
    "-1M, -1",
    "+1M, -1",
    "1 M, -1",
    "9999999999T, -1"
  })
  void sizesAreThoseOfTheCommandLine(String text, long bytes) {
    assertEquals(bytes, MemorySize.parse(text).orElse(-1));
  }
}
