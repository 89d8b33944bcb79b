package io.nvmetsh.session;

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
