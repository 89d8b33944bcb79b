package io.nvmetsh.command;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.SysTree;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.schema.ValueType.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a value is one that its attribute takes, and names what this machine has. */
final class ValueStanding {

  private static final Pattern IP = Pattern.compile("[0-9]+(\\.[0-9]*){0,3}|[0-9a-f]*:[0-9a-f:.]*");
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

  private final Inventory inventory;

  ValueStanding(Inventory inventory) {
    this.inventory = inventory;
  }

  Standing of(Attribute row, String value) {
    if (row.isSecret() || value.isEmpty()) {
      return Standing.OPEN;
    }
    return switch (row.type().source()) {
      case BLOCK_DEVICES -> blockDevice(value);
      case CONTROLLERS -> controller(value);
      case DRIVE_ADDRESSES -> driveAddress(value);
      case P2P_PROVIDERS -> value.indexOf(':') < 0 ? Standing.OPEN : provider(value);
      case LOCAL_ADDRESSES -> address(value);
      case NONE, PORT_NUMBERS -> form(row, value);
    };
  }

  /** A file elsewhere can be anything; below /dev it is there or is not. */
  private Standing blockDevice(String value) {
    if (!value.startsWith("/dev/")) {
      return Standing.OPEN;
    }
    if (inventory.blockDevice(value).isPresent()) {
      return Standing.THERE;
    }
    if (value.indexOf('/', "/dev/".length()) > 0) {
      return Standing.OPEN; // names that udev made: a link, found only by following it
    }
    List<String> nodes = new ArrayList<>();
    for (String name : inventory.blockDeviceNames()) {
      nodes.add("/dev/" + name.replace('!', '/'));
    }
    nodes.add("/dev/disk/");
    nodes.add("/dev/mapper/");
    return Standing.among(nodes, value);
  }

  private Standing controller(String value) {
    if (inventory.fileKind(value) != SysTree.FileKind.ABSENT) {
      return Standing.THERE;
    }
    List<String> nodes = new ArrayList<>();
    for (NvmeDrive drive : inventory.drives()) {
      nodes.add("/dev/" + drive.name());
    }
    return Standing.among(nodes, value);
  }

  private Standing driveAddress(String value) {
    return inventory.driveAt(value).isPresent()
        ? Standing.THERE
        : Standing.among(Set.of(PciAddress.CLEAR), value)
            .or(Standing.among(inventory.driveAddresses().values(), value));
  }

  private Standing provider(String value) {
    List<String> addresses = new ArrayList<>();
    inventory.peerMemoryProviders().forEach(device -> addresses.add(device.address()));
    return Standing.among(addresses, value);
  }

  /** An IP address of this machine; what other transports take looks different. */
  private Standing address(String value) {
    if (!IP.matcher(value).matches() || EVERY_ADDRESS.contains(value)) {
      return Standing.OPEN;
    }
    List<String> addresses = new ArrayList<>(EVERY_ADDRESS);
    for (LocalAddress address : inventory.addresses()) {
      addresses.add(address.text());
    }
    return Standing.among(addresses, value);
  }

  private static Standing form(Attribute row, String value) {
    try {
      row.type().canonical(value);
      return Standing.OPEN;
    } catch (InvalidValue e) {
      List<String> words = row.type().words().stream().map(Word::text).toList();
      return words.isEmpty() ? Standing.BEGUN : Standing.among(words, value);
    }
  }
}
