package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.device.BootLoader;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MemoryRange;
import io.nvmetsh.device.MemorySize;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.offload.StagingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code plan-memory} shows: the plan, how it fits this machine, what to type. */
final class MemoryReport {

  private static final long MIB = 1 << 20;
  private static final List<Column> CHECKS =
      List.of(
          new Column("check", "check"),
          new Column("state", "state"),
          new Column("finding", "finding"));

  private final Inventory inventory;
  private final StagingPlan plan;
  private final Staging staging;
  private final boolean here;
  private final List<List<Cell>> checks = new ArrayList<>();

  /**
   * @param here whether it is a plan for this machine
   */
  MemoryReport(Inventory inventory, StagingPlan plan, boolean here) {
    this.inventory = inventory;
    this.plan = plan;
    this.staging = plan.staging();
    this.here = here;
  }

  /**
   * @param installed what this machine has, in MiB; empty when it does not tell
   * @param needed how many contexts are to have a buffer; empty when nobody says
   */
  Document document(OptionalLong installed, OptionalLong needed) {
    check(installed, needed);
    return new Document.Sections(
        List.of(
            new Section("plan", "", new Document.Pairs(pairs())),
            new Section("checks", "", new Document.Table(CHECKS, checks)),
            new Section("type", "to do", new Document.Lines(steps()))));
  }

  private Map<String, Cell> pairs() {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    pairs.put("ram", Cell.of(MemorySize.text(plan.ram()), (Object) plan.ram()));
    pairs.put(
        "kernel_end",
        Cell.of(
            MemorySize.text(plan.limit()) + ": what is memory below that is the kernel's",
            (Object) plan.limit()));
    pairs.put("boot", Cell.of(plan.words()));
    String first = "0x" + Long.toHexString(staging.start());
    String last = Long.toHexString(staging.start() + staging.size() * MIB - 1);
    pairs.put("offload_mem_start", Cell.of(first + " (up to 0x" + last + ")", first));
    pairs.put("offload_mem_size", number(staging.size(), " MiB"));
    pairs.put("offload_buffer_size", number(staging.buffer(), " MiB"));
    pairs.put("contexts", number(staging.buffers(), ""));
    return pairs;
  }

  private static Cell number(long value, String unit) {
    return Cell.of(value + unit, (Object) value);
  }

  private void check(OptionalLong installed, OptionalLong needed) {
    List<String> cautions = plan.cautions();
    cautions.forEach(caution -> add("place", false, caution));
    if (cautions.isEmpty()) {
      add("place", true, "begins on a page, and on a boundary of 128 MiB");
    }
    add("size", true, "less than 4096 MiB; whole buffers, each a power of two");
    if (needed.isPresent()) {
      add(
          "contexts",
          needed.getAsLong() <= staging.buffers(),
          staging.buffers() + " buffers for " + needed.getAsLong() + " contexts");
    }
    if (here) {
      checkMachine();
    } else {
      unknown(
          "machine",
          "this one has "
              + MemorySize.text(installed.orElse(0))
              + ": not compared, see what the other one says");
    }
  }

  private void checkMachine() {
    Optional<Boolean> memory = plan.isMemory(inventory);
    if (memory.isEmpty()) {
      unknown("memory", "not known: /sys/firmware/memmap is shown to root alone");
    } else {
      add(
          "memory",
          memory.get(),
          memory.get()
              ? "the firmware says that there is memory"
              : "the firmware does not say that all of it is memory");
    }
    Optional<MemoryRange> taken = plan.taken(inventory);
    if (inventory.kernelMemory().isEmpty()) {
      unknown("kernel now", "not known: /proc/iomem is shown to root alone");
    } else {
      add(
          "kernel now",
          taken.isEmpty(),
          taken
              .map(
                  range ->
                      "uses 0x"
                          + Long.toHexString(range.first())
                          + " to 0x"
                          + Long.toHexString(range.last())
                          + ": first boot it as below")
              .orElse("leaves it alone"));
    }
  }

  private void add(String check, boolean good, String finding) {
    checks.add(
        List.of(
            Cell.of(check),
            Cell.of(good ? "good" : "attention"),
            Cell.of(finding, good ? Tone.GOOD : Tone.WARN)));
  }

  private void unknown(String check, String finding) {
    checks.add(List.of(Cell.of(check), Cell.of("unknown"), Cell.of(finding, Tone.FAINT)));
  }

  private List<Cell> steps() {
    List<Cell> steps = new ArrayList<>();
    boolean booted = here && isBooted();
    if (!booted) {
      boot().forEach(step -> steps.add(Cell.of(step)));
    }
    if (here && isSet()) {
      steps.add(Cell.of("nothing more: nvmet_rdma is loaded so; see:  modules"));
    } else {
      steps.add(Cell.of(staging.set()));
    }
    if (!booted) {
      steps.add(Cell.of("reboot"));
    }
    return steps;
  }

  private boolean isBooted() {
    OptionalLong limit = inventory.memoryLimit();
    return limit.isPresent()
        && limit.getAsLong() == plan.limit() * MIB
        && plan.taken(inventory).isEmpty();
  }

  private boolean isSet() {
    Map<String, String> said = new LinkedHashMap<>();
    inventory
        .moduleConfig()
        .options("nvmet_rdma")
        .forEach((name, option) -> said.put(name, option.value()));
    return Staging.of(said).equals(staging);
  }

  private List<String> boot() {
    BootLoader loader = BootLoader.of(inventory);
    List<String> steps = new ArrayList<>();
    if (here && !loader.ways().isEmpty()) {
      return loader.ways().get(0).steps(plan.words());
    }
    for (BootLoader.Way way : BootLoader.Way.values()) {
      steps.add((steps.isEmpty() ? "with " : "or with ") + way.title() + ":");
      way.steps(plan.words()).forEach(step -> steps.add("  " + step));
    }
    return steps;
  }
}
