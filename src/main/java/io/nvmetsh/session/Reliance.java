package io.nvmetsh.session;

import io.nvmetsh.command.Requirement;
import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.ValueType.CandidateSource;
import java.util.List;
import java.util.Optional;

/**
 * What a change relied on of the machine it was made on: recordings have it, since the next machine
 * may be another.
 *
 * @param identity what a device is known by whatever name it gets at the next start: {@code
 *     /dev/nvme0n1} may be another drive tomorrow. It stands as a comment beside the name.
 * @param fact what must be so elsewhere, too
 */
record Reliance(Optional<String> identity, Optional<Requirement> fact) {

  private static final Reliance NONE = new Reliance(Optional.empty(), Optional.empty());

  boolean isNone() {
    return identity.isEmpty() && fact.isEmpty();
  }

  static Reliance of(Change change, Inventory inventory) {
    if (!(change instanceof Change.SetAttribute set) || set.value().isEmpty()) {
      return NONE;
    }
    CandidateSource source = set.row().type().source();
    if (source == CandidateSource.CONTROLLERS || source == CandidateSource.BLOCK_DEVICES) {
      Optional<NvmeDrive> drive = Requirement.drive(inventory, set.value());
      Requirement device = Requirement.device(set.value(), drive);
      // a name for a device that will come is no fact
      boolean there =
          !device.details().isEmpty() || inventory.fileKind(set.value()) != FileKind.ABSENT;
      return new Reliance(
          identity(set.value(), drive, inventory), there ? Optional.of(device) : Optional.empty());
    }
    // a referral's address is another machine's
    boolean own = set.row().owner() == NodeKind.PORT && source == CandidateSource.LOCAL_ADDRESSES;
    return own && inventory.address(set.value()).isPresent()
        ? new Reliance(Optional.empty(), Optional.of(Requirement.address(set.value())))
        : NONE;
  }

  private static Optional<String> identity(
      String path, Optional<NvmeDrive> drive, Inventory inventory) {
    if (drive.isPresent()) {
      return drive.map(Reliance::describe);
    }
    Optional<BlockDevice> device = inventory.blockDevice(path);
    if (device.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = inventory.stableNames(device.get());
    return names.isEmpty() || names.contains(path) ? Optional.empty() : Optional.of(names.get(0));
  }

  private static String describe(NvmeDrive drive) {
    String serial = drive.serial().strip();
    return "PCI " + drive.pciAddress() + (serial.isEmpty() ? "" : " serial " + serial);
  }
}
