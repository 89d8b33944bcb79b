package io.nvmetsh.script;

import java.util.List;
import java.util.Set;

/**
 * Finds the lines of a shell script that belong together: loops, conditions, functions, documents
 * in place. Their lines are commands only to a shell that knows when to run them.
 */
final class ShellBlocks {

  private static final Set<String> OPENING =
      Set.of("if", "for", "while", "until", "case", "select", "{", "(");
  private static final Set<String> CLOSING = Set.of("fi", "done", "esac", "}", ")");

  private ShellBlocks() {}

  /** The last line of the block that begins at a line; less than {@code from} where none begins. */
  static int end(List<String> lines, int from) {
    String document = documentEnd(lines.get(from));
    if (!document.isEmpty()) {
      for (int i = from + 1; i < lines.size(); i++) {
        if (lines.get(i).strip().equals(document)) {
          return i;
        }
      }
      return lines.size() - 1;
    }
    int depth = depth(lines.get(from));
    if (depth == 0 && !isBlock(lines.get(from))) {
      return -1;
    }
    int i = from;
    while (depth > 0 && i + 1 < lines.size()) {
      depth += depth(lines.get(++i));
    }
    return i;
  }

  private static boolean isBlock(String line) {
    String[] words = words(line);
    return words.length > 0 && (OPENING.contains(words[0]) || words[0].endsWith("()"));
  }

  /** How many more blocks a line opens than it closes. */
  private static int depth(String line) {
    int depth = 0;
    boolean first = true;
    for (String word : words(line)) {
      if (word.startsWith("#")) {
        break;
      }
      // "done" and the like are words of the shell only where a command can stand
      depth += OPENING.contains(word) && (first || word.equals("{")) ? 1 : 0;
      depth -= CLOSING.contains(word) && first ? 1 : 0;
      first = word.isEmpty() || word.equals("then") || word.equals("do") || word.equals("else");
    }
    return depth;
  }

  /** The words of a line; an empty one stands where a command ends. */
  private static String[] words(String line) {
    return line.strip().replaceAll("\\s*(;|&&|\\|\\|)\\s*", "  ").split(" ", -1);
  }

  /** What ends the document that a line opens with {@code <<}; empty when it opens none. */
  private static String documentEnd(String line) {
    int at = line.indexOf("<<");
    if (at < 0 || line.startsWith("<<<", at)) {
      return "";
    }
    String rest = line.substring(at + 2).replaceFirst("^-", "").strip();
    int end = 0;
    while (end < rest.length() && " \t;|&>".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(0, end).replace("'", "").replace("\"", "");
  }
}
