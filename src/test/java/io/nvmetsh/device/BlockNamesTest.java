package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockNamesTest {

  @Test
  void aHeadsControllersAreThoseOfItsPaths() {
    BlockNames names = new BlockNames(Machines.tree("fabrics"));
    assertEquals(List.of("nvme2", "nvme3"), names.controllersOf("nvme3n1"));
    assertEquals(List.of("nvme0"), names.controllersOf("nvme0n1"));
    assertEquals(List.of("nvme4"), names.controllersOf("nvme4n1"));
    assertEquals(List.of(), names.controllersOf("sda"));
    assertEquals(List.of("nvme3n1"), names.disksOf("nvme2"));
    assertEquals(List.of("nvme3n1"), names.disksOf("nvme3"));
  }

  @Test
  void aHeadWithoutPathsHasNoController() {
    BlockNames names = new BlockNames(Machines.tree("odd"));
    assertEquals(List.of(), names.controllersOf("nvme5n1"));
    assertEquals(List.of(), names.disksOf("nvme5"));
  }

  @Test
  void onlyWhatSaysSoIsAPartition() {
    SysTree tree =
        DumpSysTree.parse(
            "m",
            """
            nvmetsh machine 1
            /sys/class/block/sda
              size = 1
            /sys/class/block/sda1
              partition = 1
            /sys/class/block/sda10
              partition = 10
            /sys/class/block/md
            /sys/class/block/md0
            /sys/class/block/md0p1
              partition = 1
            """);
    BlockNames names = new BlockNames(tree);
    assertEquals(List.of("sda1", "sda10"), names.partitionsOf("sda"));
    assertEquals(List.of("md0p1"), names.partitionsOf("md0"));
    assertEquals(List.of(), names.partitionsOf("md"), "md0 looks like one and is none");
    assertEquals(List.of("md", "md0", "md0p1", "sda", "sda1", "sda10"), names.visible());
  }
}
