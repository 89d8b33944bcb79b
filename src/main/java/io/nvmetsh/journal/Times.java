package io.nvmetsh.journal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Points in time as administrators read them: where they are, with the day. */
public final class Times {

  private Times() {}

  /** Such as {@code 2026-11-22 14:03:22}. */
  public static String of(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
        .format(time.atZone(ZoneId.systemDefault()));
  }
}
