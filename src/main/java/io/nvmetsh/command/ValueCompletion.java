package io.nvmetsh.command;

import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.PciDevice;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.DhchapKey;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.ValueType.Word;
import java.util.Map;
import java.util.Optional;

/** The values an attribute can take here, from its type, the machine and the tree. */
final class ValueCompletion {

  private final Context context;
  private final NvmetPath directory;
  private final Map<String, String> assigned;

  /**
   * @param assigned what the same line sets besides, by attribute: it decides what fits
   */
  ValueCompletion(Context context, NvmetPath directory, Map<String, String> assigned) {
    this.context = context;
    this.directory = directory;
    this.assigned = assigned;
  }

  void add(Attribute row, Offer offer) {
    if (row.isSecret()) {
      addSources(offer);
      return;
    }
    switch (row.type().source()) {
      case NONE -> addWords(row, offer);
      case BLOCK_DEVICES -> new DeviceCompletion(context, directory, offer).addBlockDevices();
      case CONTROLLERS -> new DeviceCompletion(context, directory, offer).addControllers();
      case DRIVE_ADDRESSES ->
          new DeviceCompletion(context, directory, offer).addAddresses(value("device_path"));
      case P2P_PROVIDERS -> addProviders(row, offer);
      case LOCAL_ADDRESSES ->
          new AddressCompletion(context, offer).add(value("addr_trtype"), value("addr_adrfam"));
      case PORT_NUMBERS -> addPortNumbers(offer);
    }
  }

  /** The ways to a key; no key stands on the screen. */
  private void addSources(Offer offer) {
    int file = offer.typed().indexOf('@') + 1;
    if (file > 0) {
      String lead = offer.typed().substring(0, file);
      for (Candidate each : FileCompletion.of(context, offer.typed().substring(file), false)) {
        offer.add(lead + each.value(), each.more(), each::description);
      }
      return;
    }
    offer.add(KeySource.ASK, "asked for, without echo");
    offer.open(KeySource.READ, "read from a file");
    offer.open(KeySource.GENERATE + "@", "made up, and written to a file for the host");
    for (DhchapKey.Form form : DhchapKey.Form.values()) {
      offer.open(KeySource.GENERATE + ":" + form.word() + "@", form.help());
    }
  }

  /** What an attribute is, or will be when the line is run. */
  private String value(String attribute) {
    String value = assigned.get(attribute);
    return value == null ? context.tree().value(directory, attribute, "") : value;
  }

  /** The words of a closed list; of a free value, what it is and what it was at first. */
  private void addWords(Attribute row, Offer offer) {
    String current =
        row.isReadable() ? context.tree().value(directory, row.name(), "").stripTrailing() : "";
    for (Word word : row.type().words(context.flavor())) {
      boolean now = word.text().equals(current);
      offer.add(word.text(), now ? word.help() + " (as it is now)" : word.help());
    }
    if (row.type().words().isEmpty()) {
      if (!Values.isUnset(current)) {
        offer.add(current, "as it is now");
      }
      if (row.initial().known() && !Values.isUnset(row.initial().text())) {
        offer.add(row.initial().text(), "as in a new object");
      }
    }
  }

  private void addProviders(Attribute row, Offer offer) {
    addWords(row, offer);
    offer.add("0", "none");
    offer.add("1", "any provider that is near enough");
    for (PciDevice device : context.inventory().peerMemoryProviders()) {
      offer.add(device.address(), false, () -> describe(device));
    }
  }

  private String describe(PciDevice device) {
    String size = device.p2pMemory().map(ByteCount::text).orElse("unknown size");
    Optional<NvmeDrive> drive = context.inventory().driveAt(device.address());
    return size + (drive.isPresent() ? " on " + drive.get().name() : "");
  }

  private void addPortNumbers(Offer offer) {
    Map<String, NvmetPath> taken =
        PortNumbers.taken(context.tree(), directory, value("addr_trtype"), value("addr_traddr"));
    int next = PortNumbers.NVME;
    while (taken.containsKey(Integer.toString(next))) {
      next++;
    }
    if (next != PortNumbers.NVME) {
      offer.add(Integer.toString(next), "next one that is free at this address");
    }
    addPortNumber(offer, taken, PortNumbers.NVME, "customary for NVMe over Fabrics");
    if (value("addr_trtype").equals("tcp")) {
      addPortNumber(offer, taken, PortNumbers.DISCOVERY, "customary for discovery over TCP");
    }
  }

  private static void addPortNumber(
      Offer offer, Map<String, NvmetPath> taken, int number, String help) {
    NvmetPath by = taken.get(Integer.toString(number));
    offer.add(Integer.toString(number), by == null ? help : help + ", in use by " + by);
  }
}
