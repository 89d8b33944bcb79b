package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the commands, or tells of one all that its spec says. */
public final class HelpCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(new Column("command", ""), new Column("summary", ""));

  /** What to type tells the name, too. */
  private static final List<Column> FOUND =
      List.of(
          new Column("type", "to read it"),
          new Column("kind", "what it is"),
          new Column("name", ""),
          new Column("summary", "summary"));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "help",
        List.of("?"),
        Group.SHELL,
        "list the commands, explain one, or look for a word",
        List.of(Argument.optional("COMMAND", Kind.COMMAND)),
        List.of(
            Option.valued(
                "keyword", 'k', "WORD", Kind.WORD, "whatever has WORD in its name or summary")),
        """
        With -k: the commands, filters, attributes, module parameters, rules of offload, hazards and
        errnos that a word is in. Those that are no commands or filters are explained by explain.""",
        List.of("help", "help set", "help -k offload"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    if (arguments.option("keyword").isPresent()) {
      return search(context, arguments.option("keyword").get());
    }
    if (arguments.word(0).isPresent()) {
      String word = arguments.required(0);
      Optional<Filter> filter =
          context.commands().find(word).isPresent() ? Optional.empty() : Filters.find(word);
      return Effect.Show.of(
          page(filter.isPresent() ? filter.get().spec() : context.commands().named(word).spec()));
    }
    List<Section> sections = new ArrayList<>();
    for (Group group : Group.values()) {
      List<List<Cell>> rows = new ArrayList<>();
      for (CommandSpec spec : specs(context.commands())) {
        if (spec.group() == group) {
          rows.add(List.of(Cell.of(spec.name(), Tone.STRONG), Cell.of(spec.summary())));
        }
      }
      if (!rows.isEmpty()) {
        sections.add(
            new Section(
                group.name().toLowerCase(Locale.ROOT),
                group.title(),
                new Document.Table(COLUMNS, rows)));
      }
    }
    sections.add(new Section("more", "", Document.Lines.of("One in detail:  help COMMAND")));
    return Effect.Show.of(new Document.Sections(sections));
  }

  private static Effect search(Context context, String word) {
    List<Topic> topics = new ArrayList<>(Topic.all(context.commands()));
    for (Filter filter : Filters.all()) {
      topics.add(new Topic("filter", filter.spec().name(), filter.spec().summary()));
    }
    List<List<Cell>> rows = new ArrayList<>();
    for (Topic topic : topics) {
      if (topic.has(word)) {
        boolean page = List.of("command", "filter").contains(topic.kind());
        rows.add(
            List.of(
                Cell.of((page ? "help " : "explain ") + topic.name(), Tone.STRONG),
                Cell.of(topic.kind()),
                Cell.of(topic.name(), Tone.PLAIN),
                Cell.of(topic.summary())));
      }
    }
    if (rows.isEmpty()) {
      throw Problem.of(Problem.Kind.NOT_FOUND, "nothing has " + word + " in its name or summary")
          .hint("all commands:  help")
          .asException();
    }
    return Effect.Show.of(new Document.Table(FOUND, rows));
  }

  /** Of everything that has a page, commands and filters, in help order. */
  public static List<CommandSpec> specs(Commands commands) {
    List<CommandSpec> specs = new ArrayList<>();
    commands.all().forEach(command -> specs.add(command.spec()));
    Filters.all().forEach(filter -> specs.add(filter.spec()));
    return specs;
  }

  /** All that the spec of a command says. */
  public static Document page(CommandSpec spec) {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("usage", "", Document.Lines.of(spec.usage(), spec.summary())));
    sections.add(new Section("help", "", Document.Lines.of(spec.help().split("\n"))));
    if (!spec.options().isEmpty()) {
      sections.add(new Section("options", "options", options(spec)));
    }
    if (!spec.aliases().isEmpty()) {
      sections.add(
          new Section("aliases", "also", Document.Lines.of(String.join(", ", spec.aliases()))));
    }
    sections.add(
        new Section(
            "examples", "examples", Document.Lines.of(spec.examples().toArray(String[]::new))));
    return new Document.Sections(sections);
  }

  /** The options that are the command's own. */
  static Document options(CommandSpec spec) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Option option : spec.options()) {
      String name =
          (option.letter() == 0 ? "    " : "-" + option.letter() + ", ") + "--" + option.name();
      rows.add(
          List.of(
              Cell.of(option.isSwitch() ? name : name + " " + option.value(), Tone.STRONG),
              Cell.of(option.help())));
    }
    return new Document.Table(COLUMNS, rows);
  }
}
