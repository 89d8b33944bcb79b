package io.nvmetsh.doctor;

import io.nvmetsh.offload.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a check saw of one thing.
 *
 * @param rule id of the offload rule or hazard that it is about; empty for none
 * @param about the thing, {@code nvme0}, or all of which the same is true
 * @param found what is
 * @param needed what has to be; empty where nothing more is
 * @param mend lines to type here
 * @param elsewhere what cannot be typed here: what to do, and where
 */
public record Observation(
    Level level,
    String rule,
    List<String> about,
    String found,
    String needed,
    List<String> mend,
    String elsewhere) {

  /** How it stands. */
  public enum Level {
    /** As it has to be. */
    OK,
    /** Worth knowing, costs nothing now. */
    NOTE,
    /** Could not be seen. */
    UNKNOWN,
    /** Stands in the way of offload, and can be mended. */
    WARNING,
    /** Offload is not possible with this. */
    IMPOSSIBLE
  }

  public Observation {
    about = List.copyOf(about);
    mend = List.copyOf(mend);
  }

  private Observation(Level level, String about, String found) {
    this(level, "", List.of(about), found, "", List.of(), "");
  }

  public static Observation ok(String about, String found) {
    return new Observation(Level.OK, about, found);
  }

  public static Observation note(String about, String found) {
    return new Observation(Level.NOTE, about, found);
  }

  public static Observation unknown(String about, String found) {
    return new Observation(Level.UNKNOWN, about, found);
  }

  public static Observation warning(String rule, String about, String found) {
    return new Observation(Level.WARNING, rule, List.of(about), found, "", List.of(), "");
  }

  public static Observation impossible(String rule, String about, String found) {
    return new Observation(Level.IMPOSSIBLE, rule, List.of(about), found, "", List.of(), "");
  }

  /** What an offload rule has to say. */
  public static Observation of(Finding finding) {
    Level level = finding.severity() == Finding.Severity.NOTE ? Level.NOTE : Level.WARNING;
    return new Observation(
        level, finding.rule(), List.of(finding.path()), finding.summary(), "", finding.mend(), "");
  }

  public Observation at(Level other) {
    return new Observation(other, rule, about, found, needed, mend, elsewhere);
  }

  public Observation by(String id) {
    return new Observation(level, id, about, found, needed, mend, elsewhere);
  }

  public Observation needs(String what) {
    return new Observation(level, rule, about, found, what, mend, elsewhere);
  }

  public Observation mend(List<String> lines) {
    return new Observation(level, rule, about, found, needed, lines, elsewhere);
  }

  public Observation elsewhere(String what) {
    return new Observation(level, rule, about, found, needed, mend, what);
  }

  /** Whether somebody has to see to it before offload can be. */
  public boolean isInTheWay() {
    return level == Level.WARNING || level == Level.IMPOSSIBLE;
  }

  /** Whether the same is said, be it of another thing. */
  boolean saysTheSame(Observation other) {
    return about(other.about).equals(other);
  }

  /** The same, said of what the other is about, too. */
  Observation and(Observation other) {
    // a disk that stands for two paths is met at both its drives
    Set<String> things = new LinkedHashSet<>(about);
    things.addAll(other.about);
    return about(new ArrayList<>(things));
  }

  private Observation about(List<String> things) {
    return new Observation(level, rule, things, found, needed, mend, elsewhere);
  }
}
