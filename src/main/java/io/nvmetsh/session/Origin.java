package io.nvmetsh.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Who is at work, when, and with which nvmetsh: what a recording says of itself.
 *
 * @param sudoUser who became this user by sudo
 */
public record Origin(Clock clock, String version, String user, Optional<String> sudoUser) {

  public static Origin ofThisProcess() {
    String version = Origin.class.getPackage().getImplementationVersion();
    return new Origin(
        new LocalClock(),
        version == null ? "development" : version,
        System.getProperty("user.name", "?"),
        Optional.ofNullable(System.getenv("SUDO_USER")));
  }

  /**
   * The user id that whoever is at work logged in with, which sudo and su do not change (see
   * pam_loginuid); empty where nobody logged in.
   */
  static Optional<String> loginId() {
    try {
      String id = Files.readString(Path.of("/proc/self/loginuid")).strip();
      return id.equals("4294967295") ? Optional.empty() : Optional.of(id);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The terminal that this process was started from, such as {@code pts/3}. */
  static Optional<String> terminal() {
    for (int stream = 0; stream < 3; stream++) {
      try {
        String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
        if (file.startsWith("/dev/pts/") || file.startsWith("/dev/tty")) {
          return Optional.of(file.substring("/dev/".length()));
        }
      } catch (IOException e) {
        // closed, or no /proc: the next one may tell
      }
    }
    return Optional.empty();
  }

  /**
   * Looks the time zone up when somebody asks for it: that takes 20 ms, and most starts need none.
   */
  private static final class LocalClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneId.systemDefault();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.system(zone);
    }

    @Override
    public Instant instant() {
      return Instant.now();
    }
  }
}
