package io.nvmetsh.session;

import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Operations;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One line a change to the machine's system log, facility {@code authpriv}: who, where, what, and
 * what came of it. Java cannot speak to {@code /dev/log}, a datagram socket; {@code logger} of
 * util-linux can, so one runs beside this process from the first change on. It ignores the signals
 * of the terminal, since a Ctrl-C is for this program, and ends when its input does: what was
 * written to it is told even when this process is killed.
 */
public final class SystemLog implements Audit {

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/logger"), Path.of("/bin/logger"));

  /** Signals that are ignored stay ignored in the program that a shell becomes. */
  private static final String DETACHED =
      "trap '' INT QUIT TSTP HUP TERM; exec \"$0\" -t nvmetsh -p authpriv.notice";

  /** What syslog(3) takes at least; {@code logger} cuts a longer line in two. */
  private static final int LONGEST = 1000;

  private static final long PATIENCE_SECONDS = 2;

  private final List<Path> places;
  private final Origin origin;
  private @Nullable Process logger;
  private @Nullable String who;
  private boolean failed;

  public SystemLog(Origin origin) {
    this(PLACES, origin);
  }

  SystemLog(List<Path> places, Origin origin) {
    this.places = places;
    this.origin = origin;
  }

  @Override
  public void begins(Consumer<String> note) {
    if (!failed && !isOpen()) {
      note.accept("the system log is not told of changes: logger cannot be run here");
    }
  }

  @Override
  public void made(Change change) {
    tell("done", change);
  }

  @Override
  public void refused(Change change, Problem why) {
    tell("refused " + why.detail("errno").orElse("-"), change);
  }

  private void tell(String result, Change change) {
    byte[] line = (line(result, change) + "\n").getBytes(StandardCharsets.UTF_8);
    // should somebody have killed it, a second one is told
    for (int i = 0; i < 2 && isOpen(); i++) {
      try {
        Process running = Objects.requireNonNull(logger);
        running.getOutputStream().write(line);
        running.getOutputStream().flush();
        return;
      } catch (IOException e) {
        logger = null;
      }
    }
  }

  /** Key and value, as the audit logs of Linux have it; the change is last, for it has blanks. */
  private String line(String result, Change change) {
    if (who == null) {
      who = who();
    }
    StringBuilder line = new StringBuilder(who).append(" result=").append(result.replace(' ', '/'));
    line.append(" change=").append(Printable.text(Operations.of(change)));
    return line.length() > LONGEST ? line.substring(0, LONGEST - 3) + "..." : line.toString();
  }

  /**
   * What holds as long as this process lives: a change of configfs costs less than to ask for it.
   */
  private String who() {
    StringBuilder who = new StringBuilder("user=").append(word(origin.user()));
    origin.sudoUser().ifPresent(user -> who.append(" sudo_user=").append(word(user)));
    Origin.loginId().ifPresent(id -> who.append(" auid=").append(word(id)));
    who.append(" tty=").append(word(Origin.terminal().orElse("-")));
    return who.append(" pid=").append(ProcessHandle.current().pid()).toString();
  }

  private static String word(String text) {
    return Quoting.word(text.isEmpty() ? "-" : text);
  }

  private boolean isOpen() {
    if (logger == null && !failed) {
      logger = start().orElse(null);
      failed = logger == null;
    }
    return logger != null;
  }

  private Optional<Process> start() {
    for (Path place : places) {
      if (Files.isExecutable(place)) {
        try {
          List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED));
          command.add(place.toString());
          ProcessBuilder builder = new ProcessBuilder(command);
          builder.environment().clear();
          builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
          builder.redirectError(ProcessBuilder.Redirect.DISCARD);
          return Optional.of(builder.directory(Path.of("/").toFile()).start());
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** The program ends behind this at once; what it was told has to be out by then. */
  @Override
  public void close() {
    Process running = logger;
    logger = null;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
      running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // it has gone already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
