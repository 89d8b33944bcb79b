package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code edit} with a program that has the terminal to itself, and the shell on it before and
 * after.
 */
class EditIT {

  private static final String PROMPT = "[sim 7.3] stor1:/>";
  private static final String PORT =
      "create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420";
  private static final Pattern KEPT = Pattern.compile("the text is kept in: +(/\\S+)");

  @TempDir Path home;

  /** An editor that asks for what it changes, and leaves a terminal that nobody can type in. */
  @BeforeEach
  void anEditor() throws IOException {
    editor(
        """
        stty -a > "$HOME/tty-$1"
        printf 'service: '
        read -r service
        sed -i "s/^addr_trsvcid=.*/addr_trsvcid=$service/" "$2"
        stty raw -echo
        """);
  }

  private void editor(String script) throws IOException {
    Path file = home.resolve("my editor");
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** The shell with that editor, which has an argument of its own, and a name with a blank. */
  private Pty start(Pty.Setup setup, String words) throws Exception {
    return setup.run(
        "env EDITOR=\"'$HOME/my editor' inside\" sh -c 'stty -a > \"$HOME/tty-before\"; "
            + "exec "
            + Pty.PROGRAM
            + " --sim=7.3 "
            + words
            + "'");
  }

  private Pty start() throws Exception {
    Pty pty = start(Pty.Setup.usual(home), "");
    pty.awaitPrompt(PROMPT);
    pty.line(PORT, PROMPT);
    return pty;
  }

  private static void begin(Pty pty, String line) throws Exception {
    pty.type(line);
    pty.awaitLine(line);
    pty.type("\r");
  }

  /** Whether the shell has the terminal again: keys, Tab, and what it shows. */
  private static void works(Pty pty, String prompt, String service) throws Exception {
    pty.clear();
    pty.tab("get /po", "get /ports/");
    pty.type("1 addr_trs");
    pty.tab("", "get /ports/1 addr_trsvcid ");
    pty.enter(prompt);
    pty.await("addr_trsvcid  " + service);
  }

  @Test
  void theEditorHasTheTerminalAsItWasBefore() throws Exception {
    try (Pty pty = start()) {
      begin(pty, "edit /ports/1");
      pty.await("service:");
      pty.type("4421\r");
      pty.awaitPrompt(PROMPT);
      works(pty, PROMPT, "4421");
      pty.clear();
      // what the first left behind is not the second's
      begin(pty, "edit /ports/1");
      pty.await("service:");
      pty.type("4422\r");
      pty.awaitPrompt(PROMPT);
      works(pty, PROMPT, "4422");
      pty.type("exit\r");
      assertEquals(0, pty.status(), pty::screen);
    }
    assertEquals(
        Files.readString(home.resolve("tty-before")), Files.readString(home.resolve("tty-inside")));
  }

  @Test
  void whatIsWrongCanBeEditedAgain() throws Exception {
    try (Pty pty = start()) {
      begin(pty, "edit /ports/1");
      pty.await("service:");
      pty.type("a b\r");
      pty.await("Edit again (y), or leave it (n)? [y]:");
      assertTrue(pty.screen().contains("error: line "), pty::screen);
      pty.clear();
      pty.type("\r");
      pty.await("service:");
      pty.type("4422\r");
      pty.awaitPrompt(PROMPT);
      works(pty, PROMPT, "4422");
      begin(pty, "edit /ports/1");
      pty.await("service:");
      pty.type("c d\r");
      pty.await("Edit again (y), or leave it (n)? [y]:");
      pty.line("n", PROMPT);
      Matcher kept = KEPT.matcher(pty.screen());
      assertTrue(kept.find(), pty::screen);
      Path file = Path.of(kept.group(1));
      assertTrue(Files.readString(file).contains("\naddr_trsvcid=c d\n"), file::toString);
      Files.delete(file);
      Files.delete(file.resolveSibling(""));
      works(pty, PROMPT, "4422");
    }
  }

  /** One that makes something of Ctrl-C; the last row of the screen stays the shell's. */
  @Test
  void ctrlCIsTheEditors() throws Exception {
    editor(
        """
        trap 'echo caught' INT
        printf 'wait: '
        read -r none || read -r none
        sed -i s/4420/4421/ "$2"
        """);
    try (Pty pty = start(Pty.Setup.usual(home), "--status-line")) {
      pty.awaitPrompt(PROMPT);
      pty.line(PORT, PROMPT);
      begin(pty, "edit /ports/1");
      pty.await("wait:");
      pty.type("\u0003");
      pty.await("caught");
      pty.type("\r\r");
      pty.awaitPrompt(PROMPT);
      pty.line("get /ports/1 addr_trsvcid", PROMPT);
      pty.await("addr_trsvcid  4421");
      pty.line("help | no-more", PROMPT);
      assertTrue(pty.screen().endsWith("hosts connected: 0"), "the last row is still ours");
    }
  }

  /** Whoever stops an editor with Ctrl-C has stopped no more than that. */
  @Test
  void ctrlCEndsTheEditorAlone() throws Exception {
    try (Pty pty = start()) {
      begin(pty, "edit /ports/1");
      pty.await("service:");
      pty.type("\u0003");
      pty.awaitPrompt(PROMPT);
      assertTrue(pty.screen().contains("abandoned: the editor ended with status 130"), pty::screen);
      works(pty, PROMPT, "4420");
    }
  }

  @Test
  void aSingleCommandEdits() throws Exception {
    try (Pty pty = start(Pty.Setup.usual(home), "--sim-state s " + PORT)) {
      assertEquals(0, pty.status(), pty::screen);
    }
    try (Pty pty = start(Pty.Setup.usual(home), "--sim-state s edit /ports/1")) {
      pty.await("service:");
      pty.type("a b\r");
      pty.await("Edit again (y), or leave it (n)? [y]:");
      pty.type("y\r");
      pty.await(() -> pty.screen().split("service:", -1).length > 2, "the editor again");
      pty.type("4421\r");
      assertEquals(0, pty.status(), pty::screen);
    }
    try (Pty pty = start(Pty.Setup.usual(home), "--sim-state s edit /ports/1")) {
      pty.await("service:");
      pty.type("\u0003");
      assertEquals(130, pty.status(), pty::screen);
      assertTrue(pty.screen().contains("abandoned"), pty::screen);
    }
    assertTrue(Files.readString(home.resolve("s")).contains("4421"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh -c 'exit 127' x", "/nowhere/editor"})
  void anEditorThatDoesNotStartIsNamed(String editor) throws Exception {
    try (Pty pty =
        Pty.Setup.usual(home).run("env EDITOR=\"" + editor + "\" " + Pty.PROGRAM + " --sim=7.3")) {
      pty.awaitPrompt(PROMPT);
      pty.line(PORT, PROMPT);
      pty.line("edit /ports/1", PROMPT);
      assertTrue(pty.screen().contains("the editor does not start: " + editor), pty::screen);
    }
  }

  @Test
  void onADumbTerminalAnEditorHasToBeNamed() throws Exception {
    Pty.Setup setup = Pty.Setup.usual(home).withType("dumb");
    try (Pty pty = setup.run("env -u EDITOR VISUAL=vi " + Pty.PROGRAM + " --sim=7.3")) {
      pty.awaitPrompt(PROMPT);
      pty.line(PORT, PROMPT);
      pty.line("edit /ports/1", PROMPT);
      assertTrue(pty.screen().contains("EDITOR is not set"), pty::screen);
    }
    try (Pty pty = start(setup, "")) {
      pty.awaitPrompt(PROMPT);
      pty.line(PORT, PROMPT);
      pty.type("edit /ports/1\r");
      pty.await("service:");
      pty.type("4421\r");
      pty.awaitPrompt(PROMPT);
      pty.line("get /ports/1 addr_trsvcid", PROMPT);
      assertTrue(pty.screen().contains("addr_trsvcid  4421"), pty::screen);
    }
  }

  /** What nearly everybody has. */
  @Test
  void viWorks() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/vi")));
    try (Pty pty =
        Pty.Setup.usual(home).run("env -u VISUAL EDITOR=vi " + Pty.PROGRAM + " --sim=7.3")) {
      pty.awaitPrompt(PROMPT);
      pty.line(PORT, PROMPT);
      begin(pty, "edit /ports/1");
      pty.await("addr_trtype=tcp");
      pty.type(":%s/^addr_trsvcid=4420/addr_trsvcid=4421/\r:wq\r");
      pty.awaitPrompt(PROMPT);
      works(pty, PROMPT, "4421");
      begin(pty, "edit /ports/1");
      pty.await("addr_trtype=tcp");
      pty.type(":cq\r");
      pty.awaitPrompt(PROMPT);
      assertTrue(pty.screen().contains("abandoned"), pty::screen);
      assertFalse(pty.screen().contains("error"), pty::screen);
      works(pty, PROMPT, "4421");
    }
  }
}
