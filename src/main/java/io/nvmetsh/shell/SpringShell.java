package io.nvmetsh.shell;

import io.nvmetsh.command.Command;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Commands;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.session.Session;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Spring Shell's registry and executor over our commands, wired by plain constructors. Its own
 * parser is replaced: it splits on blanks outside double quotes and knows no places, comments or
 * parameters.
 */
final class SpringShell implements CommandParser {

  private final Session session;
  private final Commands commands;
  private final CommandRegistry registry;
  private final CommandExecutor executor;
  private final PrintWriter writer;
  private final InputReader reader;

  SpringShell(Session session, Commands commands, PrintWriter writer, InputReader reader) {
    this.session = session;
    this.commands = commands;
    this.writer = writer;
    this.reader = reader;
    Set<org.springframework.shell.core.command.Command> adapted = new LinkedHashSet<>();
    for (Command command : commands.all()) {
      adapted.add(new SpringCommand(command, session));
    }
    this.registry = new CommandRegistry(adapted);
    this.executor = new CommandExecutor(registry);
  }

  /** Runs a line, and returns the status it ended with. */
  int run(String line) {
    Optional<String> name = commandName(line);
    if (name.isEmpty()) {
      // Nothing for the registry to find: the session says what is wrong, or that nothing is.
      return session.run(line).status().code();
    }
    return executor.execute(new CommandContext(parse(line), registry, writer, reader)).code();
  }

  @Override
  public ParsedInput parse(String line) {
    return ParsedInput.builder()
        .commandName(commandName(line).orElse(""))
        .addArgument(new CommandArgument(0, line))
        .build();
  }

  private Optional<String> commandName(String line) {
    try {
      CommandLine parsed = CommandLine.parse(line, Map.of());
      return parsed.isEmpty()
          ? Optional.empty()
          : Optional.of(commands.typed(parsed.command()).spec().name());
    } catch (NvmetshException e) {
      return Optional.empty();
    }
  }

  /** One line made of words that are known already: a program's arguments. */
  int run(List<String> words) {
    return run(Words.launched(words));
  }
}
