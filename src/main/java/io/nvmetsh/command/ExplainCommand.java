package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Sections;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.plan.Hazards;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Explains a word that the shell uses: an attribute, a rule, a hazard, an errno, a command. */
final class ExplainCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "explain",
        List.of(),
        Group.SHELL,
        "explain an attribute, module parameter, rule, hazard, errno or command",
        List.of(Argument.optional("WORD", Kind.WORD)),
        List.of(),
        """
        Of an attribute: what it means and takes, when it can be written, which kernels have it and
        whether this one has. Of a rule (OFF-...) or hazard (HAZ-...): what it is about and why. Of
        an errno, as EBUSY or "device or resource busy": what nvmet usually means by it. Without a
        word: the attributes of the directory the shell is in.\
        """,
        List.of("explain addr_trtype", "explain EBUSY", "explain HAZ-OFFLOAD-PARTITION"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    if (arguments.word(0).isEmpty()) {
      return Effect.Show.of(Explanations.attributes(context));
    }
    String word = arguments.required(0);
    List<Section> sections = new ArrayList<>(Explanations.attribute(context, word));
    sections.addAll(Explanations.parameter(word));
    sections.addAll(Explanations.errno(context, word));
    String id = word.toUpperCase(Locale.ROOT);
    OffloadRules.find(id).ifPresent(rule -> sections.add(Explanations.rule(rule)));
    Hazards.find(id).ifPresent(hazard -> sections.add(Explanations.hazard(context, hazard)));
    Optional<Command> command = context.commands().find(word);
    if (command.isPresent()) {
      sections.add(new Section("command", "", HelpCommand.page(command.get().spec())));
    }
    if (sections.isEmpty()) {
      throw unknown(context, word);
    }
    return Effect.Show.of(new Sections(sections));
  }

  private static RuntimeException unknown(Context context, String word) {
    Problem problem =
        Problem.of(
            Problem.Kind.NOT_FOUND,
            word + " is no attribute, module parameter, rule, hazard, errno or command");
    Optional<String> nearest =
        Nearest.of(word, Topic.all(context.commands()).stream().map(Topic::name).toList());
    if (nearest.isPresent()) {
      problem = problem.hint("did you mean:  explain " + nearest.get());
    }
    return problem
        .hint("the attributes here:  explain")
        .hint("the commands:  help")
        .hint("look for a word:  help -k " + Words.quote(word))
        .asException();
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    Offer offer = new Offer(word);
    if (before.words().isEmpty() && word.isEmpty()) {
      for (String name : context.tree().attributes(context.here())) {
        offer.add(name, Values.row(context.here(), name).help());
      }
      addFamilies(offer);
    } else if (before.words().isEmpty()) {
      Topic.all(context.commands()).forEach(topic -> offer.add(topic.name(), topic.summary()));
    }
    return offer.candidates();
  }

  /** What the words of each family begin with: all of them would be too many to read. */
  private static void addFamilies(Offer offer) {
    Set<String> attributes = new LinkedHashSet<>();
    for (Attribute row : NvmetSchema.all()) {
      int underscore = row.name().indexOf('_');
      if (underscore > 0) {
        attributes.add(row.name().substring(0, underscore + 1));
      }
    }
    for (String prefix : attributes) {
      offer.open(prefix, "attributes");
    }
    offer.open("OFF-", "rules of offload");
    offer.open("HAZ-", "what is never sent to a kernel");
    offer.open("E", "answers of the kernel");
  }

  static boolean isNamed(Errno errno, String word) {
    return errno != Errno.UNKNOWN
        && (errno.name().equalsIgnoreCase(word) || errno.words().equalsIgnoreCase(word));
  }
}
