package io.nvmetsh.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Several starts of the program in one process, a lone comma between them: {@code --sim pwd , --sim
 * ls}. A start-up cache holds what one process has used, so this is the process it is made from;
 * {@code lib/train-caches} runs it, and nobody else.
 */
final class Rehearsal {

  private Rehearsal() {}

  public static void main(String[] words) {
    List<String> start = new ArrayList<>();
    for (String word : words) {
      if (word.equals(",")) {
        NvmetshApplication.run(start.toArray(new String[0]));
        start.clear();
      } else {
        start.add(word);
      }
    }
    NvmetshApplication.run(start.toArray(new String[0]));
    // As the program itself ends, whatever a library left running.
    Runtime.getRuntime().halt(0);
  }
}
