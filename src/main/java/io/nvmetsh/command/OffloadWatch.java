package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.offload.CounterRates;
import io.nvmetsh.offload.CounterRates.Moving;
import io.nvmetsh.offload.CounterRates.Sample;
import io.nvmetsh.offload.OffloadCounter;
import io.nvmetsh.offload.OffloadCounters;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The counters of offload below a directory, each time with how fast they moved. */
final class OffloadWatch implements Sampler {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("counter", "counter"),
          new Column("total", "total"),
          new Column("per_second", "per s"),
          new Column("failures", ""));

  private final NvmetPath path;
  private final CounterRates rates = new CounterRates();

  OffloadWatch(NvmetPath path) {
    this.path = path;
  }

  @Override
  public Document sample(Context now, long nanos) {
    return document(rates.next(OffloadCounters.read(now.tree(), path), nanos));
  }

  static Document document(Sample sample) {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("seconds", "", time(sample.seconds())));
    Map<NvmetPath, List<Moving>> objects = new LinkedHashMap<>();
    for (Moving each : sample.counters()) {
      objects.computeIfAbsent(each.counter().object(), object -> new ArrayList<>()).add(each);
    }
    objects.forEach((object, counters) -> sections.add(section(object, counters)));
    if (objects.isEmpty()) {
      Document nothing = Document.Lines.of("nothing here asks for offload and is counted");
      sections.add(new Section("nothing", "", nothing));
    }
    return new Document.Sections(sections);
  }

  private static Document time(OptionalDouble seconds) {
    return new Document.Lines(
        List.of(
            seconds.isEmpty()
                ? new Cell("the first time", null, Tone.FAINT)
                : new Cell(
                    text(seconds.getAsDouble()) + " s later",
                    seconds.getAsDouble(),
                    Tone.VARYING)));
  }

  private static Section section(NvmetPath object, List<Moving> counters) {
    String port = counters.get(0).counter().port();
    List<List<Cell>> rows = new ArrayList<>();
    for (Moving each : counters) {
      rows.add(row(each));
    }
    return new Section(
        object.toString(),
        object + (port.isEmpty() ? "" : " on " + port),
        new Document.Table(COLUMNS, rows));
  }

  private static List<Cell> row(Moving moving) {
    OffloadCounter counter = moving.counter();
    boolean failures = counter.failure() && counter.total().orElse(0) > 0;
    String mark = !failures ? "" : moving.moved() ? "!! " : "! ";
    Tone tone = !failures ? Tone.VARYING : moving.moved() ? Tone.BAD : Tone.WARN;
    Cell total =
        counter.total().isPresent()
            ? new Cell(
                Long.toString(counter.total().getAsLong()), counter.total().getAsLong(), tone)
            : new Cell("unknown", null, Tone.FAINT);
    Cell rate =
        moving.perSecond().isPresent()
            ? new Cell(
                text(moving.perSecond().getAsDouble()), moving.perSecond().getAsDouble(), tone)
            : Cell.unknown();
    return List.of(
        new Cell(mark + counter.name(), counter.name(), failures ? tone : Tone.PLAIN),
        total,
        rate,
        new Cell("", failures, Tone.PLAIN));
  }

  /** With as much behind the point as anybody reads. */
  private static String text(double number) {
    return number == 0 || number >= 1000
        ? Long.toString(Math.round(number))
        : String.format(Locale.ROOT, "%.1f", number);
  }
}
