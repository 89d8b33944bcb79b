package io.nvmetsh.shell;

import java.io.IOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * Asks for keys, and nothing else, beside a single command: there is no other safe way to hand one
 * to it by hand. The terminal is opened when the question comes up, so other commands do not pay.
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
  public Optional<String> askSecret(String question) {
    try (Terminal terminal = Editor.open()) {
      return Optional.of(new PlainLines(terminal).read(question, false));
    } catch (IOException | UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    }
  }
}
