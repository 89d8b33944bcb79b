package io.nvmetsh.command;

import io.nvmetsh.doctor.Observation;
import io.nvmetsh.offload.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as programs read it: maps, lists, strings, numbers, truth values and null for unknown.
 * There is one such form, whichever way it is asked for.
 */
public final class DocumentData {

  private DocumentData() {}

  /** The data of a document. */
  public static Object of(Document document) {
    if (document instanceof Document.Lines lines) {
      List<@Nullable Object> data = new ArrayList<>();
      lines.lines().forEach(cell -> data.add(cell.value()));
      return data;
    } else if (document instanceof Document.Table table) {
      return table(table);
    } else if (document instanceof Document.Pairs pairs) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      pairs.pairs().forEach((key, cell) -> data.put(key, cell.value()));
      return data;
    } else if (document instanceof Document.TreeView tree) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      data.put("name", tree.name().value());
      data.put("summary", tree.summary().value());
      data.put("children", tree.children().stream().map(DocumentData::of).toList());
      return data;
    } else if (document instanceof Document.Findings findings) {
      return findings.findings().stream().map(DocumentData::finding).toList();
    } else if (document instanceof Document.Observations observations) {
      return observations.observations().stream().map(DocumentData::observation).toList();
    } else if (document instanceof Document.Sections sections) {
      Map<String, Object> data = new LinkedHashMap<>();
      sections.sections().forEach(section -> data.put(section.key(), of(section.body())));
      return data;
    } else if (document instanceof Document.AsJson json) {
      return of(json.body());
    }
    throw new IllegalStateException("no data of " + document.getClass());
  }

  private static Object table(Document.Table table) {
    List<Map<String, @Nullable Object>> data = new ArrayList<>();
    for (List<Document.Cell> row : table.rows()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        fields.put(table.columns().get(i).key(), row.get(i).value());
      }
      data.add(fields);
    }
    return data;
  }

  /** A warning, which is data of {@code check} and beside the data of a change. */
  public static Map<String, Object> finding(Finding finding) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("rule", finding.rule());
    data.put("severity", finding.severity() == Finding.Severity.WARNING ? "warning" : "note");
    data.put("path", finding.path());
    data.put("summary", finding.summary());
    data.put("mend", finding.mend());
    return data;
  }

  private static Map<String, Object> observation(Observation seen) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("level", seen.level().name().toLowerCase(Locale.ROOT));
    data.put("rule", seen.rule());
    data.put("about", seen.about());
    data.put("found", seen.found());
    data.put("needed", seen.needed());
    data.put("mend", seen.mend());
    data.put("elsewhere", seen.elsewhere());
    return data;
  }
}
