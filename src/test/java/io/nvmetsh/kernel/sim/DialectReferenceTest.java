package io.nvmetsh.kernel.sim;

import io.nvmetsh.docs.ReferenceDocs;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Since;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of the reference that compares the vendor's drivers, from the table of attributes. */
class DialectReferenceTest {

  private static final List<KernelFlavor> FLAVORS =
      SimProfile.all().stream()
          .map(SimProfile::flavor)
          .filter(flavor -> flavor.ofed().isPresent())
          .toList();

  @Test
  void dialects() throws IOException {
    StringBuilder page =
        ReferenceDocs.page(
            "Drivers, attribute by attribute",
            """
            What tells the vendor's drivers apart: the attributes that not all of them have. Which of them
            a kernel has, its files tell; in the shell `explain ATTRIBUTE` says whether the one at hand
            has it. What each attribute means and takes is in [attributes](attributes.md), what is to be
            done with them in the guide: [4.1](../guide/dialects/ofed-4.1.md),
            [4.6](../guide/dialects/ofed-4.6.md), [5.0](../guide/dialects/ofed-5.0.md),
            [25.10](../guide/dialects/ofed-25.10.md).""");
    page.append("\n## Offload's own\n");
    table(page, Since.Source.OFED);
    page.append("\n## Of the Linux that the driver was made from\n");
    table(page, Since.Source.LINUX);
    ReferenceDocs.check("dialects.md", page);
  }

  private static void table(StringBuilder page, Since.Source source) {
    String[] head = cells("attribute", "of", "since");
    for (int i = 0; i < FLAVORS.size(); i++) {
      head[2 + i] = FLAVORS.get(i).ofed().orElseThrow().toString();
    }
    ReferenceDocs.head(page, head);
    for (Attribute row : NvmetSchema.all()) {
      String[] cells = cells("`" + row.name() + "`", of(row.owner()), row.since().describe());
      int having = 0;
      for (int i = 0; i < FLAVORS.size(); i++) {
        boolean has = NvmetSchema.of(row.owner(), FLAVORS.get(i)).contains(row);
        cells[2 + i] = has ? "yes" : "";
        having += has ? 1 : 0;
      }
      if (row.since().source() == source && having > 0 && having < FLAVORS.size()) {
        ReferenceDocs.row(page, cells);
      }
    }
  }

  private static String[] cells(String first, String second, String last) {
    String[] cells = new String[FLAVORS.size() + 3];
    cells[0] = first;
    cells[1] = second;
    cells[cells.length - 1] = last;
    return cells;
  }

  private static String of(NodeKind kind) {
    return kind == NodeKind.ROOT ? "the target" : kind.term();
  }
}
