package io.nvmetsh.schema;

import io.nvmetsh.docs.ReferenceDocs;
import io.nvmetsh.schema.ValueType.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page of the reference that comes from the table of attributes. */
class AttributeReferenceTest {

  @Test
  void attributes() throws IOException {
    StringBuilder page =
        ReferenceDocs.page(
            "Attributes",
            """
            Every attribute of nvmet from Linux 4.8 to 7.3 and MLNX_OFED 4.1 to 25.10, by the directory
            it is in. Which of them a kernel has, its files tell; `get --all` lists them. In the shell
            `explain ATTRIBUTE` shows the same, and whether this kernel has it.""");
    for (NodeKind kind : NodeKind.values()) {
      List<Attribute> rows = NvmetSchema.all().stream().filter(row -> row.owner() == kind).toList();
      if (!rows.isEmpty()) {
        page.append("\n## ").append(path(kind)).append('\n');
        if (kind.since().source() == Since.Source.OFED || kind.since().first().atLeast(4, 9)) {
          page.append("\nThere is such a directory since ")
              .append(kind.since().describe())
              .append(".\n");
        }
        table(page, rows);
      }
    }
    words(page);
    ReferenceDocs.check("attributes.md", page);
  }

  /** {@code /subsystems/NQN/namespaces/NSID}. */
  private static String path(NodeKind kind) {
    if (kind.parent().isEmpty()) {
      return "/";
    }
    String parent = path(kind.parent().get());
    String name =
        switch (kind) {
          case SUBSYSTEM, HOST -> "NQN";
          case NAMESPACE -> "NSID";
          case PORT, ANA_GROUP, OFFLOAD_CTX -> "ID";
          case REFERRAL -> "NAME";
          default -> fixedName(kind);
        };
    return (parent.equals("/") ? "" : parent) + "/" + name;
  }

  private static String fixedName(NodeKind kind) {
    for (String name :
        List.of(
            "subsystems",
            "namespaces",
            "offload_ctxs",
            "allowed_hosts",
            "passthru",
            "ports",
            "referrals",
            "ana_groups",
            "hosts")) {
      if (kind.parent().orElseThrow().entry(name).filter(kind::equals).isPresent()) {
        return name;
      }
    }
    throw new AssertionError(kind);
  }

  private static void table(StringBuilder page, List<Attribute> rows) {
    ReferenceDocs.head(page, "attribute", "meaning", "takes", "at first", "writable", "since");
    for (Attribute row : rows) {
      ReferenceDocs.row(
          page,
          "`" + row.name() + "`",
          row.help(),
          row.type().hint(),
          initial(row),
          writable(row),
          row.since().describe());
    }
  }

  private static String initial(Attribute row) {
    String text = row.initial().text();
    if (!row.initial().known()) {
      return row.isReadable() ? "made up by the kernel" : "";
    }
    return text.isEmpty() || text.equals("(null)") || text.equals("N/A") ? "" : "`" + text + "`";
  }

  private static String writable(Attribute row) {
    return switch (row.access()) {
      case READ_ONLY -> "never";
      case WRITE_ONLY -> row.lock().description() + "; cannot be read";
      case SECRET -> row.lock().description() + "; never shown";
      case READ_WRITE -> row.lock().description();
    };
  }

  private static void words(StringBuilder page) {
    page.append("\n## Words\n");
    Set<ValueType> types = new LinkedHashSet<>();
    for (Attribute row : NvmetSchema.all()) {
      if (row.type().words().size() > 2) {
        types.add(row.type());
      }
    }
    for (ValueType type : types) {
      page.append("\n### ").append(type.name()).append("\n\n");
      page.append("Of `").append(String.join("`, `", users(type))).append("`.\n");
      ReferenceDocs.head(page, "word", "", "since");
      for (Word word : type.words()) {
        ReferenceDocs.row(page, "`" + word.text() + "`", word.help(), word.since().describe());
      }
    }
  }

  private static List<String> users(ValueType type) {
    Set<String> names = new LinkedHashSet<>();
    for (Attribute row : NvmetSchema.all()) {
      if (row.type().equals(type)) {
        names.add(row.name());
      }
    }
    return new ArrayList<>(names);
  }
}
