package io.nvmetsh.shell;

import io.nvmetsh.plan.ConnectedHosts;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Status;

/**
 * The last row of the screen, which stays while everything else moves: what the prompt says, in
 * words, and how many hosts are connected. It is asked for, since it is drawn anew for each line
 * and the row is missing elsewhere.
 */
final class StatusLine {

  private final Session session;
  private final Status status;

  StatusLine(Terminal terminal, Session session) {
    this.session = session;
    this.status =
        Status.getStatus(terminal); // the line editor asks there how many rows are its own
  }

  /** Draws it as things are now. */
  void draw() {
    status.resize(); // the line editor does so only while it reads
    status.update(List.of(new AttributedString(" " + text(), AttributedStyle.INVERSE)));
  }

  private String text() {
    List<String> parts = new ArrayList<>(List.of(session.context().inventory().hostName()));
    if (!session.target().label().isEmpty()) {
      parts.add(session.target().label());
    }
    if (session.settings().readOnly()) {
      parts.add("read only");
    }
    session.recording().ifPresent(file -> parts.add("recording " + file.getFileName()));
    if (session.isUnsaved()) {
      parts.add("not saved");
    }
    OptionalInt hosts = new ConnectedHosts(session.target().sys()).all();
    parts.add(
        hosts.isEmpty() ? "hosts connected: unknown" : "hosts connected: " + hosts.getAsInt());
    return Printable.text(String.join(" | ", parts));
  }

  /** Gives the row back. */
  void remove() {
    status.hide();
  }
}
