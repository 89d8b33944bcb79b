package io.nvmetsh.session;

import io.nvmetsh.journal.Journal;
import io.nvmetsh.journal.Past;
import io.nvmetsh.journal.Times;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What others have done to the target between two lines of a shell: all that was done with nvmetsh,
 * from the journal, and of what was done without it that something was made or removed. It costs
 * the same however large the target is.
 */
final class Meanwhile {

  private static final int MOST_TOLD = 3;

  private static final List<NvmetPath> WATCHED =
      List.of(NvmetPath.of("hosts"), NvmetPath.of("subsystems"), NvmetPath.of("ports"));

  private final Journal journal;
  private final Target target;
  private final Map<NvmetPath, Long> stamps = new HashMap<>();
  private int known;

  Meanwhile(Journal journal, Target target) {
    this.journal = journal;
    this.target = target;
    remember();
  }

  /** A line has ended: what is there now is known. */
  void remember() {
    known = journal.latest();
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
    return news;
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
