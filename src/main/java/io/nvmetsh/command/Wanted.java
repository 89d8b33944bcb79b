package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.config.ConfigFile;
import io.nvmetsh.config.ConfigReader;
import io.nvmetsh.config.Secrets;
import io.nvmetsh.config.Selection;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target as a file wants it, for the commands that compare, plan and load.
 *
 * @param devices the drives that were behind its namespaces when the file was written
 * @param secrets keys that hosts had when the file was written, and that are not in it
 * @param notes what of the file is left out, and what differs besides the tree
 */
record Wanted(
    Snapshot tree, Map<NvmetPath, String> devices, List<NvmetPath> secrets, List<String> notes) {

  static final Argument FILE = Argument.optional("FILE", Kind.FILE);
  static final Option SECRETS =
      Option.valued("secrets", '\0', "KEYS", Kind.FILE, "take the hosts' keys from this file");

  static final Option ONLY =
      Option.valued(
          "only",
          '\0',
          "PATH",
          Kind.NODE,
          "this host, subsystem or port and what it needs; may be repeated");
  static final Option MERGE = Option.toggle("merge", '\0', "what the file does not have stays");

  /**
   * Reads the file that a line names, or the default one.
   *
   * @param base what a part of a target is put into
   */
  static Wanted of(Context context, Arguments arguments, int index, TargetTree base) {
    Optional<String> named = arguments.word(index);
    String name = named.orElse(ConfigFile.DEFAULT.toString());
    ConfigReader.Config config =
        ConfigFile.read(
            named.map(context::file).orElse(ConfigFile.DEFAULT), name, context.flavor());
    arguments
        .option("secrets")
        .ifPresent(keys -> add(Secrets.read(context.file(keys), keys), config.tree(), keys));
    List<String> notes = new ArrayList<>(config.notes());
    config.modules().forEach((module, wanted) -> modules(context, module, wanted, notes));
    List<NvmetPath> only = only(context, arguments);
    if (only.isEmpty()) {
      only = config.only();
    }
    Snapshot tree = config.tree();
    if (!only.isEmpty()) {
      tree = Selection.into(base, tree, only, name);
    } else if (arguments.has("merge")) {
      tree = Snapshot.of(base);
      tree.copy(config.tree(), NvmetPath.ROOT);
    }
    return new Wanted(tree, config.devices(), config.secrets(), notes);
  }

  /** What {@code --only} names. */
  static List<NvmetPath> only(Context context, Arguments arguments) {
    List<NvmetPath> only = new ArrayList<>();
    for (String word : arguments.options("only")) {
      only.add(context.here().resolveTyped(word));
    }
    return only;
  }

  private static void add(Map<NvmetPath, String> secrets, Snapshot tree, String keys) {
    secrets.forEach(
        (path, secret) -> {
          if (path.isRoot() || !tree.isDirectory(path.parent())) {
            throw Problem.of(Problem.Kind.FILE, keys + ": " + path + " is not in the configuration")
                .with("path", keys)
                .asException();
          }
          tree.set(path, secret);
        });
    // a file of keys has them all
    for (String host : tree.directories(NvmetPath.of("hosts"))) {
      for (Attribute row : NvmetSchema.of(NodeKind.HOST, tree.flavor())) {
        NvmetPath attribute = NvmetPath.of("hosts", host, row.name());
        if (row.isSecret() && tree.value(attribute).isEmpty()) {
          tree.set(attribute, "");
        }
      }
    }
  }

  /** Options of modules are not loaded with a target: what uses a module would have to stop. */
  private static void modules(
      Context context, String module, Map<String, String> wanted, List<String> notes) {
    StringBuilder line = new StringBuilder("modules load " + module);
    boolean differs = false;
    for (Map.Entry<String, String> each : wanted.entrySet()) {
      Optional<String> now = context.inventory().parameter(module, each.getKey());
      differs |= !now.equals(Optional.of(each.getValue()));
      line.append(' ').append(Quoting.assignment(each.getKey(), each.getValue()));
    }
    if (differs) {
      boolean there = context.inventory().module(module).isPresent();
      notes.add(
          module + (there ? " has other options than the file's:  " : " is not loaded:  ") + line);
    }
  }

  /**
   * The way there.
   *
   * @throws io.nvmetsh.schema.NvmetshException when a host would be let in without its key
   */
  List<Change> changes(Context context) {
    for (NvmetPath secret : lacking(context)) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              secret
                  + ": the host had a key, which is not in the file; without it anybody who"
                  + " knows its NQN may connect",
              "supply the keys:  load FILE --secrets KEYS")
          .with("path", secret.toString())
          .asException();
    }
    return way(context);
  }

  /** The way there, whoever would be let in without a key. */
  List<Change> way(Context context) {
    return Transition.of(context.tree(), tree);
  }

  /** The keys that hosts had, and that are neither in a file nor in the target. */
  List<NvmetPath> lacking(Context context) {
    List<NvmetPath> lacking = new ArrayList<>();
    for (NvmetPath secret : secrets) {
      if (!tree.isDirectory(secret.parent())) {
        continue;
      }
      boolean kept = context.tree().value(secret).filter(value -> !value.isBlank()).isPresent();
      if (!kept && tree.value(secret).isEmpty()) {
        lacking.add(secret);
      }
    }
    return lacking;
  }
}
