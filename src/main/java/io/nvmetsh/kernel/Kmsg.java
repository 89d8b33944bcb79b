package io.nvmetsh.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The log of the running kernel, {@code /dev/kmsg}. Costs nothing until something was refused: no
 * mark is set before an operation, since Java can neither seek to the end of this device nor read
 * it without blocking. Instead the log is read afterwards, and the operation's lines are known by
 * their time: the kernel stamps them with its scheduler clock, and the scheduler's debug file tells
 * how far that is from {@link System#nanoTime}.
 */
final class Kmsg implements KernelLog {

  /**
   * The log has ended when nothing more came for so long; a busy machine needs a while to begin.
   */
  private static final long QUIET_MILLIS = 50;

  private static final long FIRST_MILLIS = 1000;

  private static final int MOST_LINES = 100_000;

  /** The clocks of two processors differ by less. */
  private static final long CLOCK_SLACK_NANOS = 200_000;

  private final Path device;
  private final List<Path> clocks;

  Kmsg() {
    this(
        Path.of("/dev/kmsg"),
        List.of(Path.of("/sys/kernel/debug/sched/debug"), Path.of("/proc/sched_debug")));
  }

  /**
   * @param clocks where the scheduler's debug file may be: below debugfs since 5.13
   */
  Kmsg(Path device, List<Path> clocks) {
    this.device = device;
    this.clocks = clocks;
  }

  @Override
  public State state() {
    try {
      FileChannel.open(device, StandardOpenOption.READ).close();
      return clockOffset().isPresent() ? State.READABLE : State.NO_CLOCK;
    } catch (NoSuchFileException e) {
      return State.ABSENT;
    } catch (IOException e) {
      return State.NOT_PERMITTED;
    }
  }

  @Override
  public List<String> lines() {
    return linesFrom(Long.MIN_VALUE);
  }

  /** The lines about nvmet that were logged since a moment of {@link System#nanoTime}. */
  List<String> since(long moment) {
    OptionalLong offset = clockOffset();
    return offset.isPresent()
        ? linesFrom(moment + offset.getAsLong() - CLOCK_SLACK_NANOS)
        : List.of();
  }

  private List<String> linesFrom(long stamp) {
    List<String> result = new ArrayList<>();
    for (LogLine line : read()) {
      if (line.nanos >= stamp) {
        result.add(line.text);
      }
    }
    return result;
  }

  /** How far the log's clock is ahead of ours, in nanoseconds. */
  private OptionalLong clockOffset() {
    for (Path file : clocks) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer head = ByteBuffer.allocate(1024);
        channel.read(head);
        String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        OptionalLong ours = nanos(text, "ktime");
        OptionalLong theirs = nanos(text, "cpu_clk");
        if (ours.isPresent() && theirs.isPresent()) {
          return OptionalLong.of(theirs.getAsLong() - ours.getAsLong());
        }
      } catch (IOException e) {
        // Not in this kernel, or not for us: the next place, and without any the log stays unused.
      }
    }
    return OptionalLong.empty();
  }

  /** A line such as {@code ktime : 123456.789012}, in milliseconds. */
  private static OptionalLong nanos(String text, String name) {
    int start = text.indexOf("\n" + name);
    int colon = start < 0 ? -1 : text.indexOf(':', start);
    int end = colon < 0 ? -1 : text.indexOf('\n', colon);
    if (end < 0) {
      return OptionalLong.empty();
    }
    String number = text.substring(colon + 1, end).strip();
    int dot = number.indexOf('.');
    try {
      return OptionalLong.of(
          Long.parseLong(number.substring(0, dot)) * 1_000_000
              + Long.parseLong(number.substring(dot + 1)));
    } catch (RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  /** What the reader passes on. */
  private record LogLine(Kind kind, long nanos, String text) {
    enum Kind {
      NVMET,
      OTHER,
      END
    }

    static final LogLine OTHER = new LogLine(Kind.OTHER, 0, "");
    static final LogLine END = new LogLine(Kind.END, 0, "");
  }

  private List<LogLine> read() {
    List<LogLine> lines = new ArrayList<>();
    BlockingQueue<LogLine> arriving = new LinkedBlockingQueue<>();
    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
      // Reading blocks at the end of the log; closing the channel wakes the reader up.
      Thread reader = new Thread(() -> follow(channel, arriving), "kernel log");
      reader.setDaemon(true);
      reader.start();
      for (int i = 0; i < MOST_LINES; i++) {
        long patience = i == 0 ? FIRST_MILLIS : QUIET_MILLIS;
        LogLine line = arriving.poll(patience, TimeUnit.MILLISECONDS);
        if (line == null || line.kind == LogLine.Kind.END) {
          break;
        } else if (line.kind == LogLine.Kind.NVMET) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lines;
  }

  private static void follow(FileChannel channel, BlockingQueue<LogLine> arriving) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
    while (channel.isOpen()) {
      buffer.clear();
      try {
        if (channel.read(buffer) < 0) {
          break;
        }
      } catch (IOException e) {
        if ("Broken pipe".equals(e.getMessage())) {
          continue; // The record to be read was overwritten; the next read gives the one after.
        }
        break;
      }
      buffer.flip();
      addTo(arriving, StandardCharsets.ISO_8859_1.decode(buffer).toString());
    }
    arriving.add(LogLine.END);
  }

  /**
   * Records are {@code priority,sequence,microseconds,flags;text}, followed by indented details.
   */
  private static void addTo(BlockingQueue<LogLine> arriving, String records) {
    int start = 0;
    while (start < records.length()) {
      int newline = records.indexOf('\n', start);
      int end = newline < 0 ? records.length() : newline;
      if (records.charAt(start) != ' ') {
        arriving.add(parse(records.substring(start, end)));
      }
      start = end + 1;
    }
  }

  private static LogLine parse(String record) {
    int semicolon = record.indexOf(';');
    String text = record.substring(semicolon + 1);
    if (semicolon < 0 || !(text.contains("nvmet") || text.contains("nvme_loop"))) {
      return LogLine.OTHER;
    }
    int second = record.indexOf(',', record.indexOf(',') + 1);
    int third = record.indexOf(',', second + 1);
    try {
      long micros = Long.parseLong(record.substring(second + 1, third));
      return new LogLine(LogLine.Kind.NVMET, micros * 1000, text);
    } catch (RuntimeException e) {
      return LogLine.OTHER;
    }
  }
}
