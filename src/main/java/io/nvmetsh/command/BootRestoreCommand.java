package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.config.ConfigFile;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.OnError;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the target what a file says when the machine has started: a load for which nobody is there.
 * It waits for what comes late, and what does not come at all keeps nothing else from being served.
 */
public final class BootRestoreCommand implements Command {

  public static final String NAME = "boot-restore";

  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Manner GOING_ON = new Manner(OnError.CONTINUE, Optional.empty(), List.of());

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        NAME,
        List.of(),
        Group.CONFIGURATION,
        "load the configuration at boot, as far as it goes",
        List.of(Wanted.FILE),
        List.of(
            Wanted.SECRETS,
            Option.valued(
                "wait",
                '\0',
                "TIME",
                Kind.WORD,
                "for late drives and addresses; 60s when not given"),
            Option.toggle("report", '\0', "show what came of it the last time")),
        """
        Without FILE it is /etc/nvmet/config.json. Loads the modules that its ports need, waits until
        its drives and addresses are there, and makes of it what can be made: what fails holds up
        only what needs it, and failed shows it as a script. The exit status is 0 when all is made,
        4 for a part and 3 for nothing. As a service of systemd it is in lib/systemd.\
        """,
        List.of("boot-restore docs/examples/testsubsystem.json --wait 1s"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    if (arguments.has("report")) {
      List<String> report =
          context.journal().store().lines(Effect.Restore.REPORT).orElse(List.of("no report"));
      return Effect.Show.of(Document.Lines.of(report.toArray(String[]::new)));
    }
    Path file = arguments.word(0).map(context::file).orElse(ConfigFile.DEFAULT);
    if (arguments.words().isEmpty() && Files.notExists(file)) {
      return new Effect.Apply(Plan.of(), List.of("there is no " + file));
    }
    Duration wait =
        arguments.option("wait").map(word -> ErrorOptions.duration("wait", word)).orElse(WAIT);
    Wanted wanted = Wanted.of(context, arguments, 0, context.tree());
    return new Effect.Restore(
        file,
        wait,
        new Effect.Apply(new Plan(modules(context, arguments, wanted), false), List.of(), GOING_ON),
        now -> BootNeeds.missing(wanted.tree(), now.inventory()),
        now -> load(now, wanted));
  }

  private static Effect.Apply load(Context now, Wanted wanted) {
    List<Change> way = new ArrayList<>(wanted.way(now));
    for (NvmetPath key : wanted.lacking(now)) {
      // nobody is asked, so this fails, and with it what would let the host in
      way.add(behindMaking(way, key.parent()), asked(key));
    }
    Map<NvmetPath, Problem> withheld = withhold(way, wanted, now);
    return new Effect.Apply(new Plan(way, false), wanted.notes(), GOING_ON, withheld);
  }

  /**
   * A drive that is another than the saved one is not named, so its namespace stays off. Nor is the
   * PCI address of the one that was meant: beside another drive offload would use it all the same.
   */
  private static Map<NvmetPath, Problem> withhold(List<Change> way, Wanted wanted, Context now) {
    Map<NvmetPath, Problem> withheld = SavedDrives.mistaken(wanted.devices(), way, now.inventory());
    int count = 0;
    for (NvmetPath device : List.copyOf(withheld.keySet())) {
      count++;
      String drive = Placeholder.of(count == 1 ? "drive" : "drive_" + count);
      NvmetPath pci = device.parent().child("pci_device_path");
      if (way.stream().anyMatch(change -> isAddress(change, pci))) {
        withheld.put(pci, Problem.of(Problem.Kind.CONFLICT, "not tried: it needs " + device));
      }
      way.replaceAll(
          change ->
              change.path().equals(device) || isAddress(change, pci)
                  ? new Change.SetAttribute(change.path(), drive)
                  : change);
    }
    return withheld;
  }

  /** Without offload there is no address, whatever the drive. */
  private static boolean isAddress(Change change, NvmetPath pci) {
    return change instanceof Change.SetAttribute set
        && set.path().equals(pci)
        && !set.value().equals(PciAddress.CLEAR);
  }

  private static int behindMaking(List<Change> changes, NvmetPath host) {
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i) instanceof Change.Create && changes.get(i).path().equals(host)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Change asked(NvmetPath key) {
    return new Change.SetAttribute(key, Placeholder.of(KeySource.ASK));
  }

  /** The transports' modules, with the options that they had when the file was written. */
  private static List<Change> modules(Context now, Arguments arguments, Wanted wanted) {
    String name = arguments.word(0).orElse(ConfigFile.DEFAULT.toString());
    Map<String, Map<String, String>> options =
        ConfigFile.read(
                arguments.word(0).map(now::file).orElse(ConfigFile.DEFAULT), name, now.flavor())
            .modules();
    List<Change> changes = new ArrayList<>();
    for (String module : BootNeeds.modules(wanted.tree())) {
      if (now.inventory().module(module).isEmpty()) {
        changes.add(
            new Change.LoadModule(module, new TreeMap<>(options.getOrDefault(module, Map.of()))));
      }
    }
    return changes;
  }
}
