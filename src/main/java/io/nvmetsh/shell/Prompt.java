package io.nvmetsh.shell;

import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.session.Session;
import org.jline.utils.AttributedString;
import org.springframework.shell.jline.PromptProvider;

/**
 * Where the shell is: which kernel, which machine, which directory, whether it records, and with a
 * star whether there are changes that no file has.
 */
final class Prompt implements PromptProvider {

  private final Session session;
  private final Theme theme;

  Prompt(Session session, Theme theme) {
    this.session = session;
    this.theme = theme;
  }

  @Override
  public AttributedString getPrompt() {
    StringBuilder prompt = new StringBuilder();
    String label = session.target().label();
    if (!label.isEmpty()) {
      prompt.append(theme.paint("[" + label + "] ", Tone.WARN));
    }
    session
        .recording()
        .ifPresent(
            file -> {
              String name = Printable.text(file.getFileName().toString());
              prompt.append(theme.paint("rec " + name + " ", Tone.BAD));
            });
    prompt.append(theme.paint(session.context().inventory().hostName(), Tone.STRONG));
    prompt.append(':').append(theme.paint(Printable.text(session.here().toString()), Tone.PATH));
    prompt.append(session.isUnsaved() ? theme.paint("*", Tone.WARN) : "");
    prompt.append(session.settings().readOnly() ? "$ " : "> ");
    return AttributedString.fromAnsi(prompt.toString());
  }
}
