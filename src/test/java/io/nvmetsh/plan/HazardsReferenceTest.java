package io.nvmetsh.plan;

import io.nvmetsh.ReferencePage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Writes {@code docs/reference/hazards.md}. */
class HazardsReferenceTest {

  @Test
  void isFresh() throws IOException {
    ReferencePage page =
        new ReferencePage("Hazards")
            .paragraph(
                """
                What is known to crash, hang or corrupt some kernel is never sent to any kernel where it may: not by a
                command, not by a script, not with `--force` or `--yes`. The line that would complete it is refused,
                whichever order the steps come in, and the refusal names the id and what to do instead. Where the
                release of the vendor's driver is not known, every release counts. `explain HAZ-NULL-PATH` shows one of
                these in the shell, and `nvmetsh --sim=6.1 --sim-hazards` what comes of it: that simulated kernel is
                sent all of them, and goes down where the real one would.\
                """);
    for (Hazard hazard : Hazards.all()) {
      page.heading(hazard.id())
          .paragraph("**Not sent:** " + hazard.title() + ".")
          .paragraph("What happens: " + hazard.effect() + ".")
          .paragraph("Where: " + hazard.where() + ".")
          .paragraph("How it is known: " + hazard.evidence().words() + ".");
      if (!hazard.log().isEmpty()) {
        page.paragraph("What the kernel logs, without offsets and registers:")
            .lines("```\n" + String.join("\n", hazard.log()) + "\n```\n");
      }
    }
    page.heading("What cannot be recognised")
        .paragraph(
            """
            A namespace with `pci_device_path` that another tool disabled looks like one that was never enabled
            (HAZ-PCI-REENABLE): nvmetsh refuses to disable such a namespace itself, but cannot know what others did.
            Delete it and make it anew. MLNX_OFED 4.2-1.5.1 tells the hardware the right nsid and is refused with the
            other releases of 4.2 all the same (HAZ-OFFLOAD-NSID).\
            """);
    page.isIn("hazards.md");
  }
}
