package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MemorySize;
import io.nvmetsh.offload.Staging;
import io.nvmetsh.offload.StagingPlan;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.plan.ModuleValues;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Works out where the staging buffers of offload go, and what to type for it. */
final class PlanMemoryCommand implements Command {

  private static final long MIB = 1 << 20;
  private static final long USUAL_CONTEXTS = 8;
  private static final long USUAL_BUFFER = 256;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "plan-memory",
        List.of(),
        Group.OFFLOAD,
        "work out memory for staging buffers, and what to type for it",
        List.of(),
        List.of(
            size("ram", "what the machine has; what is installed in this one, if it tells"),
            size("buffer", "one staging buffer, a power of two; 256M"),
            count("contexts", "how many of them: one for each port, subsystem and queue; 8"),
            count("drives", "instead: how many drives, each a subsystem of its own"),
            count("ports", "how many ports each of these is linked to; 1"),
            size("size", "instead: all buffers together"),
            Option.valued("start", '\0', "ADDRESS", Kind.WORD, "where they begin, to be checked"),
            size("mem", "where the kernel's memory ends, to be checked")),
        """
        Sizes are as on the kernel's command line, 64G or 256M; without a letter, and in JSON, they
        are MiB. An address is in bytes, 0xf00000000, or 60G.

        The kernel is booted with mem=, which is an address and not an amount: it has what is memory
        below that. memmap= with the same size and no place says the same; the vendor's example has
        both. The buffers lie above, with 2 GiB between and 2 GiB behind, as in that example. What
        is worked out, or stated with --start, --size and --mem, is refused where the driver would
        refuse it, pass it over or go wrong with it, and compared with this machine: what the
        firmware says is memory, and what the kernel uses now. Nothing is changed; what to type is
        printed.""",
        List.of(
            "plan-memory --ram 64G --buffer 256M --contexts 8",
            "plan-memory --drives 2 --ports 2",
            "plan-memory --start 0xf00000000 --size 2048M"));
  }

  private static Option size(String name, String help) {
    return Option.valued(name, '\0', "SIZE", Kind.WORD, help);
  }

  private static Option count(String name, String help) {
    return Option.valued(name, '\0', "N", Kind.WORD, help);
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Inventory inventory = context.inventory();
    OptionalLong installed = StagingPlan.installed(inventory);
    long ram = ram(arguments, installed);
    long buffer = mib(arguments, "buffer").orElse(USUAL_BUFFER);
    OptionalLong needed = contexts(arguments);
    OptionalLong size = mib(arguments, "size");
    OptionalLong start = start(arguments);
    boolean here = installed.isEmpty() || installed.getAsLong() == ram;
    StagingPlan plan =
        StagingPlan.of(
            ram,
            limit(arguments, here && start.isPresent() ? inventory.memoryLimit() : start),
            start,
            size.orElseGet(() -> product(needed.orElse(USUAL_CONTEXTS), buffer)),
            buffer);
    refuse(context, plan, start.isPresent());
    MemoryReport report = new MemoryReport(inventory, plan, here);
    return Effect.Show.of(report.document(installed, needed));
  }

  private static long ram(Arguments arguments, OptionalLong installed) {
    OptionalLong ram = mib(arguments, "ram");
    if (ram.isEmpty() && installed.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "plan-memory: this machine does not tell how much memory it has (it tells root)",
              "say it:  plan-memory --ram 64G")
          .asException();
    }
    return ram.orElseGet(installed::getAsLong);
  }

  /** Where the kernel ends: as said; for a stated place as it is booted now, if it is so at all. */
  private static OptionalLong limit(Arguments arguments, OptionalLong booted) {
    OptionalLong said = mib(arguments, "mem");
    return said.isPresent() || booted.isEmpty() ? said : OptionalLong.of(booted.getAsLong() / MIB);
  }

  /** How many contexts are to have a buffer; empty where nobody says. */
  private static OptionalLong contexts(Arguments arguments) {
    if (arguments.option("contexts").isPresent()) {
      return OptionalLong.of(Numbers.count("--contexts", arguments.option("contexts").get()));
    } else if (arguments.option("drives").isEmpty()) {
      return OptionalLong.empty();
    }
    long drives = Numbers.count("--drives", arguments.option("drives").get());
    long ports = Numbers.count("--ports", arguments.option("ports").orElse("1"));
    return OptionalLong.of(drives * ports);
  }

  /** What is more than any machine has is refused, not calculated with. */
  private static long product(long contexts, long buffer) {
    long most = Integer.MAX_VALUE;
    return buffer > most / contexts ? most : contexts * buffer;
  }

  private static OptionalLong mib(Arguments arguments, String option) {
    Optional<String> text = arguments.option(option);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    boolean bare = text.get().chars().allMatch(c -> c >= '0' && c <= '9');
    OptionalLong bytes = MemorySize.parse(bare ? text.get() + "M" : text.get());
    if (bytes.isEmpty() || bytes.getAsLong() == 0 || bytes.getAsLong() % MIB != 0) {
      throw invalid(option, text.get(), "is no size in whole MiB", "256M or 64G");
    }
    return OptionalLong.of(bytes.getAsLong() / MIB);
  }

  private static OptionalLong start(Arguments arguments) {
    Optional<String> text = arguments.option("start");
    if (text.isPresent() && MemorySize.parse(text.get()).isEmpty()) {
      throw invalid("start", text.get(), "is no address", "0xf00000000 or 60G");
    }
    return text.isEmpty() ? OptionalLong.empty() : MemorySize.parse(text.get());
  }

  private static RuntimeException invalid(String option, String text, String what, String example) {
    return Problem.of(
            Problem.Kind.INVALID,
            "plan-memory: --" + option + " " + Words.quote(text) + " " + what,
            "write for instance:  --" + option + " " + example.split(" ", 2)[0])
        .with("value", text)
        .asException();
  }

  /** What the driver would not take, or would take and go wrong with. */
  private static void refuse(Context context, StagingPlan plan, boolean stated) {
    Staging staging = plan.staging();
    Change change = new Change.SetOptions("nvmet_rdma", staging.parameters());
    new ChangeCheck(context.inventory())
        .problem(change, context.tree(), true)
        .ifPresent(PlanMemoryCommand::hazard);
    if (plan.isFull()) {
      throw conflict(plan.objection().orElseThrow(), "ask for less:  plan-memory --contexts 1");
    }
    for (Map.Entry<String, String> each : staging.parameters().entrySet()) {
      ModuleValues.problem("nvmet_rdma", each.getKey(), each.getValue(), context.flavor())
          .ifPresent(
              problem -> {
                throw problem.asException();
              });
    }
    if (staging.ignored().isPresent()) {
      throw conflict(
          "the driver would pass all of it over without a word: " + staging.ignored().get(),
          "smaller buffers:  plan-memory --size " + staging.size() + "M --buffer 16M");
    } else if (staging.waste().isPresent()) {
      Staging rounded = staging.rounded();
      throw conflict(
          staging.waste().get(),
          "nothing unused:  " + (stated ? rounded.plan() : elsewhere(rounded)));
    } else if (plan.objection().isPresent()) {
      throw conflict(plan.objection().get(), "leave the place to it:  " + elsewhere(staging));
    }
  }

  private static String elsewhere(Staging staging) {
    return "plan-memory --size " + staging.size() + "M --buffer " + staging.buffer() + "M";
  }

  /** Of what is only worked out there is nothing to force. */
  private static void hazard(Problem problem) {
    throw Problem.of(
            problem.kind(),
            problem.message(),
            "fewer or smaller buffers:  plan-memory --contexts 8 --buffer 256M",
            "more:  explain HAZ-STAGING-4G")
        .with("rule", "HAZ-STAGING-4G")
        .asException();
  }

  private static RuntimeException conflict(String message, String hint) {
    return Problem.of(Problem.Kind.CONFLICT, "plan-memory: " + message, hint).asException();
  }
}
