package io.nvmetsh.command;

/**
 * One thing that Tab can put into the line.
 *
 * @param value the word as it will stand, unquoted
 * @param description what stands beside it and never enters the line
 * @param more whether the word goes on: a directory, an attribute before its {@code =}
 * @param group a heading it is listed under; empty for none
 */
public record Candidate(String value, String description, boolean more, String group) {

  public static Candidate of(String value, String description) {
    return new Candidate(value, description, false, "");
  }

  public static Candidate open(String value, String description) {
    return new Candidate(value, description, true, "");
  }
}
