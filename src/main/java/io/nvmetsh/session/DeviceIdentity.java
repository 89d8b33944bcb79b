package io.nvmetsh.session;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.ValueType.CandidateSource;
import java.util.List;
import java.util.Optional;

/**
 * What a device is known by whatever name it gets at the next start: {@code /dev/nvme0n1} may be
 * another drive tomorrow. It stands as a comment beside the name in recordings.
 */
final class DeviceIdentity {

  private DeviceIdentity() {}

  /** Of the device that a change names; empty when it names none, or none that is known. */
  static Optional<String> of(Change change, Inventory inventory) {
    if (!(change instanceof Change.SetAttribute set)) {
      return Optional.empty();
    }
    CandidateSource source = StateHash.row(set.path()).type().source();
    if (source == CandidateSource.CONTROLLERS) {
      return inventory
          .drive(set.value().substring(set.value().lastIndexOf('/') + 1))
          .map(DeviceIdentity::describe);
    }
    return source == CandidateSource.BLOCK_DEVICES
        ? ofBlockDevice(set.value(), inventory)
        : Optional.empty();
  }

  private static Optional<String> ofBlockDevice(String path, Inventory inventory) {
    Optional<NvmeDrive> drive = inventory.driveBehind(path);
    if (drive.isPresent()) {
      return drive.map(DeviceIdentity::describe);
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
