package io.nvmetsh.command;

import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a line shows, each time with the time, and what is another than the time before. */
final class LineSampler implements Sampler {

  private final NvmetPath here;
  private final CommandLine line;
  private final Clock clock;
  private final UnaryOperator<Document> filters;
  private Optional<Document> before = Optional.empty();

  /**
   * @param here where the line runs
   */
  LineSampler(NvmetPath here, CommandLine line, Clock clock) {
    this(here, line, clock, UnaryOperator.identity());
  }

  private LineSampler(
      NvmetPath here, CommandLine line, Clock clock, UnaryOperator<Document> filters) {
    this.here = here;
    this.line = line;
    this.clock = clock;
    this.filters = filters;
  }

  /** What is compared is what is seen. */
  @Override
  public Sampler through(UnaryOperator<Document> others) {
    return new LineSampler(here, line, clock, others);
  }

  @Override
  public Document sample(Context now, long nanos) {
    Document shown = filters.apply(look(now));
    Difference difference = Difference.of(before.orElse(shown), shown);
    ZonedDateTime time = ZonedDateTime.now(clock).truncatedTo(ChronoUnit.SECONDS);
    Map<String, Cell> head = new LinkedHashMap<>();
    head.put(
        "time",
        new Cell(
            time.format(DateTimeFormatter.ofPattern("HH:mm:ss")),
            time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
            Tone.VARYING));
    head.put(
        "changed",
        before.isEmpty()
            ? Cell.unknown()
            : Cell.of(
                Integer.toString(difference.changes()), (Object) (long) difference.changes()));
    before = Optional.of(shown);
    return new Document.Sections(
        List.of(
            new Section("watch", "", new Document.Pairs(head)),
            new Section("shown", "", difference.marked())));
  }

  /**
   * What the line shows now.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it does anything else, or cannot be meant
   */
  Document look(Context now) {
    Command command = now.commands().named(line.command());
    Arguments arguments = Arguments.bind(command.spec(), line.words());
    Context place = now.at(here);
    if (line.place().isPresent()) {
      place = place.at(new Lookup(place).directory(line.place().get()));
    }
    if (arguments.has("help")) {
      return HelpCommand.page(command.spec());
    }
    if (command.run(place, arguments) instanceof Effect.Show show) {
      return show.document();
    }
    throw Problem.of(
            Problem.Kind.USAGE,
            "watch: "
                + line.command()
                + " does more than show something, and is not done again and again",
            "what can be watched, for instance:  watch 2 ls -l")
        .asException();
  }
}
