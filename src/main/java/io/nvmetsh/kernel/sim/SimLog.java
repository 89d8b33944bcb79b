package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.KernelLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The simulated kernel's log. Like the real one it withholds a line that was printed without a
 * newline until something else is printed: nvmet has such lines ("invalid nsid").
 */
public final class SimLog implements KernelLog {

  private static final int MOST_LINES = 1000;

  /** The longest record (PRINTKRB_RECORD_MAX), which holds its level in two bytes and a NUL. */
  private static final int RECORD = 1024;

  /** Before, a record kept room for the prefix that consoles show (LOG_LINE_MAX). */
  private static final int OLD_RECORD = 992;

  private static final int OVERHEAD = 3;

  private final int most;
  private final Deque<String> lines = new ArrayDeque<>();
  private @Nullable String open;
  private long printed;

  SimLog(SimProfile profile) {
    most = (profile.has(Quirk.LOG_LINES_SHORTER) ? OLD_RECORD : RECORD) - OVERHEAD;
  }

  @Override
  public State state() {
    return State.READABLE;
  }

  @Override
  public List<String> lines() {
    return new ArrayList<>(lines);
  }

  /** A place in the log: everything that can be read now is before it. */
  public long mark() {
    return printed;
  }

  /** The lines that could first be read after {@code mark}. */
  public List<String> since(long mark) {
    List<String> all = lines();
    long wanted = Math.max(0, Math.min(printed - mark, all.size()));
    return List.copyOf(all.subList(all.size() - (int) wanted, all.size()));
  }

  /** A mark behind the open line too: what follows it belongs to the operation that begins. */
  long begin() {
    return printed + (open == null ? 0 : 1);
  }

  /** pr_err and its sisters. */
  void print(String module, String text) {
    store(module + ": " + text + "\n");
  }

  /** The same without a newline at the end. */
  void printOpen(String module, String text) {
    store(module + ": " + text);
  }

  /** vprintk_store: what is too long loses its end, and with it the newline that completes it. */
  private void store(String text) {
    close();
    String kept = text.substring(0, Math.min(text.length(), most));
    if (kept.endsWith("\n")) {
      add(record(kept.substring(0, kept.length() - 1)));
    } else {
      open = record(kept);
    }
  }

  /** Another part of the kernel printed something; that ends an open line. */
  void close() {
    if (open != null) {
      add(open);
      open = null;
    }
  }

  /** What the kernel says as it goes down; not in nvmet's name. */
  void add(String line) {
    lines.add(line);
    printed++;
    if (lines.size() > MOST_LINES) {
      lines.remove();
    }
  }

  /** As /dev/kmsg shows it: what is not printable ASCII is escaped. */
  private static String record(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '\\') {
        out.append("\\x");
        out.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
