package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lists the kernel modules that a target needs, loads and unloads them, sets their options. */
final class ModulesCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "modules",
        List.of(),
        Group.MACHINE,
        "list, load or unload kernel modules, set options",
        List.of(
            Argument.choice(
                "ACTION",
                false,
                new Choice("load", "load a module and what it depends on"),
                new Choice("unload", "unload a module that nothing uses"),
                new Choice("set", "write down options that a module is to be loaded with"),
                new Choice("unset", "take back options that were set")),
            Argument.optional("NAME", Kind.WORD),
            Argument.many("PARAMETER=VALUE", Kind.WORD)),
        List.of(
            Option.toggle("all", 'a', "all parameters of the modules, not only those of offload"),
            SetCommand.FORCE),
        """
        Loading works as modprobe does, dependencies included. Parameters count when a module is
        loaded: to change one, unload the module first. A dash in a name is as good as an
        underscore. What offload needs: nvme with num_p2p_queues, nvmet, nvmet_rdma.

        set writes options to /etc/modprobe.d/nvmetsh.conf, which everybody obeys who loads the
        module, at boot above all, and says what it takes until they count: loading it anew, booting
        again, writing the initramfs anew. unset takes back what set did: the parameters named, or
        all of the module. Where a module would get other values when it is loaded next than it has
        now, they are listed with the file and line that they come from. undo leaves options alone.""",
        List.of(
            "modules",
            "modules load nvmet-rdma offload_mem_start=0xf00000000 offload_mem_size=2048"
                + " offload_buffer_size=256",
            "modules unload nvmet-rdma",
            "modules set nvme num_p2p_queues=2"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> action = arguments.word(0);
    if (action.isEmpty()) {
      return Effect.Show.of(ModuleTable.of(context.inventory(), arguments.has("all")));
    }
    String name = name(arguments);
    boolean force = arguments.has("force");
    List<String> rest = arguments.words().subList(2, arguments.words().size());
    return switch (action.get()) {
      case "load" -> change(new Change.LoadModule(name, parameters(rest)), force);
      case "unload" -> {
        if (!rest.isEmpty()) {
          throw usage("one word too many: " + rest.get(0), "write:  modules unload " + name);
        }
        yield change(new Change.UnloadModule(name), force);
      }
      case "set" -> {
        if (rest.isEmpty()) {
          throw usage("set which parameter?", "write:  modules set " + name + " PARAMETER=VALUE");
        }
        yield new ModuleOptions(context, name).set(parameters(rest), force);
      }
      default -> new ModuleOptions(context, name).unset(names(name, rest));
    };
  }

  private static Effect change(Change change, boolean force) {
    return Effect.Apply.of(new Plan(List.of(change), force));
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
      parameters.put(TargetModules.spelled(word.substring(0, equals)), value);
    }
    return parameters;
  }

  private static SortedSet<String> names(String module, List<String> words) {
    SortedSet<String> names = new TreeSet<>();
    for (String word : words) {
      if (word.indexOf('=') >= 0) {
        throw usage(
            "unset takes no value: " + Words.quote(word),
            "write:  modules unset " + module + " " + word.substring(0, word.indexOf('=')));
      }
      names.add(TargetModules.spelled(word));
    }
    return names;
  }

  private static RuntimeException usage(String message, String hint) {
    return Problem.of(Problem.Kind.USAGE, "modules: " + message, hint).asException();
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    return switch (before.words().size()) {
      case 0 -> Completion.ofArgument(spec(), context, before, word);
      case 1 -> names(context, before.required(0), word);
      default -> parameters(context, before, word);
    };
  }

  private static List<Candidate> names(Context context, String action, String word) {
    Offer offer = new Offer(word);
    for (TargetModules.Module module : TargetModules.MODULES) {
      boolean loaded = context.inventory().module(module.name()).isPresent();
      boolean own = !context.inventory().moduleConfig().own(module.name()).isEmpty();
      boolean offered =
          switch (action) {
            case "load" -> !loaded;
            case "unload" -> loaded;
            case "set" -> loaded || !module.optional();
            default -> own;
          };
      if (offered) {
        offer.add(module.name(), module.help());
      }
    }
    return offer.candidates();
  }

  private static List<Candidate> parameters(Context context, Arguments before, String word) {
    Offer offer = new Offer(word);
    String action = before.required(0);
    String module = TargetModules.spelled(before.required(1));
    if (action.equals("unset")) {
      context
          .inventory()
          .moduleConfig()
          .own(module)
          .forEach((name, value) -> offer.add(name, "is set to " + value));
      return offer.candidates();
    }
    boolean vendor = context.flavor().ofed().isPresent();
    for (TargetModules.Parameter each : TargetModules.PARAMETERS) {
      if (each.module().equals(module) && !action.equals("unload") && (vendor || !each.vendor())) {
        offer.open(each.name() + "=", each.form() + ": " + each.help());
      }
    }
    return offer.candidates();
  }
}
