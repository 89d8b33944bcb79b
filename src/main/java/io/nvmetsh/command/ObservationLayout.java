package io.nvmetsh.command;

import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Layout.Line;
import io.nvmetsh.command.Layout.Span;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.doctor.Observation.Level;
import io.nvmetsh.schema.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out what was seen of a machine: how it stands in a column, what is needed below it. */
final class ObservationLayout {

  /** Wide enough for the longest level, and a blank. */
  private static final int COLUMN = 11;

  private final Layout layout;
  private final List<Observation> observations;

  ObservationLayout(Layout layout, List<Observation> observations) {
    this.layout = layout;
    this.observations = observations;
  }

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (Observation seen : observations) {
      String rule = seen.rule().isEmpty() ? "" : seen.rule() + " ";
      Span level = new Span(Layout.pad(word(seen.level()), COLUMN), tone(seen.level()));
      Span text =
          new Span(
              Printable.text(rule + String.join(", ", seen.about()) + ": " + seen.found()),
              Tone.PLAIN);
      lines.addAll(layout.hanging(List.of(level), COLUMN, text));
      below(lines, "needed", seen.needed(), Tone.PLAIN);
      for (String line : seen.mend()) {
        below(lines, "mend", line, Tone.STRONG);
      }
      below(lines, "elsewhere", seen.elsewhere(), Tone.PLAIN);
    }
    return lines;
  }

  private void below(List<Line> lines, String what, String text, Tone tone) {
    if (!text.isEmpty()) {
      String label = " ".repeat(COLUMN) + what + ":  ";
      Span span = new Span(Printable.text(text), tone);
      lines.addAll(layout.hanging(List.of(new Span(label, Tone.PLAIN)), label.length(), span));
    }
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static Tone tone(Level level) {
    return switch (level) {
      case OK -> Tone.GOOD;
      case NOTE, UNKNOWN -> Tone.FAINT;
      case WARNING -> Tone.WARN;
      case IMPOSSIBLE -> Tone.BAD;
    };
  }
}
