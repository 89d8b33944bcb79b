package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

  private static final Map<String, String> PARAMETERS =
      Map.of("dev", "/dev/nvme0n1", "odd", "a 'b' \"c\" $dev # \\", "empty", "");

  private static List<String> words(String line) {
    return Tokenizer.tokenize(line, PARAMETERS).words().stream().map(Tokenizer.Word::text).toList();
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of(" \t\r\n\u00a0", List.of()),
        Arguments.of("ls -l /ports/1", List.of("ls", "-l", "/ports/1")),
        Arguments.of("  ls\t/ports  ", List.of("ls", "/ports")),
        Arguments.of(
            "create nqn.2024-01.io.example:disk1",
            List.of("create", "nqn.2024-01.io.example:disk1")),
        // quotes
        Arguments.of("'a b' \"c d\"", List.of("a b", "c d")),
        Arguments.of("a'b c'd\"e f\"g", List.of("ab cde fg")),
        Arguments.of("'' \"\"", List.of("", "")),
        Arguments.of("x=''", List.of("x=")),
        Arguments.of("'a\\nb\\' 'it''s'", List.of("a\\nb\\", "its")),
        Arguments.of("'it'\\''s'", List.of("it's")),
        Arguments.of("'a\nb'", List.of("a\nb")),
        Arguments.of("\"it's\" 'say \"x\"'", List.of("it's", "say \"x\"")),
        // escapes
        Arguments.of("a\\ b \\'c\\' \\\"d\\\" \\\\", List.of("a b", "'c'", "\"d\"", "\\")),
        Arguments.of("\\n", List.of("n")),
        Arguments.of("\"a\\\"b\\\\c\\$d\\n\"", List.of("a\"b\\c$d\\n")),
        Arguments.of("set \\\n a=1 b=\\\n2", List.of("set", "a=1", "b=2")),
        // comments
        Arguments.of("# all of it", List.of()),
        Arguments.of("ls # the rest 'of it", List.of("ls")),
        Arguments.of("a#b '#c' \\#d", List.of("a#b", "#c", "#d")),
        // parameters
        Arguments.of("$dev", List.of("/dev/nvme0n1")),
        Arguments.of("${dev}p1", List.of("/dev/nvme0n1p1")),
        Arguments.of("device_path=$dev", List.of("device_path=/dev/nvme0n1")),
        Arguments.of("\"$dev ${dev}\"", List.of("/dev/nvme0n1 /dev/nvme0n1")),
        Arguments.of("'$dev' \\$dev \"\\$dev\"", List.of("$dev", "$dev", "$dev")),
        // the value of a parameter is never read again, and stays one word
        Arguments.of("x $odd y", List.of("x", "a 'b' \"c\" $dev # \\", "y")),
        Arguments.of("$empty", List.of("")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void cutsALineIntoWords(String line, List<String> expected) {
    assertEquals(expected, words(line));
    assertFalse(Tokenizer.tokenize(line, PARAMETERS).repaired());
  }

  static Stream<Arguments> fromWebPages() {
    return Stream.of(
        Arguments.of("\u201ca b\u201d", List.of("a b")),
        Arguments.of("\u201da b\u201d", List.of("a b")),
        Arguments.of("\u2018a b\u2019", List.of("a b")),
        Arguments.of("\u00aba b\u00bb \u201ec d\u201c", List.of("a b", "c d")),
        // a page's editor had its way with one end only
        Arguments.of("\u201ca b\"", List.of("a b")),
        Arguments.of("\u2018a b'", List.of("a b")),
        Arguments.of("\u2013l \u2014all \u2212x", List.of("-l", "--all", "-x")),
        Arguments.of("\u2013if-missing \u2013rf", List.of("--if-missing", "-rf")));
  }

  @ParameterizedTest
  @MethodSource("fromWebPages")
  void takesTypographicQuotesAndDashesForPlainOnes(String line, List<String> expected) {
    assertEquals(expected, words(line));
    assertTrue(Tokenizer.tokenize(line, PARAMETERS).repaired());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'it\u2019s'", "\"\u201cx\u201d\"", "'\u2013l'", "a\u2013b", "\\\u201cx"})
  void leavesThemAloneWhereTheyAreMeant(String line) {
    assertFalse(Tokenizer.tokenize(line, PARAMETERS).repaired());
    assertEquals(1, words(line).size());
  }

  @Test
  void aPlainQuoteIsClosedByItsLikeOnly() {
    assertEquals(List.of("it\u2019s"), words("'it\u2019s'"));
    assertEquals(List.of("say \u201cx\u201d"), words("\"say \u201cx\u201d\""));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("ls 'a b", "a quote that opens at character 4 is not closed"),
        Arguments.of("\"a", "a quote that opens at character 1 is not closed"),
        Arguments.of("\"a\\\"", "a quote that opens at character 1 is not closed"),
        Arguments.of("\u201ca", "a quote that opens at character 1 is not closed"),
        Arguments.of("ls \\", "the line ends in a backslash"),
        Arguments.of("ls $nothing", "no parameter is called nothing"),
        Arguments.of("\"${nothing}\"", "no parameter is called nothing"),
        Arguments.of("a${dev", "${ at character 2 is not closed"),
        Arguments.of("${dev-x}", "${ at character 1 is not closed"),
        Arguments.of("a $", "a $ without a name"),
        Arguments.of("${}", "a $ without a name"),
        Arguments.of("$(reboot)", "a $ without a name"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongAndWhatToType(String line, String message) {
    Problem problem = assertThrows(NvmetshException.class, () -> words(line)).problem();
    assertEquals(message, problem.message());
    assertEquals(Problem.Kind.USAGE, problem.kind());
    assertFalse(problem.hints().isEmpty());
  }

  @Test
  void knowsWhereWordsStand() {
    List<Tokenizer.Word> words = Tokenizer.tokenize(" ls 'a b'  c", Map.of()).words();
    assertEquals(
        List.of(
            new Tokenizer.Word("ls", 1, 3, false),
            new Tokenizer.Word("a b", 4, 9, true),
            new Tokenizer.Word("c", 11, 12, false)),
        words);
  }

  static Stream<Arguments> unfinished() {
    return Stream.of(
        Arguments.of("", List.of(), "", 0, '\0'),
        Arguments.of("l", List.of(), "l", 0, '\0'),
        Arguments.of("ls ", List.of("ls"), "", 3, '\0'),
        Arguments.of("ls /po", List.of("ls"), "/po", 3, '\0'),
        Arguments.of("ls '/a b", List.of("ls"), "/a b", 3, '\''),
        Arguments.of("ls \"/a b", List.of("ls"), "/a b", 3, '"'),
        Arguments.of("ls \u201c/a b", List.of("ls"), "/a b", 3, '"'),
        Arguments.of("ls 'a'b\"c", List.of("ls"), "abc", 3, '"'),
        Arguments.of("ls 'a b' ", List.of("ls", "a b"), "", 9, '\0'),
        Arguments.of("ls a\\ b\\", List.of("ls"), "a b", 3, '\0'),
        Arguments.of("set d=$dev x=${d", List.of("set", "d=$dev"), "x=${d", 11, '\0'));
  }

  @ParameterizedTest
  @MethodSource("unfinished")
  void readsALineThatIsStillBeingTyped(
      String line, List<String> before, String word, int start, char quote) {
    Tokenizer.Unfinished read = Tokenizer.unfinished(line);
    assertEquals(before, read.before().stream().map(Tokenizer.Word::text).toList());
    assertEquals(word, read.word().text());
    assertEquals(start, read.word().start());
    assertEquals(quote, read.quote());
    assertFalse(read.comment());
  }

  @Test
  void knowsThatTheCursorIsInAComment() {
    assertTrue(Tokenizer.unfinished("ls # /po").comment());
    assertFalse(Tokenizer.unfinished("ls a#b").comment());
  }
}
