package io.nvmetsh.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the single values that sysfs keeps one to a file, and the links it names things by. */
record SysValues(SysTree tree) {

  /** What a file says, as it says it; empty text when it cannot be read. */
  String rawText(String file) {
    Optional<String> content = tree.read(file);
    return content.isPresent() ? content.get() : "";
  }

  /** What a file says, cleaned; empty text when it says nothing or cannot be read. */
  String text(String file) {
    Optional<String> content = tree.read(file);
    return content.isPresent() ? clean(content.get()) : "";
  }

  /** What a file says, cleaned; absent when it says nothing or cannot be read. */
  Optional<String> value(String file) {
    String text = text(file);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** A decimal number; absent when there is none. */
  Optional<Long> number(String file) {
    return parse(text(file), 10);
  }

  /** A number as sysfs prints PCI ids: {@code 0x15b3}. -1 when there is none. */
  int id(String file) {
    String text = text(file);
    Optional<Long> id = text.startsWith("0x") ? parse(text.substring(2), 16) : Optional.empty();
    return id.isPresent() ? id.get().intValue() : -1;
  }

  /** The NUMA node of a device; absent when the firmware does not tell (the file says -1). */
  Optional<Integer> numaNode(String file) {
    return numaNode(number(file));
  }

  static Optional<Integer> numaNode(Optional<Long> node) {
    return node.isPresent() && node.get() >= 0
        ? Optional.of(node.get().intValue())
        : Optional.empty();
  }

  /** The name of what a link leads to, such as that of a device's driver. */
  Optional<String> linkedName(String link) {
    Optional<String> target = tree.link(link);
    return target.isPresent() ? Optional.of(Links.name(target.get())) : Optional.empty();
  }

  /** The names of what the links in a directory lead to, such as the holders of a disk. */
  List<String> linkedNames(String directory) {
    List<String> names = new ArrayList<>();
    for (String name : tree.list(directory)) {
      Optional<String> target = tree.link(Links.child(directory, name));
      if (target.isPresent()) {
        names.add(Links.name(target.get()));
      }
    }
    return names;
  }

  static Optional<Long> parse(String digits, int radix) {
    try {
      return Optional.of(Long.parseLong(digits, radix));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Words between blanks and tabs. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < line.length()) {
      int end = start;
      while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
        end++;
      }
      if (end > start) {
        words.add(line.substring(start, end));
      }
      start = end + 1;
    }
    return words;
  }

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      lines.add(text.substring(start, end));
      start = end + 1;
    }
    return lines;
  }

  /**
   * Text from a device as it may be shown: without padding, and without the characters that a
   * terminal acts on. A drive's model name is whatever its maker, or an attacker, wrote there.
   */
  static String clean(String text) {
    int end = text.length();
    int start = 0;
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    for (int i = start; i < end; i++) {
      if (DumpText.isUnseen(text.charAt(i))) {
        return stripped(text, start, end);
      }
    }
    return text.substring(start, end);
  }

  private static String stripped(String text, int start, int end) {
    StringBuilder shown = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      if (!DumpText.isUnseen(text.charAt(i))) {
        shown.append(text.charAt(i));
      }
    }
    return shown.toString().strip();
  }
}
