package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Configfs.EntryType;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.util.Map;
import java.util.TreeMap;

/** Whole trees in words, for comparison. */
final class Trees {

  private Trees() {}

  /** Every path with what is there: a directory, a value, where a link leads, or an errno. */
  static Map<String, String> of(Configfs configfs) throws Refusal {
    Map<String, String> tree = new TreeMap<>();
    walk(configfs, NvmetPath.ROOT, tree);
    return tree;
  }

  private static void walk(Configfs configfs, NvmetPath directory, Map<String, String> tree)
      throws Refusal {
    for (Configfs.Entry entry : configfs.list(directory)) {
      NvmetPath path = directory.child(entry.name());
      String name = path.toString().substring(1);
      if (entry.type() == EntryType.DIRECTORY) {
        tree.put(name, "directory");
        walk(configfs, path, tree);
      } else if (entry.type() == EntryType.LINK) {
        tree.put(name, "-> " + configfs.readlink(path).toString().substring(1));
      } else {
        tree.put(name, value(configfs, path));
      }
    }
  }

  private static String value(Configfs configfs, NvmetPath path) {
    try {
      return "\"" + configfs.read(path) + "\"";
    } catch (Refusal e) {
      return e.errno().name();
    }
  }
}
