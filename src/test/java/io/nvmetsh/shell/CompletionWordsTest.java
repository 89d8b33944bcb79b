package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nvmetsh.command.Command;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.command.Commands;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.ValueType.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the completions of other shells know is written from the program's own tables. {@code
 * -Dnvmetsh.docs=accept} writes it anew.
 */
class CompletionWordsTest {

  private static final Path FILE = Path.of("completions", "words.sh");

  private final StringBuilder text =
      new StringBuilder(
          """
          # shellcheck shell=sh
          # What nvmetsh's commands, options and attributes are called, for candidates.sh. Written from the
          # program's own tables by CompletionWordsTest: mvn test -Dtest=CompletionWordsTest -Dnvmetsh.docs=accept
          """);

  private void table(String name, String columns, List<List<String>> rows) {
    text.append("\n").append(name).append("() { # ").append(columns).append("\n  cat << 'END'\n");
    for (List<String> row : rows) {
      String line = String.join("|", row);
      assertFalse(line.contains("\n") || line.equals("END"), line);
      text.append(line).append('\n');
    }
    text.append("END\n}\n");
  }

  @Test
  void theyAreThoseOfTheTables() throws IOException {
    programOptions();
    commands();
    attributes();
    if ("accept".equals(System.getProperty("nvmetsh.docs"))) {
      Files.writeString(FILE, text);
    }
    assertEquals(text.toString(), Files.exists(FILE) ? Files.readString(FILE) : "");
  }

  private void programOptions() {
    List<List<String>> rows = new ArrayList<>();
    for (LaunchOptions.Option option : LaunchOptions.OPTIONS) {
      // one that may be left out is never a word of its own
      String value = option.value().startsWith("[") ? "" : option.value();
      rows.add(List.of(option.name(), value, option.help()));
    }
    table("program_options", "NAME|VALUE|MEANING", rows);
  }

  private void commands() {
    List<List<String>> names = new ArrayList<>();
    List<List<String>> aliases = new ArrayList<>();
    List<List<String>> arguments = new ArrayList<>();
    List<List<String>> options = new ArrayList<>();
    for (Command command : Commands.roster().all()) {
      CommandSpec spec = command.spec();
      names.add(List.of(spec.name(), spec.summary()));
      aliases.add(List.of(spec.name(), spec.name()));
      spec.aliases().forEach(alias -> aliases.add(List.of(alias, spec.name())));
      for (int i = 0; i < spec.arguments().size(); i++) {
        Argument argument = spec.arguments().get(i);
        String place = argument.repeated() ? "*" : Integer.toString(i);
        arguments.add(List.of(spec.name(), place, argument.kind().name(), choices(argument)));
      }
      spec.options().forEach(option -> options.add(row(spec.name(), option)));
    }
    CommandSpec.COMMON.forEach(option -> options.add(row("*", option)));
    table("commands", "NAME|MEANING", names);
    table("aliases", "WORD|NAME", aliases);
    table("command_arguments", "NAME|POSITION|KIND|CHOICES", arguments);
    table("command_options", "NAME|OPTION|LETTER|KIND OF VALUE, - FOR NONE|MEANING", options);
  }

  private static String choices(Argument argument) {
    return String.join(" ", argument.choices().stream().map(Choice::word).toList());
  }

  private static List<String> row(String command, Option option) {
    return List.of(
        command,
        option.name(),
        option.letter() == 0 ? "" : String.valueOf(option.letter()),
        option.isSwitch() ? "-" : option.kind().name(),
        option.help());
  }

  private void attributes() {
    List<List<String>> places = new ArrayList<>();
    for (NodeKind parent : NodeKind.values()) {
      for (NodeKind kind : parent.children()) {
        places.add(List.of(parent.name(), kind.fixedName().orElse(""), kind.name()));
      }
    }
    List<List<String>> attributes = new ArrayList<>();
    List<List<String>> values = new ArrayList<>();
    for (Attribute row : NvmetSchema.all()) {
      if (row.isWritable()) {
        String source = row.type().source().name();
        attributes.add(List.of(row.owner().name(), row.name(), source, row.help()));
        for (Word word : row.type().words()) {
          values.add(List.of(row.owner().name(), row.name(), word.text(), word.help()));
        }
      }
    }
    table("places", "PARENT|NAME, EMPTY FOR ANY|KIND", places);
    table("attributes", "KIND|NAME|SOURCE|MEANING", attributes);
    table("attribute_values", "KIND|NAME|VALUE|MEANING", values);
  }
}
