package io.nvmetsh.command.filters;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.Filter;
import io.nvmetsh.command.Rows;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Keeps the rows in which a pattern is found, or those in which it is not. */
public final class MatchFilter implements Filter {

  private final boolean kept;

  /**
   * @param kept whether rows with the pattern are kept, rather than left out
   */
  public MatchFilter(boolean kept) {
    this.kept = kept;
  }

  @Override
  public CommandSpec spec() {
    return kept
        ? new CommandSpec(
            "match",
            List.of(),
            Group.FILTERS,
            "only the rows in which a pattern is found",
            List.of(Argument.required("PATTERN", Kind.WORD)),
            List.of(),
            """
            PATTERN is a regular expression, found anywhere in a row, upper or lower case alike; with
            a blank or a | in it, it stands in quotes. Of a table a row is kept whole, with the
            headings; of a tree, each node is a row with its path.\
            """,
            List.of("ls /subsystems | match testsub", "devices | match 'free|ssd'"))
        : new CommandSpec(
            "except",
            List.of(),
            Group.FILTERS,
            "only the rows in which a pattern is not found",
            List.of(Argument.required("PATTERN", Kind.WORD)),
            List.of(),
            "PATTERN is as for match.",
            List.of("get --all | except attr_", "tree | match namespaces/ | except enabled"));
  }

  @Override
  public Action of(Context context, Arguments arguments) {
    Pattern pattern = pattern(arguments.required(0));
    return new Action.Change(
        document -> Rows.choose(document, row -> pattern.matcher(row).find() == kept));
  }

  private Pattern pattern(String text) {
    try {
      return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw Problem.of(
              Problem.Kind.USAGE,
              spec().name() + ": " + text + " is no regular expression: " + e.getDescription(),
              "for the very characters:  | " + spec().name() + " " + Words.quote(literally(text)))
          .asException();
    }
  }

  private static String literally(String text) {
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      literal.append("\\[](){}.*+?^$|".indexOf(text.charAt(i)) < 0 ? "" : "\\");
      literal.append(text.charAt(i));
    }
    return literal.toString();
  }
}
