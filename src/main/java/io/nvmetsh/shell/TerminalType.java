package io.nvmetsh.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jline.utils.InfoCmp.Capability;

/**
 * What a type of terminal can do, by the descriptions that the line editor's library carries, which
 * lie beside the program as files. The library looks for them in its jar and takes them apart by
 * regular expressions: a quarter of the way to the first prompt.
 */
record TerminalType(
    Set<Capability> flags, Map<Capability, Integer> numbers, Map<Capability, String> strings) {

  /**
   * Reads a type's description into these collections.
   *
   * @param folder of the library's files: {@code capabilities.txt}, a line "name, short name,
   *     termcap's name" for each capability in the order of the constants, and {@code TYPE.caps},
   *     as infocmp(1) prints it
   * @return whether there is one; otherwise nothing was read
   */
  boolean read(Path folder, String type) throws IOException {
    Path description = folder.resolve(type + ".caps");
    if (!Files.isReadable(description)) {
      return false;
    }
    Map<String, String> values = values(Files.readAllLines(description));
    Capability[] all = Capability.values();
    int next = 0;
    for (String line : Files.readAllLines(folder.resolve("capabilities.txt"))) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int comma = line.indexOf(',');
      String shortName = line.substring(comma + 2, line.indexOf(',', comma + 1));
      String value = values.get(shortName);
      if (value != null) {
        put(all[next], value);
      }
      next++;
    }
    return true;
  }

  /** What stands behind the name of each capability, with the sign between them. */
  private static Map<String, String> values(List<String> lines) {
    Map<String, String> values = new HashMap<>(512);
    for (String line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      int from = 0;
      for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
        String capability = line.substring(from, comma).strip();
        int sign = sign(capability);
        values.put(capability.substring(0, sign), capability.substring(sign));
        from = comma + 1;
      }
    }
    return values;
  }

  private static int sign(String capability) {
    int number = capability.indexOf('#');
    int equals = capability.indexOf('=');
    if (number > 0 && (equals < 0 || number < equals)) {
      return number;
    }
    return equals > 0 ? equals : capability.length();
  }

  private void put(Capability capability, String value) {
    if (value.isEmpty()) {
      flags.add(capability);
    } else if (value.startsWith("#")) {
      numbers.put(capability, Integer.decode(value.substring(1)));
    } else {
      strings.put(capability, value.substring(1));
    }
  }
}
