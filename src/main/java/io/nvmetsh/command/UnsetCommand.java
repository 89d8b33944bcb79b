package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives attributes back the values that they have in a new object. */
final class UnsetCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "unset",
        List.of(),
        Group.CHANGE,
        "give attributes back the values of a new object",
        List.of(
            Argument.required("PATH|ATTRIBUTE", Kind.ENTRY), Argument.many("ATTRIBUTE", Kind.WORD)),
        List.of(SetCommand.FORCE),
        """
        They are set to the kernel's defaults, which explain tells, under the same checks as by set.
        What a new object shows cannot always be written, and what the kernel makes up for it cannot
        be had again: then it is said what helps instead.\
        """,
        List.of("unset /subsystems/testsubsystem attr_allow_any_host", "/ports/1 unset addr_treq"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    List<String> words = new ArrayList<>(arguments.words());
    NvmetPath directory = directory(context, words);
    List<String> attributes = context.tree().attributes(directory);
    List<Change> changes = new ArrayList<>();
    for (String name : words) {
      if (!attributes.contains(name)) {
        throw new Assignments(context, directory, attributes).unknown(name);
      }
      changes.add(new Change.SetAttribute(directory.child(name), initial(directory, name)));
    }
    return Effect.Apply.of(new Plan(changes, arguments.has("force")));
  }

  /**
   * Takes the directory off the words: one of its own, or that of the attribute they begin with.
   */
  private static NvmetPath directory(Context context, List<String> words) {
    if (context.tree().attributes(context.here()).contains(words.get(0))) {
      return context.here();
    }
    NvmetPath path = context.resolve(words.get(0));
    if (context.tree().isAttribute(path)) {
      words.set(0, path.name());
      return path.parent();
    }
    NvmetPath directory = new Lookup(context).directory(words.remove(0));
    if (words.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "unset: which attributes of " + directory + "?",
              "see which are set:  get " + Words.quote(directory.toString()))
          .asException();
    }
    return directory;
  }

  private static String initial(NvmetPath directory, String name) {
    Attribute row = Values.row(directory, name);
    if (!row.isWritable() || !row.isReadable()) {
      throw problem(directory, name, row.isWritable() ? "keeps no value" : "cannot be written");
    } else if (!row.initial().known()) {
      throw problem(directory, name, "has a value that the kernel makes up for each new object");
    } else if (name.equals("pci_device_path")) {
      return PciAddress.CLEAR;
    }
    try {
      return row.type().canonical(row.initial().text());
    } catch (InvalidValue e) {
      throw problem(directory, name, "is not set in a new object, and no write makes it so again");
    }
  }

  private static RuntimeException problem(NvmetPath directory, String name, String why) {
    String line = "set " + Quoting.path(directory) + " " + name + "=VALUE";
    return Problem.of(
            Problem.Kind.CONFLICT,
            directory + ": " + name + " " + why,
            "what it takes:  explain " + name,
            "give it a value:  " + line)
        .with("path", directory.toString())
        .with("attribute", name)
        .asException();
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    List<String> words = before.words();
    Optional<NvmetPath> directory =
        words.isEmpty() || context.tree().attributes(context.here()).contains(words.get(0))
            ? Optional.of(context.here())
            : new Lookup(context).find(words.get(0));
    Offer offer = new Offer(context, word);
    directory.ifPresent(
        found -> {
          for (String name : context.tree().attributes(found)) {
            Attribute row = Values.row(found, name);
            if (!words.contains(name)
                && row.isWritable()
                && row.initial().known()
                && !Values.isInitial(context.tree(), found, name)) {
              offer.add(name, row.help());
            }
          }
        });
    if (words.isEmpty()) {
      PathCompletion.add(context, offer, PathCompletion.DIRECTORY);
    }
    return offer.candidates();
  }
}
