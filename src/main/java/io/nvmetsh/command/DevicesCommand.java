package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Sections;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.device.NvmeNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what can be behind a namespace: the NVMe drives, and whatever else is a block device. */
final class DevicesCommand implements Command {

  private static final List<Column> DRIVES =
      List.of(
          new Column("device", "device"),
          new Column("pci_address", "PCI address"),
          new Column("model", "model"),
          new Column("serial", "serial"),
          new Column("bytes", "size"),
          new Column("block_bytes", "block"),
          new Column("numa_node", "NUMA"),
          new Column("p2p_queues", "P2P"),
          new Column("use", "use"));
  private static final List<Column> OTHERS =
      List.of(
          new Column("device", "device"),
          new Column("kind", "kind"),
          new Column("bytes", "size"),
          new Column("on", "on"),
          new Column("use", "use"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "devices",
        List.of(),
        Group.MACHINE,
        "list the NVMe drives and what they are in use for",
        List.of(),
        List.of(Option.toggle("all", 'a', "also other block devices")),
        """
        One line for each namespace of each NVMe drive on the PCI bus. P2P is the number of queues
        that the drive granted for peer-to-peer use, which offload needs; it can be less than the
        nvme module asked for. Use is what has it mounted, holds it, or exports it already.""",
        List.of("devices", "devices --all"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Exports exports = Exports.of(context);
    Table drives = new Table(DRIVES, drives(context.inventory(), exports));
    if (!arguments.has("all")) {
      return Effect.Show.of(drives);
    }
    Table others = new Table(OTHERS, others(context.inventory(), exports));
    return Effect.Show.of(
        new Sections(
            List.of(
                new Section("drives", "NVMe drives", drives),
                new Section("others", "other block devices", others))));
  }

  private static List<List<Cell>> drives(Inventory inventory, Exports exports) {
    List<List<Cell>> rows = new ArrayList<>();
    for (NvmeDrive drive : inventory.drives()) {
      if (drive.namespaces().isEmpty()) {
        Cell none = Cell.of("no namespace", Tone.FAINT);
        rows.add(row(drive, drive.path(), Cell.unknown(), Cell.unknown(), none));
      }
      for (NvmeNamespace namespace : drive.namespaces()) {
        Optional<BlockDevice> device = inventory.blockDevice(namespace.path());
        List<String> uses = device.map(exports::uses).orElse(List.of());
        rows.add(
            row(
                drive,
                namespace.path(),
                bytes(namespace.bytes()),
                Cell.of(Integer.toString(namespace.blockBytes()), (long) namespace.blockBytes()),
                use(uses)));
      }
    }
    return rows;
  }

  private static List<Cell> row(NvmeDrive drive, String path, Cell size, Cell block, Cell use) {
    return List.of(
        Cell.of(path, Tone.PATH),
        Cell.of(drive.pciAddress()),
        Cell.of(drive.model()),
        Cell.of(drive.serial()),
        size,
        block,
        number(drive.numaNode()),
        number(drive.p2pQueues()),
        use);
  }

  private static List<List<Cell>> others(Inventory inventory, Exports exports) {
    List<List<Cell>> rows = new ArrayList<>();
    for (BlockDevice device : inventory.blockDevices()) {
      boolean drive =
          device.kind() == BlockDevice.Kind.NVME_NAMESPACE
              && inventory.driveBehind(device.path()).isPresent();
      if (!drive) {
        rows.add(
            List.of(
                Cell.of(device.path(), Tone.PATH),
                Cell.of(device.kind().title()),
                bytes(device.bytes()),
                on(device),
                use(exports.uses(device))));
      }
    }
    return rows;
  }

  /** What it consists of, or is a part of. */
  private static Cell on(BlockDevice device) {
    List<String> below = new ArrayList<>(device.members());
    device.disk().ifPresent(below::add);
    if (device.kind() == BlockDevice.Kind.LOOP) {
      device.label().ifPresent(below::add);
    }
    return below.isEmpty() ? new Cell("", null, Tone.PLAIN) : Cell.of(String.join(" ", below));
  }

  private static Cell use(List<String> uses) {
    return uses.isEmpty()
        ? new Cell("free", "", Tone.GOOD)
        : Cell.of(String.join(", ", uses), Tone.WARN);
  }

  private static Cell bytes(long bytes) {
    return Cell.of(ByteCount.text(bytes), (Object) bytes);
  }

  private static Cell number(Optional<Integer> number) {
    return number.isPresent()
        ? Cell.of(Integer.toString(number.get()), (Object) number.get().longValue())
        : Cell.unknown();
  }
}
