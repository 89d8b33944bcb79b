package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Parameterisation;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every line that ends. Remembers the last ones, so that "I should have recorded that" has
 * an answer, and hands them to the recording that runs, if any.
 */
final class Recorder {

  private static final int REMEMBERED = 1000;

  private final Origin origin;
  private final SecretMask mask;
  private final Supplier<TargetTree> tree;
  private final Deque<Entry> remembered = new ArrayDeque<>();
  private @Nullable Recording recording;
  private @Nullable Path path;

  Recorder(Origin origin, SecretMask mask, Supplier<TargetTree> tree) {
    this.origin = origin;
    this.mask = mask;
    this.tree = tree;
  }

  /** The file that is being written; empty when nothing is recorded. */
  Optional<Path> file() {
    return Optional.ofNullable(path);
  }

  boolean keepsOutput() {
    return recording != null && recording.keepsOutput();
  }

  void start(Effect.StartRecording effect, Context context, Output output) {
    if (path != null) {
      throw Problem.of(
              Problem.Kind.CONFLICT, "recording to " + path + " already", "end it:  record off")
          .asException();
    }
    Parameterisation parameters = new Parameterisation(effect.parameters());
    PrivateFile.Appender file = PrivateFile.append(effect.file(), effect.force());
    Recording fresh =
        new Recording(file, effect.output(), origin.clock().getZone(), mask, parameters);
    try {
      fresh.begin(
          RecordingHead.lines(origin, context.target(), context.inventory(), effect.reason()));
      List<Entry> entries = new ArrayList<>(remembered);
      int from = Math.max(0, entries.size() - effect.last());
      for (Entry entry : entries.subList(from, entries.size())) {
        fresh.write(entry);
      }
    } catch (IOException e) {
      throw PrivateFile.unwritable(effect.file(), e);
    }
    recording = fresh;
    path = effect.file();
    String taken = fresh.lines() == 0 ? "" : ", beginning with " + counted(fresh.lines());
    output.note("recording to " + path + taken);
  }

  void stop(Output output) {
    Recording running = running();
    Path file = Optional.ofNullable(path).orElseThrow();
    recording = null;
    path = null;
    try {
      running.end(origin, tree.get());
    } catch (IOException e) {
      throw PrivateFile.unwritable(file, e);
    }
    output.note("recorded " + counted(running.lines()) + " in " + file);
  }

  private Recording running() {
    if (recording == null) {
      throw Problem.of(Problem.Kind.CONFLICT, "nothing is recorded", "begin:  record FILE")
          .asException();
    }
    return recording;
  }

  /** Whether a recording runs, where and how far. */
  Document status() {
    Map<String, Cell> pairs = new LinkedHashMap<>();
    if (recording == null || path == null) {
      pairs.put("recording", Cell.of("no", (Object) null));
      pairs.put("remembered", Cell.of(counted(remembered.size()), (Object) remembered.size()));
    } else {
      pairs.put("recording", Cell.of(path.toString()));
      pairs.put("written", Cell.of(counted(recording.lines()), (Object) recording.lines()));
    }
    return new Document.Pairs(pairs);
  }

  private static String counted(int lines) {
    return lines == 1 ? "1 line" : lines + " lines";
  }

  /**
   * Takes in a line that has ended. A recording that can no longer be written ends, and says so.
   */
  void ended(Entry entry, Output output) {
    if (remembered.size() == REMEMBERED) {
      remembered.removeFirst();
    }
    remembered.addLast(entry);
    if (recording == null || path == null) {
      return;
    }
    try {
      recording.write(entry);
    } catch (IOException e) {
      Path file = path;
      recording = null;
      path = null;
      output.problem(
          PrivateFile.unwritable(file, e)
              .problem()
              .hint("the recording ends here; go on in another file:  record FILE --last 1"));
    }
  }
}
