package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.schema.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpCommandTest {

  private static final TestShell SHELL = TestShell.on("6.12");

  @ParameterizedTest
  @CsvSource({
    "TREE, help tree, command",
    "pattern, help match, filter",
    "trtype, explain addr_trtype, attribute",
    "off-ns, explain OFF-NS-DRIVE, rule",
    "haz-, explain HAZ-OFFLOAD-PARTITION, hazard",
    "busy, explain EBUSY, errno"
  })
  void aWordIsLookedForInWhateverHasAPage(String word, String type, String kind) {
    String text = SHELL.type("help -k " + word).text();
    assertTrue(text.lines().anyMatch(line -> line.matches(type + "\\S*  +" + kind + "  .*")), text);
  }

  @Test
  void allThatIsFoundCanBeRead() {
    long lines =
        SHELL
            .type("help -k e")
            .text()
            .lines()
            .skip(1)
            .peek(
                line -> {
                  String typed = line.substring(0, line.indexOf("  "));
                  assertEquals(0, SHELL.type(typed).status().code(), typed);
                })
            .count();
    assertTrue(lines > 100, "" + lines);
  }

  @Test
  void whereNothingIsFoundItSaysSo() {
    Problem problem = SHELL.refuses("help -k zebra");
    assertEquals(Problem.Kind.NOT_FOUND, problem.kind());
    assertTrue(problem.message().contains("zebra"), problem.message());
  }
}
