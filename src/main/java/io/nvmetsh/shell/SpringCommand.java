package io.nvmetsh.shell;

import io.nvmetsh.command.Command;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.session.Outcome;
import io.nvmetsh.session.Session;
import java.util.List;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;

/**
 * A command of ours as Spring Shell knows commands. It hands the line as it was typed to the
 * session: quoting, places and parameters are our language's, and one line must mean the same
 * typed, piped or in a script.
 */
final class SpringCommand implements org.springframework.shell.core.command.Command {

  private final Command command;
  private final Session session;

  SpringCommand(Command command, Session session) {
    this.command = command;
    this.session = session;
  }

  private CommandSpec spec() {
    return command.spec();
  }

  @Override
  public String getName() {
    return spec().name();
  }

  @Override
  public String getDescription() {
    return spec().summary();
  }

  @Override
  public String getHelp() {
    return spec().help();
  }

  @Override
  public String getGroup() {
    return spec().group().title();
  }

  @Override
  public List<String> getAliases() {
    return spec().aliases();
  }

  @Override
  public ExitStatus execute(CommandContext context) {
    Outcome outcome = session.run(context.parsedInput().arguments().get(0).value());
    return new ExitStatus(outcome.status().code(), outcome.status().name());
  }
}
