package io.nvmetsh.command;

import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Layout.Line;
import io.nvmetsh.command.Layout.Span;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.doctor.Observation.Level;
import io.nvmetsh.schema.Printable;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

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

  void each(Consumer<Line> sink) {
    for (Observation seen : observations) {
      String rule = seen.rule().isEmpty() ? "" : seen.rule() + " ";
      Span level = new Span(Layout.pad(word(seen.level()), COLUMN), tone(seen.level()));
      Span text =
          new Span(
              Printable.text(rule + String.join(", ", seen.about()) + ": " + seen.found()),
              Tone.PLAIN);
      layout.hanging(List.of(level), COLUMN, text, sink);
      below("needed", seen.needed(), Tone.PLAIN, sink);
      for (String line : seen.mend()) {
        below("mend", line, Tone.STRONG, sink);
      }
      below("elsewhere", seen.elsewhere(), Tone.PLAIN, sink);
    }
  }

  private void below(String what, String text, Tone tone, Consumer<Line> sink) {
    if (!text.isEmpty()) {
      String label = " ".repeat(COLUMN) + what + ":  ";
      Span span = new Span(Printable.text(text), tone);
      layout.hanging(List.of(new Span(label, Tone.PLAIN)), label.length(), span, sink);
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
