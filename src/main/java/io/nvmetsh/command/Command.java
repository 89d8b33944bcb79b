package io.nvmetsh.command;

import java.util.List;

/**
 * A command: what it is called, what a line means, and what Tab offers. It reads the tree and the
 * machine through the context and touches neither.
 */
public interface Command {

  CommandSpec spec();

  /**
   * What the line means here.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it means nothing
   */
  Effect run(Context context, Arguments arguments);

  /**
   * What can stand at the cursor when that is an argument, by default whatever the kind of the
   * argument says. Options are completed for all commands alike.
   *
   * @param before the words of the command before the cursor, bound as far as they can be
   * @param word the word at the cursor, up to the cursor
   */
  default List<Candidate> complete(Context context, Arguments before, String word) {
    return Completion.ofArgument(spec(), context, before, word);
  }
}
