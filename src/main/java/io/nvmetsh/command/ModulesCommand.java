package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Table;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.KernelModule;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the kernel modules that a target needs, loads and unloads them. */
final class ModulesCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("module", "module"),
          new Column("state", "state"),
          new Column("version", "version"),
          new Column("references", "used"),
          new Column("parameters", "parameters"),
          new Column("help", "what it is for"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "modules",
        List.of(),
        Group.MACHINE,
        "list, load or unload the kernel modules of a target",
        List.of(
            Argument.choice(
                "ACTION",
                false,
                new Choice("load", "load a module and what it depends on"),
                new Choice("unload", "unload a module that nothing uses")),
            Argument.optional("NAME", Kind.WORD),
            Argument.many("PARAMETER=VALUE", Kind.WORD)),
        List.of(
            Option.toggle("all", 'a', "all parameters of the modules, not only those of offload"),
            SetCommand.FORCE),
        """
        Loading works as modprobe does, dependencies included. Parameters count when a module is
        loaded: to change one, unload the module first. A dash in a name is as good as an
        underscore. What offload needs: nvme with num_p2p_queues, nvmet, nvmet_rdma.""",
        List.of(
            "modules",
            "modules load nvmet-rdma offload_mem_start=0xf00000000 offload_mem_size=2048"
                + " offload_buffer_size=256",
            "modules unload nvmet-rdma"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> action = arguments.word(0);
    if (action.isEmpty()) {
      return Effect.Show.of(table(context.inventory(), arguments.has("all")));
    }
    String name = name(arguments);
    boolean load = action.get().equals("load");
    List<String> rest = arguments.words().subList(2, arguments.words().size());
    if (!load && !rest.isEmpty()) {
      throw usage("one word too many: " + rest.get(0), "write:  modules unload " + name);
    }
    Change change =
        load ? new Change.LoadModule(name, parameters(rest)) : new Change.UnloadModule(name);
    return Effect.Apply.of(new Plan(List.of(change), arguments.has("force")));
  }

  private static String name(Arguments arguments) {
    String action = arguments.required(0);
    String name =
        arguments
            .word(1)
            .orElseThrow(
                () -> usage(action + " which module?", "write:  modules " + action + " nvmet"));
    for (int i = 0; i < name.length(); i++) {
      if (!isNameCharacter(name.charAt(i)) || name.charAt(0) == '-') {
        throw usage(
            "no name of a module: " + Words.quote(name), "write:  modules " + action + " nvmet");
      }
    }
    return TargetModules.spelled(name);
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static SortedMap<String, String> parameters(List<String> words) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      boolean named = equals > 0;
      for (int i = 0; i < equals; i++) {
        named &= isNameCharacter(word.charAt(i));
      }
      if (!named) {
        throw usage("no parameter with a value: " + Words.quote(word), "write:  PARAMETER=VALUE");
      }
      String value = word.substring(equals + 1);
      boolean known = !Placeholder.isIn(value);
      if (known && (value.isEmpty() || value.indexOf(' ') >= 0 || !Printable.isPrintable(value))) {
        throw usage("no value of a parameter: " + Words.quote(value), "write:  PARAMETER=VALUE");
      }
      parameters.put(word.substring(0, equals), value);
    }
    return parameters;
  }

  private static RuntimeException usage(String message, String hint) {
    return Problem.of(Problem.Kind.USAGE, "modules: " + message, hint).asException();
  }

  private static Table table(Inventory inventory, boolean all) {
    List<List<Cell>> rows = new ArrayList<>();
    for (TargetModules.Module module : TargetModules.MODULES) {
      Optional<KernelModule> found = inventory.module(module.name());
      if (found.isPresent() || !module.optional()) {
        rows.add(
            List.of(
                Cell.of(module.name(), Tone.STRONG),
                state(found),
                inventory.moduleVersion(module.name()).map(Cell::of).orElseGet(Cell::unknown),
                references(found),
                Cell.of(parameters(inventory, module.name(), all)),
                Cell.of(module.help())));
      }
    }
    return new Table(COLUMNS, rows);
  }

  private static Cell state(Optional<KernelModule> module) {
    if (module.isEmpty()) {
      return Cell.of("not loaded", Tone.FAINT);
    }
    return Cell.of(module.get().builtIn() ? "built in" : "loaded", Tone.GOOD);
  }

  private static Cell references(Optional<KernelModule> module) {
    return module.isEmpty() || module.get().builtIn()
        ? Cell.unknown()
        : Cell.of(Integer.toString(module.get().references()), (Object) module.get().references());
  }

  private static String parameters(Inventory inventory, String module, boolean all) {
    Map<String, String> values = new TreeMap<>();
    if (all) {
      values.putAll(inventory.parameters(module));
    } else {
      for (TargetModules.Parameter each : TargetModules.PARAMETERS) {
        if (each.module().equals(module)) {
          inventory
              .parameter(module, each.name())
              .ifPresent(value -> values.put(each.name(), value));
        }
      }
    }
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      words.add(value.getKey() + "=" + value.getValue());
    }
    return String.join(" ", words);
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    return switch (before.words().size()) {
      case 0 -> Completion.ofArgument(spec(), context, before, word);
      case 1 -> names(context, before.required(0).equals("load"), word);
      default -> parameters(context, before, word);
    };
  }

  private static List<Candidate> names(Context context, boolean load, String word) {
    Offer offer = new Offer(word);
    for (TargetModules.Module module : TargetModules.MODULES) {
      if (context.inventory().module(module.name()).isPresent() != load) {
        offer.add(module.name(), module.help());
      }
    }
    return offer.candidates();
  }

  private static List<Candidate> parameters(Context context, Arguments before, String word) {
    Offer offer = new Offer(word);
    boolean vendor = context.flavor().ofed().isPresent();
    for (TargetModules.Parameter each : TargetModules.PARAMETERS) {
      if (each.module().equals(TargetModules.spelled(before.required(1)))
          && before.required(0).equals("load")
          && (vendor || !each.vendor())) {
        offer.open(each.name() + "=", each.form() + ": " + each.help());
      }
    }
    return offer.candidates();
  }
}
