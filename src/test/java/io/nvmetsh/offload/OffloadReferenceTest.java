package io.nvmetsh.offload;

import io.nvmetsh.ReferencePage;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/reference/offload-rules.md}. */
class OffloadReferenceTest {

  @Test
  void isFresh() throws IOException {
    ReferencePage page =
        new ReferencePage("Offload rules")
            .paragraph(
                """
                The adapter serves a subsystem's I/O by itself only while all of these hold. A line that breaks one is
                warned about before it is done, and done all the same; `check` lists what is broken, `offload` says for
                each subsystem and port whether the conditions hold, and each finding names what to type. That the
                conditions hold is not to say that the hardware does it: only counters and the kernel log prove that.
                `explain OFF-NS-ONE` shows one of these in the shell.""")
            .paragraph(
                """
                Offload is asked for by each namespace's `pci_device_path` in MLNX_OFED 4.1 and 4.2, and by the
                subsystem's `attr_offload` from 4.3 on. Mainline Linux has neither. The source of the rules is the
                vendor's documentation and the source of its drivers.""");
    StringBuilder table = new StringBuilder("| rule | the condition |\n|---|---|\n");
    for (OffloadRule rule : OffloadRules.all()) {
      table
          .append("| [")
          .append(rule.id())
          .append("](#")
          .append(rule.id().toLowerCase(Locale.ROOT))
          .append(") | ")
          .append(rule.title())
          .append(" |\n");
    }
    page.lines(table.toString());
    for (OffloadRule rule : OffloadRules.all()) {
      page.heading(rule.id()).paragraph("**" + rule.title() + ".**").paragraph(rule.explanation());
      if (!rule.decides()) {
        page.paragraph("Broken, it does not stop offload.");
      }
      rule.noCommand().ifPresent(why -> page.paragraph("Nothing to type mends it: " + why + "."));
    }
    page.isIn("offload-rules.md");
  }
}
