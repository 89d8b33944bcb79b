package io.nvmetsh.device;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the kernel begins with at boot. It holds the modules that the root file system needs, and a
 * copy of the options that they are to be loaded with, as these were when it was written. What is
 * in it cannot be seen without unpacking it; what must be in it can.
 *
 * @param command what writes it anew on this machine; empty where neither tool is known to be there
 * @param needs a file system, on an NVMe drive, without which the machine does not boot
 */
public record Initramfs(Optional<String> command, Optional<String> needs) {

  /** Where the tools are, in the order of preference: Debian has dracut as well. */
  private static final String[][] TOOLS = {
    {"/usr/sbin/update-initramfs", "update-initramfs -u"},
    {"/usr/bin/dracut", "dracut -f"},
    {"/usr/sbin/dracut", "dracut -f"}
  };

  private static final List<String> NEEDED = List.of("/", "/usr");

  /** Whether a module is one that is loaded so early: those that drives hang on. */
  public static boolean mayHold(String module) {
    return module.equals("nvme") || module.equals("nvme_core");
  }

  /** That of a machine. */
  public static Initramfs of(Inventory inventory) {
    Optional<String> command = Optional.empty();
    for (String[] tool : TOOLS) {
      boolean there = inventory.fileKind(tool[0]) != SysTree.FileKind.ABSENT;
      command = command.isEmpty() && there ? Optional.of(tool[1]) : command;
    }
    return new Initramfs(command, needs(inventory));
  }

  private static Optional<String> needs(Inventory inventory) {
    for (BlockDevice device : inventory.blockDevices()) {
      for (BlockDevice.Use use : device.uses()) {
        if (use.how() == BlockDevice.Use.How.MOUNTED
            && NEEDED.contains(use.by())
            && isOnNvme(inventory, use.device())) {
          return Optional.of(use.by());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a device is on a drive, or some member of it, however far down, is. */
  private static boolean isOnNvme(Inventory inventory, String name) {
    Deque<String> left = new ArrayDeque<>(List.of(name));
    Set<String> seen = new HashSet<>();
    while (!left.isEmpty()) {
      String next = left.remove();
      if (seen.add(next)) {
        Optional<BlockDevice> device = inventory.blockDevice("/dev/" + next);
        if (inventory.driveBehind("/dev/" + next).isPresent()) {
          return true;
        }
        device.ifPresent(found -> left.addAll(found.members()));
      }
    }
    return false;
  }
}
