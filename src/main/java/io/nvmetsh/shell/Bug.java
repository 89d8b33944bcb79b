package io.nvmetsh.shell;

import io.nvmetsh.command.SecretMask;
import io.nvmetsh.schema.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A fault of ours, as it is shown: whole, since somebody has to find it, but without the keys and
 * the control characters that a message may quote. Reports are pasted into mails.
 */
final class Bug {

  private Bug() {}

  static void report(Throwable bug, PrintWriter to) {
    to.println("nvmetsh: this is a bug of nvmetsh, not of the target; please report it");
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    SecretMask mask = new SecretMask();
    for (String line : trace.toString().lines().toList()) {
      to.println(Printable.text(mask.message(line.replace("\t", "    "))));
    }
    to.flush();
  }
}
