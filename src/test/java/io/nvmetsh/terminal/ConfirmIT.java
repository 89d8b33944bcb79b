package io.nvmetsh.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be confirmed is taken back by itself, whatever becomes of who did it. */
class ConfirmIT {

  private static final String PROMPT = "[sim 7.3] stor1:/>";
  private static final String[] START = {"--sim=7.3", "--sim-state", "kernel"};

  private final Path home;

  ConfirmIT(@TempDir Path home) {
    this.home = home;
  }

  @BeforeEach
  void script() throws IOException {
    Files.writeString(home.resolve("x.nvmetsh"), "create /hosts/h1\ncreate /subsystems/s\n");
  }

  @Test
  void aLostTerminalTakesItBack() throws Exception {
    long begun;
    try (Pty pty = Pty.Setup.usual(home).start(START)) {
      pty.awaitPrompt(PROMPT);
      pty.line("create /hosts/before", PROMPT);
      begun = System.nanoTime();
      pty.line("replay x.nvmetsh --confirm 12s", PROMPT);
      assertTrue(pty.screen().contains("unless you type:  confirm"), pty::screen);
    }
    assertEquals(List.of("before/", "h1/"), hosts());
    while (hosts().size() > 1) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
      assertTrue(seconds < 60, "still there after " + seconds + " s");
      Thread.sleep(500);
    }
    assertTrue(System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(11), "taken back too early");
    assertEquals(List.of("before/"), hosts());
    assertFalse(run("ls", "/subsystems").contains("s/"));
  }

  @Test
  void whatIsConfirmedStays() throws Exception {
    try (Pty pty = Pty.Setup.usual(home).start(START)) {
      pty.awaitPrompt(PROMPT);
      pty.line("replay x.nvmetsh --confirm 3s", PROMPT);
      pty.line("confirm", PROMPT);
      assertTrue(pty.screen().contains("stays"), pty::screen);
      pty.type("exit\r");
      assertEquals(0, pty.status(), pty::screen);
    }
    Thread.sleep(5000);
    assertEquals(List.of("h1/"), hosts());
  }

  private List<String> hosts() throws Exception {
    return run("ls", "/hosts").lines().toList();
  }

  private String run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(Pty.PROGRAM));
    command.addAll(List.of(START));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command::toString);
    return shown;
  }
}
