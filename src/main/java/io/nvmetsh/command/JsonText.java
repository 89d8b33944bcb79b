package io.nvmetsh.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Data as JSON for people: a field a line, indented. Nothing in it is obeyed by a terminal. */
final class JsonText {

  private final List<String> lines = new ArrayList<>();

  private JsonText() {}

  /**
   * @param data as {@link DocumentData} has it
   */
  static List<String> lines(Object data) {
    JsonText text = new JsonText();
    text.value("", "", data, "");
    return text.lines;
  }

  private void value(String indent, String before, @Nullable Object data, String after) {
    if (data instanceof Map<?, ?> map && !map.isEmpty()) {
      lines.add(indent + before + "{");
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        String key = string(String.valueOf(entry.getKey())) + ": ";
        value(indent + "  ", key, entry.getValue(), entries.hasNext() ? "," : "");
      }
      lines.add(indent + "}" + after);
    } else if (data instanceof List<?> list && !list.isEmpty()) {
      lines.add(indent + before + "[");
      for (int i = 0; i < list.size(); i++) {
        value(indent + "  ", "", list.get(i), i + 1 < list.size() ? "," : "");
      }
      lines.add(indent + "]" + after);
    } else {
      lines.add(indent + before + plain(data) + after);
    }
  }

  private static String plain(@Nullable Object data) {
    if (data instanceof Map) {
      return "{}";
    } else if (data instanceof List) {
      return "[]";
    }
    return data == null || data instanceof Number || data instanceof Boolean
        ? String.valueOf(data)
        : string(data.toString());
  }

  private static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        quoted.append(c);
      } else {
        quoted.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          quoted.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
      }
    }
    return quoted.append('"').toString();
  }
}
