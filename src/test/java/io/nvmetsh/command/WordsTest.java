package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Quoting;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words and their reader are one thing in two directions. */
class WordsTest {

  private static List<String> words(String line) {
    return Tokenizer.tokenize(line, Map.of("p", "value of p", "x", "1")).words().stream()
        .map(Tokenizer.Word::text)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "'",
        "\"",
        "it's",
        "$(reboot)",
        "`reboot`",
        "a;b",
        "-x",
        "--yes",
        "#no",
        "a#b",
        "\\",
        "a\\",
        "a\\nb",
        "a\nb",
        "\n",
        "\t",
        "\u001b[31m",
        "\u201cquoted\u201d",
        "\u2013dash",
        "\u00a0",
        "\u202e",
        "$p",
        "${p}",
        "é",
        "\ud83d\ude00",
        "a\ud83d\ude00\n",
        "\u0000",
        "a|b",
        "*",
        "~",
        "!!",
        "=",
        "@file",
        "\ufeff",
        "\u007f",
        "\u0085"
      })
  void everyWordIsReadBackAsItWas(String word) {
    assertEquals(List.of(word), words(Words.quote(word)));
    assertEquals(List.of("key=" + word), words(Quoting.assignment("key", word)));
    assertFalse(Words.quote(word).contains("\n"), "a word breaks its line");
  }

  @Test
  void generatedWordsAreReadBackAsTheyWere() {
    Random random = new Random(7);
    String alphabet = "ab'\"\\$ {}\n\t#-=;|\u201c\u2019\u001b";
    for (int round = 0; round < 2000; round++) {
      StringBuilder word = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        word.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      List<String> both = List.of(word.toString(), "next");
      assertEquals(both, words(Words.line(both)), () -> "round of seed 7: " + Words.line(both));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a\\'b              | a'b
          'a'"b"c           | abc
          "a\\$p"            | a$p
          "a $p"            | a value of p
          '$p'              | $p
          ${p}x             | value of px
          $'\\x41\\u0042\\''  | AB'
          \u201ca b\u201d   | a b
          'it\u2019s'       | it\u2019s
          """)
  void readsQuotesAndEscapes(String typed, String word) {
    assertEquals(List.of(word), words(typed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a", "\"a", "$'a", "$'\\q'", "$'\\x1'", "$none", "$ ", "a\\", "${p"})
  void saysWhatItCannotRead(String typed) {
    assertThrows(NvmetshException.class, () -> words(typed));
  }

  @Test
  void aLineGoesOnBehindABackslash() {
    assertEquals(List.of("a", "b", "cd"), words("a \\\n b \"c\\\nd\""));
  }

  @Test
  void aCommentDoesNotSwallowTheNextLine() {
    assertThrows(NvmetshException.class, () -> words("ls # here \\\ndelete x"));
    assertEquals(List.of("ls", "x"), words("ls \\\nx # here"));
  }

  @Test
  void onlyWhatWasRepairedIsCalledSo() {
    assertTrue(Tokenizer.tokenize("echo \u201ca\u201d", Map.of()).repaired());
    assertTrue(Tokenizer.tokenize("ls \u2013l", Map.of()).repaired());
    assertFalse(Tokenizer.tokenize("set 'a\u2019b'", Map.of()).repaired());
  }

  @Test
  void aPlaceholderIsWrittenAsItsParameter() {
    String word = "a b" + Placeholder.of("p") + "'";
    assertEquals("'a b'${p}''\\'''", Words.quote(word));
    assertEquals(List.of("a bvalue of p'"), words(Words.quote(word)));
  }
}
