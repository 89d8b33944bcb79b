package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.config.ConfigFile;
import io.nvmetsh.config.ConfigWriter;
import io.nvmetsh.config.Secrets;
import io.nvmetsh.config.Selection;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the target down in nvmetcli's file. */
final class SaveCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "save",
        List.of("saveconfig"),
        Group.CONFIGURATION,
        "write the target down in a file that nvmetcli reads, too",
        List.of(Argument.optional("FILE", Kind.FILE)),
        List.of(
            Option.valued("secrets", '\0', "KEYS", Kind.FILE, "write the hosts' keys to this file"),
            Wanted.ONLY,
            Option.toggle("devices", '\0', "say which drives are behind the namespaces"),
            Option.toggle("force", 'f', "replace the file")),
        """
        Without FILE it is /etc/nvmet/config.json, which is replaced, and has the drives behind the
        namespaces in it: another drive under the same name is not exported when it is loaded. What
        nvmetcli's format cannot hold (buffered_io, pci_device_path, options of modules and the like)
        stands under one more key, which nvmetcli ignores, and drops when it saves. A file with
        --only is a part: load puts it into the target and leaves the rest. Keys of hosts are not in
        the file. What it replaces, if it is different, stays as FILE.1, and as FILE.2 to FILE.10
        when it is replaced again.\
        """,
        List.of("save target.json", "save part.json --only /subsystems/testsubsystem"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    Optional<String> named = arguments.word(0);
    if (named.isEmpty() && context.target().simulated()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "this target is simulated, and " + ConfigFile.DEFAULT + " is for the real one",
              "name a file:  save target.json")
          .asException();
    }
    List<NvmetPath> only = Wanted.only(context, arguments);
    TargetTree tree = only.isEmpty() ? context.tree() : Selection.of(context.tree(), only);
    boolean devices = named.isEmpty() || arguments.has("devices");
    ConfigWriter.Config config =
        ConfigWriter.of(
            tree,
            new ConfigWriter.Besides(
                only.isEmpty() ? modules(context) : new TreeMap<>(),
                devices ? SavedDrives.of(tree, context.inventory()) : new TreeMap<>(),
                only));
    Path file = named.map(context::file).orElse(ConfigFile.DEFAULT);
    List<FileContent> files =
        new ArrayList<>(
            List.of(
                new FileContent(
                    file,
                    config.text(),
                    only.isEmpty() ? FileContent.Of.TARGET : FileContent.Of.PART)));
    List<String> notes = new ArrayList<>();
    Optional<String> keys = arguments.option("secrets");
    if (keys.isPresent()) {
      String text = Secrets.text(context.tree(), config.secrets());
      files.add(new FileContent(context.file(keys.get()), text));
    } else if (!config.secrets().isEmpty()) {
      int count = config.secrets().size();
      notes.add(
          (count == 1 ? "1 key" : count + " keys")
              + " of hosts left out; to keep them:  save FILE --secrets KEYS");
    }
    return new Effect.WriteFiles(files, named.isEmpty() || arguments.has("force"), notes);
  }

  /** The parameters of modules that matter to a target and that somebody gave. */
  private static SortedMap<String, SortedMap<String, String>> modules(Context context) {
    SortedMap<String, SortedMap<String, String>> modules = new TreeMap<>();
    for (TargetModules.Parameter each : TargetModules.PARAMETERS) {
      context
          .inventory()
          .parameter(each.module(), each.name())
          .filter(value -> !value.equals(each.initial()))
          .ifPresent(
              value ->
                  modules
                      .computeIfAbsent(each.module(), module -> new TreeMap<>())
                      .put(each.name(), value));
    }
    return modules;
  }
}
