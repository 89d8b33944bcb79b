package io.nvmetsh.device;

import java.util.List;
import java.util.Optional;

/**
 * A block device that could back a namespace.
 *
 * @param name the kernel's, {@code nvme0n1}, {@code dm-0}
 * @param path what to write as {@code device_path}: {@code /dev/nvme0n1}, and for device-mapper,
 *     whose numbers change from boot to boot, {@code /dev/mapper/vg0-lun0}
 * @param bytes its size
 * @param blockBytes size of a logical block, usually 512 or 4096
 * @param label what people call it: a device-mapper name, the file behind a loop device
 * @param disk of a partition, the disk it is on
 * @param partitions of a disk, the names of its partitions
 * @param members the devices below a device-mapper or md device
 * @param uses what it, or a partition of it, is in use for
 */
public record BlockDevice(
    String name,
    String path,
    Kind kind,
    long bytes,
    int blockBytes,
    boolean readOnly,
    Optional<String> label,
    Optional<String> disk,
    List<String> partitions,
    List<String> members,
    List<Use> uses) {

  /** The kinds of block devices that matter to nvmet. */
  public enum Kind {
    NVME_NAMESPACE("NVMe namespace"),
    PARTITION("partition"),
    LOGICAL_VOLUME("logical volume"),
    DEVICE_MAPPER("device-mapper device"),
    MD("md device"),
    LOOP("loop device"),
    OTHER("disk");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** As a person says it. */
    public String title() {
      return title;
    }
  }

  /**
   * One use of a block device by something that would not survive a second writer.
   *
   * @param device the device itself or a partition of it
   * @param by where it is mounted, what holds it; empty for swap
   */
  public record Use(String device, How how, String by) {

    /** How a device is used. */
    public enum How {
      MOUNTED,
      SWAP,
      HELD
    }

    /** As a person says it: {@code nvme3n1p1 mounted at /srv}, {@code held by md0}. */
    public String describe(String subject) {
      String text =
          switch (how) {
            case MOUNTED -> "mounted at " + by;
            case SWAP -> "swap";
            case HELD -> "held by " + by;
          };
      return device.equals(subject) ? text : device + " " + text;
    }
  }

  public BlockDevice {
    partitions = List.copyOf(partitions);
    members = List.copyOf(members);
    uses = List.copyOf(uses);
  }

  public boolean isInUse() {
    return !uses.isEmpty();
  }
}
