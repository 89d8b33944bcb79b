package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.device.MemoryRange;
import io.nvmetsh.schema.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what machine and kernel this is, or writes the machine down in a file. */
final class MachineCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "machine",
        List.of(),
        Group.MACHINE,
        "say what machine and kernel this is, or write it down",
        List.of(
            Argument.choice(
                "ACTION", false, new Choice("dump", "write the machine down in one file")),
            Argument.optional("FILE", Kind.FILE)),
        List.of(Option.toggle("force", 'f', "replace the file")),
        """
        machine dump writes down the drives, network cards and modules of this machine in one file,
        for nvmetsh --sim --machine FILE to be that machine elsewhere. It holds serial numbers,
        addresses and the name of the host. Without FILE it is shown.\
        """,
        List.of("machine", "machine dump"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> action = arguments.word(0);
    if (action.isEmpty()) {
      return Effect.Show.of(new Document.Pairs(summary(context)));
    }
    String dump = MachineDump.of(context.target().sys());
    if (arguments.word(1).isPresent()) {
      return new Effect.WriteFiles(
          List.of(new FileContent(context.file(arguments.required(1)), dump)),
          arguments.has("force"),
          List.of("it holds serial numbers, addresses and the name of the host"));
    }
    return Effect.Show.of(Document.Lines.of(dump.stripTrailing().split("\n", -1)));
  }

  private static Map<String, Cell> summary(Context context) {
    Inventory inventory = context.inventory();
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("host", Cell.of(inventory.hostName()));
    pairs.put("simulated", simulated(context));
    pairs.put("kernel", Cell.of(inventory.kernelRelease()));
    pairs.put("nvmet", Cell.of(context.flavor().describe()));
    pairs.put(
        "vendor_driver",
        inventory
            .ofedRelease()
            .map(release -> Cell.of("MLNX_OFED " + release))
            .orElseGet(() -> new Cell("none", null, Tone.FAINT)));
    pairs.put("build_options", features(context));
    pairs.put("command_line", Cell.of(inventory.kernelCommandLine().orElse("")));
    pairs.put("memory", memory(inventory));
    pairs.put("drives", count(inventory.driveAddresses().size()));
    pairs.put("rdma_devices", count(inventory.rdmaDevices().size()));
    return pairs;
  }

  private static Cell simulated(Context context) {
    return context.target().simulated()
        ? new Cell("yes, " + context.target().label(), true, Tone.WARN)
        : new Cell("no", false, Tone.PLAIN);
  }

  private static Cell features(Context context) {
    List<String> options = new ArrayList<>();
    for (Feature feature : Feature.values()) {
      if (context.flavor().has(feature)) {
        options.add(feature.option());
      }
    }
    return options.isEmpty()
        ? new Cell("none that matter to nvmet", "", Tone.FAINT)
        : Cell.of(String.join(" ", options));
  }

  /** What the kernel uses ends somewhere: above it a staging buffer for offload can be. */
  private static Cell memory(Inventory inventory) {
    Optional<List<MemoryRange>> ranges = inventory.kernelMemory();
    if (ranges.isEmpty() || ranges.get().isEmpty()) {
      return new Cell("unknown; only root is told", null, Tone.FAINT);
    }
    long bytes = 0;
    long last = 0;
    for (MemoryRange range : ranges.get()) {
      bytes += range.last() - range.first() + 1;
      last = Math.max(last, range.last());
    }
    return new Cell(
        ByteCount.text(bytes) + " used by the kernel, up to 0x" + Long.toHexString(last),
        bytes,
        Tone.PLAIN);
  }

  private static Cell count(int count) {
    return Cell.of(Integer.toString(count), (Object) count);
  }
}
