package io.nvmetsh.session;

import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.command.Requirement;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.command.Words;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.script.Parameterisation;
import io.nvmetsh.script.Script;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A recording that runs: entries in, lines of a script out. Only what changed something becomes a
 * line; everything else is a comment.
 */
final class Recording {

  private final PrivateFile.Appender file;
  private final boolean keepsOutput;
  private final ZoneId zone;
  private final SecretMask mask;
  private final Set<NvmetPath> attributes = new HashSet<>();
  private final Parameterisation parameters;
  private final RecordedFacts facts = new RecordedFacts();
  private final Map<String, Integer> secrets = new HashMap<>();
  private int lines;

  Recording(
      PrivateFile.Appender file,
      boolean keepsOutput,
      ZoneId zone,
      SecretMask mask,
      Parameterisation parameters) {
    this.parameters = parameters;
    this.file = file;
    this.keepsOutput = keepsOutput;
    this.zone = zone;
    this.mask = mask;
  }

  /** Whether lines that only show something are kept, with what they showed. */
  boolean keepsOutput() {
    return keepsOutput;
  }

  /** How many runnable lines were written. */
  int lines() {
    return lines;
  }

  void begin(List<String> head) throws IOException {
    file.append(head);
    file.append(parameters.declarations());
  }

  /** Writes what came of a line, in one go: a kill leaves whole entries behind. */
  void write(Entry entry) throws IOException {
    List<String> text = new ArrayList<>();
    changes(entry, text);
    if (entry.problem().isPresent()) {
      text.add(failure(entry, entry.problem().get().message()));
    } else if (entry.looked().isPresent() && keepsOutput) {
      // what ends badly would stop a replay
      boolean good = entry.outcome().status() == ExitStatus.DONE;
      text.add((good ? "" : "-") + parameters.line(entry.looked().get()));
      lines++;
      for (String shown : entry.shown()) {
        text.add((Script.SHOWN + " " + mask.message(shown)).stripTrailing());
      }
    }
    file.append(text);
  }

  /** Ends the file. */
  void end(Origin origin, TargetTree tree) throws IOException {
    file.append(List.of(Script.headLine("end", RecordingHead.time(origin))));
    if (parameters.declarations().isEmpty()) {
      // elsewhere other values stand for them
      file.append(List.of(Script.headLine("state", StateHash.of(attributes, tree))));
    }
    file.close();
  }

  void close() throws IOException {
    file.close();
  }

  private String failure(Entry entry, String message) {
    LocalTime time = LocalTime.ofInstant(entry.ended(), zone).truncatedTo(ChronoUnit.SECONDS);
    // toString leaves seconds out where they are 0
    String clock = time.getSecond() == 0 ? time + ":00" : time.toString();
    return "# FAILED "
        + clock
        + " "
        + Printable.text(entry.typed())
        + " : "
        + Printable.text(mask.message(message));
  }

  private void changes(Entry entry, List<String> text) {
    IdentityHashMap<Change, Applier.Done> done = new IdentityHashMap<>();
    List<Change> changes = new ArrayList<>();
    for (Applier.Done each : entry.outcome().made()) {
      Change change = withoutSecret(each.change(), text);
      done.put(change, each);
      changes.add(change);
    }
    for (ChangeLines.Line line : ChangeLines.of(changes)) {
      for (Requirement fact : facts.of(line.changes(), entry.reliances())) {
        text.add(parameters.line(fact.line()));
      }
      text.add(parameters.line(line.text() + options(line, entry) + devices(line, entry)));
      lines++;
      for (Change change : line.changes()) {
        StateHash.forget(change, attributes);
        value(change, done, text);
      }
    }
    for (Finding finding : entry.findings()) {
      text.add("#! " + finding.rule() + " " + finding.path() + ": " + finding.summary());
    }
  }

  /** The change with a parameter in the place of a secret, which is declared where it is needed. */
  private Change withoutSecret(Change change, List<String> text) {
    if (!(change instanceof Change.SetAttribute set) || !set.isSecret()) {
      return change;
    }
    int number = secrets.merge(set.path().name(), 1, Integer::sum);
    String name = set.path().name() + (number == 1 ? "" : "_" + number);
    text.add(parameters.line("param " + name + " secret"));
    return new Change.SetAttribute(set.path(), Placeholder.of(name));
  }

  private static String options(ChangeLines.Line line, Entry entry) {
    StringBuilder options = new StringBuilder();
    for (String option : entry.outcome().options()) {
      if (!option.equals("--force") || ChangeLines.takesForce(line)) {
        options.append(' ').append(option);
      }
    }
    return options.toString();
  }

  private static String devices(ChangeLines.Line line, Entry entry) {
    StringBuilder comment = new StringBuilder();
    for (Change change : line.changes()) {
      Reliance reliance = entry.reliances().get(change);
      if (reliance != null && reliance.identity().isPresent()) {
        comment.append("  # ").append(Printable.text(reliance.identity().get()));
      }
    }
    return comment.toString();
  }

  private void value(Change change, IdentityHashMap<Change, Applier.Done> done, List<String> text) {
    if (!(change instanceof Change.SetAttribute set) || set.isSecret()) {
      return;
    }
    Applier.Done made = done.get(change);
    if (made != null && made.shown().isPresent()) {
      String value = StateHash.unpadded(set.path(), made.shown().get());
      parameters
          .value(Words.line(List.of(set.path().toString(), value)))
          .ifPresent(
              line -> {
                attributes.add(set.path());
                text.add(Script.VALUE + line);
              });
    }
  }
}
