package io.nvmetsh.session;

import io.nvmetsh.journal.Past;
import io.nvmetsh.journal.Times;
import io.nvmetsh.plan.Operations;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;

/** What is said of a transaction that was left behind. */
final class Unfinished {

  private Unfinished() {}

  /** Why nothing else can be changed before something is done about it. */
  static Problem inTheWay(Past past) {
    return past.confirm().isPresent()
        ? Problem.of(
            Problem.Kind.LOCKED,
            describe(past),
            "keep it:  confirm",
            "take it back now:  recover --undo")
        : Problem.of(
            Problem.Kind.CONFLICT,
            describe(past),
            "take back what it did:  recover --undo",
            past.back() ? "leave it as it is:  recover --forget" : "go on:  recover --finish");
  }

  /** What is said at the start. */
  static List<String> announced(Past past) {
    List<String> words = new ArrayList<>(List.of(describe(past)));
    inTheWay(past).hints().forEach(words::add);
    return words;
  }

  /** One sentence: which line, whose, when, how far it came. */
  static String describe(Past past) {
    String what =
        "\""
            + past.head().owner().line()
            + "\" ("
            + past.head().owner().who()
            + ", "
            + Times.of(past.head().owner().since())
            + ")";
    if (past.confirm().isPresent()) {
      return what + " is taken back at " + Times.of(past.confirm().get()) + " unless confirmed";
    } else if (past.back()) {
      return what + " ended while it was being taken back";
    }
    return what
        + " ended in the middle: "
        + (past.made() == 1 ? "1 change made" : past.made() + " changes made")
        + past.underWay().map(change -> ", under way: " + Operations.of(change)).orElse("");
  }
}
