package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lists the commands, or tells of one all that its spec says. */
public final class HelpCommand implements Command {

  private static final List<Column> COLUMNS =
      List.of(new Column("command", ""), new Column("summary", ""));

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "help",
        List.of("?"),
        Group.SHELL,
        "list the commands, or explain one",
        List.of(Argument.optional("COMMAND", Kind.COMMAND)),
        List.of(),
        "Attributes, rules and errors are explained by explain.",
        List.of("help", "help set"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    if (arguments.word(0).isPresent()) {
      Command command = context.commands().named(arguments.required(0));
      return Effect.Show.of(page(command.spec()));
    }
    List<Section> sections = new ArrayList<>();
    for (Group group : Group.values()) {
      List<List<Cell>> rows = new ArrayList<>();
      for (Command command : context.commands().all()) {
        if (command.spec().group() == group) {
          rows.add(
              List.of(
                  Cell.of(command.spec().name(), Tone.STRONG), Cell.of(command.spec().summary())));
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
