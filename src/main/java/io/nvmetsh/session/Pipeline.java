package io.nvmetsh.session;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Filter;
import io.nvmetsh.command.Layout;
import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The filters of one line. They stand behind what shows something and nothing else: a change has
 * warnings and a question, and whoever filtered those away would not know what was done.
 */
final class Pipeline {

  private final List<Filter.Action> actions;
  private final boolean dryRun;

  /**
   * @param dryRun whether a file is only named, and not written
   */
  Pipeline(List<Filter.Action> actions, boolean dryRun) {
    this.actions = List.copyOf(actions);
    this.dryRun = dryRun;
  }

  /** Whether what the line shows ends in a file, so that the line is no longer one that looks. */
  boolean saves() {
    return actions.stream().anyMatch(Filter.Action.Save.class::isInstance);
  }

  /** Whether nothing may wait for a key. */
  boolean isWhole() {
    return actions.stream().anyMatch(Filter.Action.Whole.class::isInstance);
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when there is nothing here to filter
   */
  void check(String command, Effect effect) {
    if (actions.isEmpty()) {
      return;
    }
    if (effect instanceof Effect.Watch && saves()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              command + ": what is shown again and again is not saved",
              "look once, without " + command + ", and save that")
          .asException();
    }
    if (!isLooking(effect)) {
      throw Problem.of(
              Problem.Kind.USAGE,
              command + " is not done: filters stand behind what only shows something",
              "leave out what begins with the |")
          .asException();
    }
  }

  private static boolean isLooking(Effect effect) {
    return effect instanceof Effect.Show
        || effect instanceof Effect.Watch
        || effect instanceof Effect.ShowHistory
        || effect instanceof Effect.ShowRecording
        || effect instanceof Effect.DescribeScript
        || (effect instanceof Effect.ExportScript export && export.out().isEmpty())
        || (effect instanceof Effect.ImportScript imported && imported.out().isEmpty());
  }

  /**
   * What the filters make of a document; empty when that has been written down.
   *
   * @param output to say so
   */
  Optional<Document> of(Document document, Output output) {
    Document shown = changed(document);
    for (Filter.Action action : actions) {
      if (action instanceof Filter.Action.Save save) { // the last one
        save(shown, save, output);
        return Optional.empty();
      }
    }
    return Optional.of(shown);
  }

  /** What the filters make of a document, none of which writes it down. */
  Document changed(Document document) {
    Document shown = document;
    for (Filter.Action action : actions) {
      if (action instanceof Filter.Action.Change change) {
        shown = change.change().apply(shown);
      }
    }
    return shown;
  }

  private void save(Document document, Filter.Action.Save save, Output output) {
    Path file = save.file();
    if (dryRun) {
      output.operation("write " + file, false);
      return;
    }
    StringBuilder text = new StringBuilder();
    Layout.of(0, false)
        .each(document, line -> text.append(line.text().stripTrailing()).append('\n'));
    PrivateFile.write(file, text.toString(), save.force());
    output.note("written: " + file);
  }
}
