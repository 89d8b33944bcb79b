package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script gone through line by line, with somebody who answers. */
class StepModeTest {

  private static final String QUESTION = "Enter runs it, s skips it, e edits it, q quits: ";

  private final SimShell shell;

  StepModeTest(@TempDir Path folder) {
    this.shell =
        SimShell.typed("6.12", folder, "y")
            .with("s", "param n x\ncreate /hosts/a\ncreate /hosts/b\ncreate \\\n  /hosts/c\n");
  }

  private String answered(ExitStatus status, String... answers) {
    shell.answer(answers);
    assertEquals(status, shell.run("replay --step s"), shell::said);
    return shell.said();
  }

  private boolean made(String host) {
    return shell.state().contains("/hosts/" + host + "/");
  }

  @Test
  void enterRuns() {
    assertEquals("", answered(ExitStatus.DONE, "", "", "", ""));
    assertEquals(List.of(QUESTION, QUESTION, QUESTION, QUESTION), shell.asked());
    assertTrue(made("a") && made("b") && made("c"));
  }

  @Test
  void skipLeavesALineOut() {
    assertEquals("note: skipped", answered(ExitStatus.DONE, "", "s", "", ""));
    assertTrue(!made("a") && made("b") && made("c"));
  }

  @Test
  void quitSaysHowToGoOn() {
    assertEquals(
        """
        error: s:3: left before this line
          go on with it:  replay s --from 3
          stopped here; 2 lines of 4 done""",
        answered(ExitStatus.INTERRUPTED, "", "", "q"));
    assertTrue(made("a") && !made("b"));
    shell.must("replay s --from 3");
    assertTrue(made("b") && made("c"));
  }

  /** What was left out is not in effect, as --from would have it. */
  @Test
  void whereALineWasSkippedItIsBegunAgain() {
    String said = answered(ExitStatus.INTERRUPTED, "", "s", "q");
    assertTrue(said.contains("begin again, what is done stays:  replay --step s"), said);
  }

  @Test
  void noAnswerQuits() {
    answered(ExitStatus.INTERRUPTED, "");
    assertFalse(made("a"));
  }

  @Test
  void anEditedLineIsAskedAboutAgain() {
    String said =
        answered(
            ExitStatus.DONE,
            "",
            "",
            "", // the last line is continued
            "e",
            "create /hosts/${n}1", // and is edited
            "what",
            "e",
            "create 'x",
            "");
    assertEquals("edit: create    /hosts/c", shell.asked().get(4));
    assertTrue(said.contains("note: now:  create /hosts/${n}1\nnote: no such answer: what"), said);
    assertTrue(said.contains("error: a quote that opens"), said);
    assertTrue(made("x1") && !made("c"));
  }

  @Test
  void whatIsTypedIsRecordedAsDone() {
    shell.must("record r");
    answered(ExitStatus.DONE, "", "s", "e", "create /hosts/z", "", "");
    shell.must("record off");
    String text = shell.text("r");
    assertTrue(text.contains("\ncreate /hosts/z\ncreate /hosts/c\n# end"), text);
  }

  @Test
  void nobodyThereMeansNothingIsDone() {
    assertEquals(ExitStatus.USAGE, shell.run("replay --step s"));
    String said = shell.said();
    assertTrue(said.contains("\n  leave out --step\n"), said);
    // neither can a script ask
    shell.with("outer", "replay --step s\n").answer("");
    assertEquals(ExitStatus.USAGE, shell.run("replay outer"));
    assertFalse(made("a"));
  }
}
