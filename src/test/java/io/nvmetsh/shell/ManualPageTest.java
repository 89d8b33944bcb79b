package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nvmetsh.command.CommandSpec;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.Commands;
import io.nvmetsh.command.HelpCommand;
import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The manual page is written from the program's own tables of options, commands and statuses.
 * {@code -Dnvmetsh.docs=accept} writes it anew.
 */
class ManualPageTest {

  private static final Path FILE =
      Path.of("src", "main", "dist", "share", "man", "man1", "nvmetsh.1");

  private final StringBuilder page =
      new StringBuilder(
          ".\\\" Written from the program's own tables: mvn test -Dtest=ManualPageTest"
              + " -Dnvmetsh.docs=accept\n.TH NVMETSH 1 \"\" nvmetsh \"System Administration\"\n");

  @Test
  void itIsThatOfTheTables() throws IOException {
    section("NAME");
    text("nvmetsh - a shell for the kernel's NVMe-over-Fabrics target and its offload");
    synopsis();
    description();
    options();
    commands();
    exitStatus();
    files();
    environment();
    section("SEE ALSO");
    text("nvme(1), nvme-connect(1), modprobe.d(5), systemd.unit(5)");
    if ("accept".equals(System.getProperty("nvmetsh.docs"))) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, page);
    }
    assertEquals(page.toString(), Files.exists(FILE) ? Files.readString(FILE) : "");
  }

  /** What formats it has nothing to object to. */
  @Test
  void itIsWellFormed() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not on this machine");
    Process groff =
        new ProcessBuilder("groff", "-man", "-Tutf8", "-ww", "-z", FILE.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, groff.waitFor(), said);
    assertEquals("", said);
  }

  private void synopsis() {
    section("SYNOPSIS");
    for (String form :
        List.of("[OPTION...]", "[OPTION...] COMMAND [ARGUMENT...]", "[OPTION...] -f FILE")) {
      page.append(".B nvmetsh\n").append(escaped(form)).append("\n.br\n");
    }
  }

  private void description() {
    section("DESCRIPTION");
    text(
        "Walks the tree of the Linux kernel's NVMe-over-Fabrics target, nvmet, like a file system, with"
            + " what is really there behind Tab; checks a change before the kernel sees it, warns of"
            + " what costs offload to the network card, explains what the kernel refuses, and records"
            + " what is typed as a script. Without a command or a script it is interactive.");
    text(
        "With --sim it works on a simulated machine and touches nothing of this one, which is how to"
            + " learn it: nvmetsh --sim");
  }

  private void options() {
    section("OPTIONS");
    for (LaunchOptions.Option option : LaunchOptions.OPTIONS) {
      boolean optional = option.value().startsWith("[");
      String value = option.value().isEmpty() || optional ? option.value() : " " + option.value();
      String letter = option.letter() == 0 ? "" : "-" + option.letter() + ", ";
      item(letter + "--" + option.name() + value, option.help());
    }
  }

  private void commands() {
    section("COMMANDS");
    text("Each is explained by: nvmetsh --sim help COMMAND");
    for (Group group : Group.values()) {
      List<CommandSpec> specs =
          HelpCommand.specs(Commands.roster()).stream()
              .filter(spec -> spec.group() == group)
              .toList();
      if (!specs.isEmpty()) {
        page.append(".SS ").append(escaped(capital(group.title()))).append('\n');
        specs.forEach(spec -> item(spec.usage(), capital(spec.summary()) + "."));
      }
    }
  }

  private void exitStatus() {
    section("EXIT STATUS");
    for (ExitStatus status : ExitStatus.values()) {
      item(Integer.toString(status.code()), status.description());
    }
  }

  private void files() {
    section("FILES");
    item("/etc/nvmet/config.json", "the configuration that save, load, diff and boot-restore mean");
    item("/etc/modprobe.d/nvmetsh.conf", "module options set by: modules set");
    item("/var/lib/nvmetsh", "the journal, checkpoints and what is to be taken back");
    item("~/.local/state/nvmetsh", "lines typed before, by host; no key is in them");
  }

  private void environment() {
    section("ENVIRONMENT");
    item("JAVA_HOME", "the Java that runs it; without, the best that is found");
    item("NO_COLOR", "when not empty, no colours");
    item("XDG_STATE_HOME", "in the place of ~/.local/state");
  }

  private void section(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void text(String text) {
    page.append(".PP\n").append(escaped(text)).append('\n');
  }

  private void item(String term, String text) {
    page.append(".TP\n.B ").append(escaped(term)).append('\n').append(escaped(text)).append('\n');
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** A dash is one to be typed, and no line begins with what roff takes for a request. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
