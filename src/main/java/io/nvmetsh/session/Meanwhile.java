package io.nvmetsh.session;

import io.nvmetsh.journal.Journal;
import io.nvmetsh.journal.Past;
import io.nvmetsh.journal.Times;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.LiveTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What others have done to the target between two lines of a shell: all that was done with nvmetsh,
 * from the journal, and of what was done without it that something was made or removed, and what
 * was set where the shell is. It costs the same however large the target is.
 */
final class Meanwhile {

  private static final int MOST_TOLD = 3;

  private static final List<NvmetPath> WATCHED =
      List.of(NvmetPath.of("hosts"), NvmetPath.of("subsystems"), NvmetPath.of("ports"));

  private final Journal journal;
  private final Target target;
  private final Map<NvmetPath, Long> stamps = new HashMap<>();
  private int known;
  private NvmetPath here = NvmetPath.ROOT;
  private SortedMap<NvmetPath, String> values = new TreeMap<>();

  Meanwhile(Journal journal, Target target) {
    this.journal = journal;
    this.target = target;
    remember(NvmetPath.ROOT);
  }

  /**
   * A line has ended: what is there now is known.
   *
   * @param place where the shell is
   */
  void remember(NvmetPath place) {
    known = journal.latest();
    here = place;
    values = values();
    for (NvmetPath path : WATCHED) {
      stamps.put(path, target.configfs().stamp(path));
    }
  }

  /** What is to be said before the next line. */
  List<String> news() {
    List<String> news = new ArrayList<>();
    int latest = journal.latest();
    for (int number = Math.max(known, latest - MOST_TOLD) + 1; number <= latest; number++) {
      journal.read(number, target.flavor()).ifPresent(past -> news.add(told(past)));
    }
    if (latest - known > MOST_TOLD) {
      news.add("and more before that; see all of it:  rollback");
    }
    for (NvmetPath path : WATCHED) {
      if (latest == known && stamps.getOrDefault(path, 0L) != target.configfs().stamp(path)) {
        news.add("something was made or removed in " + path + " meanwhile, without nvmetsh");
      }
    }
    if (latest == known) {
      news.addAll(set());
    }
    return news;
  }

  /** What was set where the shell is. */
  private List<String> set() {
    List<String> news = new ArrayList<>();
    for (Map.Entry<NvmetPath, String> now : values().entrySet()) {
      String before = values.get(now.getKey());
      if (before != null && !before.equals(now.getValue())) {
        boolean secret = new Change.SetAttribute(now.getKey(), now.getValue()).isSecret();
        news.add(
            now.getKey()
                + (secret ? "" : " was " + shown(before) + " and is " + shown(now.getValue()) + ",")
                + " set meanwhile, without nvmetsh");
      }
    }
    return news;
  }

  private static String shown(String value) {
    return Quoting.word(Printable.text(value));
  }

  /** What can be set here; what only the kernel changes is nobody's doing. */
  private SortedMap<NvmetPath, String> values() {
    SortedMap<NvmetPath, String> found = new TreeMap<>();
    LiveTree tree = new LiveTree(target.configfs(), target.flavor());
    for (String name : tree.isDirectory(here) ? tree.attributes(here) : List.<String>of()) {
      Attribute row = NvmetSchema.row(here.kind().orElseThrow(), name);
      if (row.isWritable() && row.isReadable()) {
        tree.value(here.child(name)).ifPresent(value -> found.put(here.child(name), value.strip()));
      }
    }
    return found;
  }

  private static String told(Past past) {
    return "meanwhile, by "
        + past.head().owner().who()
        + " at "
        + Times.of(past.head().owner().since())
        + ": "
        + past.head().owner().line();
  }
}
