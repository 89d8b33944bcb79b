package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Sections;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.device.RdmaPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the RDMA devices with the addresses a port can listen on, and whether they can offload. */
final class NicsCommand implements Command {

  private static final List<Column> DEVICES =
      List.of(
          new Column("device", "device"),
          new Column("pci_address", "PCI address"),
          new Column("adapter", "adapter"),
          new Column("firmware", "firmware"),
          new Column("numa_node", "NUMA"),
          new Column("link", "link"),
          new Column("offload", "offload"),
          new Column("addresses", "addresses"));
  private static final List<Column> ADDRESSES =
      List.of(
          new Column("address", "address"),
          new Column("interface", "interface"),
          new Column("link", "link"),
          new Column("rdma", "RDMA"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "nics",
        List.of(),
        Group.MACHINE,
        "list the RDMA devices, their addresses and whether they can offload",
        List.of(),
        List.of(Option.toggle("all", 'a', "also every address, with RDMA or without")),
        """
        One line for each RDMA device. Offload needs a ConnectX-5 or later and the vendor's driver;
        whether the firmware grants it is only known when a port is linked. Link-local addresses
        are left out without --all.""",
        List.of("nics", "nics --all"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    List<List<Cell>> rows = new ArrayList<>();
    for (RdmaDevice device : context.inventory().rdmaDevices()) {
      rows.add(row(context, device));
    }
    Table devices = new Table(DEVICES, rows);
    if (!arguments.has("all")) {
      return Effect.Show.of(devices);
    }
    return Effect.Show.of(
        new Sections(
            List.of(
                new Section("devices", "RDMA devices", devices),
                new Section("addresses", "addresses", addresses(context)))));
  }

  private static List<Cell> row(Context context, RdmaDevice device) {
    List<String> addresses = new ArrayList<>();
    for (LocalAddress address : context.inventory().addresses()) {
      if (!address.linkLocal() && address.rdma().filter(device::equals).isPresent()) {
        addresses.add(address.text());
      }
    }
    return List.of(
        Cell.of(device.name(), Tone.STRONG),
        optional(device.pciAddress()),
        Cell.of(device.generation().title()),
        optional(Optional.of(device.firmware()).filter(text -> !text.isEmpty())),
        device.numaNode().isPresent()
            ? Cell.of(
                Integer.toString(device.numaNode().get()),
                (Object) device.numaNode().get().longValue())
            : Cell.unknown(),
        link(device),
        offload(context, device),
        addresses.isEmpty()
            ? new Cell("none", "", Tone.WARN)
            : Cell.of(String.join(" ", addresses)));
  }

  private static Cell optional(Optional<String> text) {
    return text.map(Cell::of).orElseGet(Cell::unknown);
  }

  private static Cell link(RdmaDevice device) {
    List<String> words = new ArrayList<>();
    for (RdmaPort port : device.ports()) {
      String rate = port.rate().replaceFirst(" *\\(.*", "");
      words.add(port.isActive() ? port.linkLayer() + " " + rate : port.state());
    }
    return Cell.of(String.join(", ", words), device.isActive() ? Tone.GOOD : Tone.WARN);
  }

  private static Cell offload(Context context, RdmaDevice device) {
    if (context.flavor().ofed().isEmpty()) {
      return Cell.of("no: not MLNX_OFED", Tone.FAINT);
    }
    return switch (device.offload()) {
      case CAPABLE -> Cell.of("capable", Tone.GOOD);
      case INCAPABLE -> Cell.of("no: before ConnectX-5", Tone.WARN);
      case UNKNOWN -> Cell.of("unknown", Tone.WARN);
    };
  }

  private static Table addresses(Context context) {
    List<List<Cell>> rows = new ArrayList<>();
    for (LocalAddress address : context.inventory().addresses()) {
      rows.add(
          List.of(
              Cell.of(address.text()),
              optional(address.netDevice()),
              Cell.of(address.up() ? "up" : "down", address.up() ? Tone.GOOD : Tone.WARN),
              address.rdma().isPresent()
                  ? Cell.of(address.rdma().get().name())
                  : new Cell("no", null, Tone.FAINT)));
    }
    return new Table(ADDRESSES, rows);
  }
}
