package io.nvmetsh.device;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one sysfs directory, each read when it is first asked for and then kept: a drive has
 * a dozen, of which a line seldom needs three.
 */
final class SysFiles {

  private final SysValues values;
  private final String directory;
  private final Map<String, String> texts = new HashMap<>();

  SysFiles(SysValues values, String directory) {
    this.values = values;
    this.directory = directory;
  }

  /** What a file says, cleaned; empty text when it says nothing or cannot be read. */
  String text(String file) {
    String text = texts.get(file);
    if (text == null) {
      text = values.text(Links.child(directory, file));
      texts.put(file, text);
    }
    return text;
  }

  /** The same; absent when it is empty. */
  Optional<String> value(String file) {
    String text = text(file);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** A decimal number; absent when there is none. */
  Optional<Long> number(String file) {
    return SysValues.parse(text(file), 10);
  }

  /** The NUMA node of a device; absent when the firmware does not tell (the file says -1). */
  Optional<Integer> numaNode(String file) {
    return SysValues.numaNode(number(file));
  }
}
