package io.nvmetsh.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The log of the running kernel, {@code /dev/kmsg}. Costs nothing until something was refused: no
 * mark is set before an operation, since Java can neither seek to the end of this device nor read
 * it without blocking. Instead the log is read afterwards, and the operation's lines are known by
 * their time: the kernel stamps them with its scheduler clock, and the scheduler's debug file tells
 * how far that is from {@link System#nanoTime}.
 */
final class Kmsg implements KernelLog {

  /** Where nothing came for so long, it is looked whether there is anything more to come. */
  private static final long QUIET_MILLIS = 20;

  /** Nothing is waited for longer than this. */
  private static final long MOST_MILLIS = 1000;

  private static final int MOST_LINES = 100_000;

  /** The clocks of two processors differ by less. */
  private static final long CLOCK_SLACK_NANOS = 200_000;

  /**
   * Where the processors' own clocks cannot be relied on, as in many virtual machines, the log's is
   * right to a tick: 10 ms at most (sched_clock_local).
   */
  private static final long UNSTABLE_SLACK_NANOS = 12_000_000;

  private static final int CLOCK_READS = 5;

  /** What the log's clock is to ours: how far ahead, and whether to the tick only. */
  private record Clock(long offset, boolean unstable) {
    long slack() {
      return unstable ? UNSTABLE_SLACK_NANOS : CLOCK_SLACK_NANOS;
    }
  }

  private final Path device;
  private final List<Path> clocks;
  private long shown = -1;
  private int readers;

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
      return readClock().isPresent() ? State.READABLE : State.NO_CLOCK;
    } catch (NoSuchFileException e) {
      return State.ABSENT;
    } catch (IOException e) {
      return State.NOT_PERMITTED;
    }
  }

  @Override
  public List<String> lines() {
    return read().stream().map(LogLine::text).toList();
  }

  /**
   * The lines about nvmet that were logged since a moment of {@link System#nanoTime}, without those
   * of an operation before.
   */
  List<String> since(long moment) {
    Optional<Clock> clock = clock();
    if (clock.isEmpty()) {
      return List.of();
    }
    long stamp = moment + clock.get().offset - clock.get().slack();
    List<String> result = new ArrayList<>();
    for (LogLine line : read()) {
      if (line.nanos >= stamp && line.sequence > shown) {
        result.add(line.text);
        shown = line.sequence;
      }
    }
    return result;
  }

  /**
   * The kernel reads the log's clock after ours, and may be held up in between: the least of
   * several answers is the one that is right.
   */
  private Optional<Clock> clock() {
    Optional<Clock> least = readClock();
    for (int i = 1; i < CLOCK_READS && least.isPresent(); i++) {
      Optional<Clock> next = readClock();
      least = next.isPresent() && next.get().offset < least.get().offset ? next : least;
    }
    return least;
  }

  private Optional<Clock> readClock() {
    for (Path file : clocks) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ByteBuffer head = ByteBuffer.allocate(1024);
        channel.read(head);
        String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        OptionalLong ours = nanos(text, "ktime");
        OptionalLong theirs = nanos(text, "cpu_clk");
        if (ours.isPresent() && theirs.isPresent()) {
          return Optional.of(
              new Clock(
                  theirs.getAsLong() - ours.getAsLong(),
                  value(text, "sched_clock_stable()").equals("0")));
        }
      } catch (IOException e) {
        // Not in this kernel, or not for us: the next place, and without any the log stays unused.
      }
    }
    return Optional.empty();
  }

  /** A line such as {@code ktime : 123456.789012}, in milliseconds. */
  private static OptionalLong nanos(String text, String name) {
    String number = value(text, name);
    int dot = number.indexOf('.');
    try {
      return OptionalLong.of(
          Long.parseLong(number.substring(0, dot)) * 1_000_000
              + Long.parseLong(number.substring(dot + 1)));
    } catch (RuntimeException e) {
      return OptionalLong.empty();
    }
  }

  /** What a line of that name says; nothing where there is none. */
  private static String value(String text, String name) {
    int start = text.indexOf("\n" + name);
    int colon = start < 0 ? -1 : text.indexOf(':', start);
    int end = colon < 0 ? -1 : text.indexOf('\n', colon);
    return end < 0 ? "" : text.substring(colon + 1, end).strip();
  }

  /** What the reader passes on. */
  private record LogLine(Kind kind, long sequence, long nanos, String text) {
    enum Kind {
      NVMET,
      OTHER,
      END
    }

    static final LogLine OTHER = new LogLine(Kind.OTHER, 0, 0, "");
    static final LogLine END = new LogLine(Kind.END, 0, 0, "");
  }

  private List<LogLine> read() {
    List<LogLine> lines = new ArrayList<>();
    BlockingQueue<LogLine> arriving = new LinkedBlockingQueue<>();
    AtomicBoolean asking = new AtomicBoolean();
    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
      // Reading blocks at the end of the log; closing the channel wakes the reader up.
      Thread reader = new Thread(() -> follow(channel, asking, arriving), "kmsg " + ++readers);
      reader.setDaemon(true);
      reader.start();
      for (int i = 0; i < MOST_LINES; i++) {
        LogLine line = next(arriving, () -> asking.get() && sleeps(reader.getName()));
        if (line.kind == LogLine.Kind.END) {
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

  /** The next line; the end once the reader waits for one that is not there. */
  private static LogLine next(BlockingQueue<LogLine> arriving, BooleanSupplier waits)
      throws InterruptedException {
    for (long waited = 0; waited < MOST_MILLIS; waited += QUIET_MILLIS) {
      LogLine line = arriving.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
      if (line != null) {
        return line;
      }
      if (waits.getAsBoolean()) {
        line = arriving.poll();
        return line == null ? LogLine.END : line;
      }
    }
    return LogLine.END;
  }

  /**
   * Whether the reader is asleep, which while it asks for a line is in its read(2). On a machine
   * that stands still at times, silence alone does not tell the end of the log from a reader that
   * has been held up; and one that only just starts sleeps, too.
   */
  private static boolean sleeps(String reader) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).strip().equals(reader)) {
          String stat = Files.readString(thread.resolve("stat"));
          return stat.startsWith(" S", stat.lastIndexOf(')') + 1);
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      // a thread that ended meanwhile: the next look will do
      return false;
    }
  }

  private static void follow(
      FileChannel channel, AtomicBoolean asking, BlockingQueue<LogLine> arriving) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
    while (channel.isOpen()) {
      buffer.clear();
      try {
        asking.set(true);
        int read = channel.read(buffer);
        asking.set(false);
        if (read < 0) {
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
    if (semicolon < 0 || !isAboutTarget(text)) {
      return LogLine.OTHER;
    }
    int first = record.indexOf(',');
    int second = record.indexOf(',', first + 1);
    int third = record.indexOf(',', second + 1);
    try {
      long micros = Long.parseLong(record.substring(second + 1, third));
      long sequence = Long.parseLong(record.substring(first + 1, second));
      return new LogLine(LogLine.Kind.NVMET, sequence, micros * 1000, text);
    } catch (RuntimeException e) {
      return LogLine.OTHER;
    }
  }

  /** Why a drive cannot have the memory that it is to have (p2pmem) is told in the drive's name. */
  private static boolean isAboutTarget(String text) {
    return text.contains("nvmet")
        || text.contains("nvme_loop")
        || text.contains("cannot be used for peer-to-peer DMA");
  }
}
