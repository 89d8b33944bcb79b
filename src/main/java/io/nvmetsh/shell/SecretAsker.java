package io.nvmetsh.shell;

import io.nvmetsh.command.Question;
import java.io.IOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * Asks beside a single command for keys, since there is no other safe way to hand one to it by
 * hand, and for what a guided command leaves open; never whether harm may be done. The terminal is
 * opened when the question comes up, so other commands do not pay.
 */
final class SecretAsker implements ShellOutput.Asker {

  /** Whether somebody is there who can be asked. */
  static boolean canAsk() {
    return Tty.INPUT.isTerminal() && (Tty.OUTPUT.isTerminal() || Tty.ERROR.isTerminal());
  }

  @Override
  public Optional<String> ask(String question) {
    return Optional.empty();
  }

  @Override
  public Optional<String> ask(Question question) {
    try (Terminal terminal = SystemTerminal.open()) {
      return Editor.ofAnswers(terminal).ask(question);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> askSecret(String question) {
    try (Terminal terminal = SystemTerminal.open()) {
      return Optional.of(new PlainLines(terminal).read(question, false));
    } catch (IOException | UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    }
  }
}
