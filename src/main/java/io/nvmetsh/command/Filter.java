package io.nvmetsh.command;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What can stand behind a {@code |}: takes what a command shows and makes something else of it. It
 * never gets to see what is said beside that: notes, warnings, problems, questions.
 */
public interface Filter {

  /** How it is called and what it takes; the group is {@link CommandSpec.Group#FILTERS}. */
  CommandSpec spec();

  /**
   * What its words mean.
   *
   * @throws io.nvmetsh.schema.NvmetshException when they mean nothing
   */
  Action of(Context context, Arguments arguments);

  /** What becomes of what is shown. */
  sealed interface Action {

    /** Something else is shown. */
    record Change(UnaryOperator<Document> change) implements Action {}

    /** It is written to a file in the place of being shown. */
    record Save(Path file, boolean force) implements Action {}

    /** It is shown all at once, however long it is. */
    record Whole() implements Action {}
  }
}
