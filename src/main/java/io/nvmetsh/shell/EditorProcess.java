package io.nvmetsh.shell;

import io.nvmetsh.schema.Problem;
import io.nvmetsh.session.TextEditor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.Status;

/**
 * The editor that the person has chosen, on the terminal that we are on. It is found and started as
 * git does it: what VISUAL or EDITOR holds may have arguments and is for a shell; the file's name
 * never is.
 */
final class EditorProcess implements TextEditor {

  /** What a shell answers when there is no such program, or it is none. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_STARTED = 126;

  /** The shell in between outlives a Ctrl-C that the editor takes for itself. */
  private static final String INVITED = "trap : INT; %s \"$@\"";

  private final Terminal terminal;
  private final Map<String, String> environment;

  EditorProcess(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  /** Beside a single command the terminal is opened when it is needed. */
  static TextEditor beside() {
    return file -> {
      try (Terminal terminal = SystemTerminal.open()) {
        return new EditorProcess(terminal, System.getenv()).edit(file);
      } catch (IOException e) {
        throw unusable("the terminal cannot be opened: " + e.getMessage());
      }
    };
  }

  @Override
  public int edit(Path file) {
    String editor = chosen();
    int status = run(List.of("/bin/sh", "-c", INVITED.formatted(editor), editor, file.toString()));
    if (status == NOT_FOUND || status == NOT_STARTED) {
      throw unusable("the editor does not start: " + editor);
    }
    return status;
  }

  private String chosen() {
    Optional<String> visual = variable("VISUAL").filter(name -> !Tty.isDumb());
    Optional<String> named = visual.or(() -> variable("EDITOR"));
    if (named.isPresent()) {
      return named.get();
    } else if (Tty.isDumb()) {
      throw unusable("nothing can be drawn on this terminal, and EDITOR is not set");
    }
    for (String each : List.of("sensible-editor", "editor", "vi")) {
      if (isInstalled(each)) {
        return each;
      }
    }
    throw unusable("there is no editor here: neither VISUAL nor EDITOR is set, and there is no vi");
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private boolean isInstalled(String program) {
    for (String folder :
        environment.getOrDefault("PATH", "/usr/bin").split(File.pathSeparator, -1)) {
      if (folder.startsWith("/") && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeException unusable(String why) {
    return Problem.of(
            Problem.Kind.FILE,
            why,
            "name one before nvmetsh is started:  export EDITOR=vi",
            "or do without:  set ATTRIBUTE=VALUE")
        .asException();
  }

  private int run(List<String> command) {
    // no more than not to end: what is ignored altogether, whoever is started ignores, too
    SignalHandler before = terminal.handle(Signal.INT, signal -> {});
    Attributes attributes = terminal.getAttributes();
    Optional<Status> lastRow = Status.getExistingStatus(terminal);
    lastRow.ifPresent(Status::suspend);
    terminal.flush();
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw unusable("the editor does not start: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(Problem.Kind.INTERRUPTED, "interrupted while the editor was open")
          .asException();
    } finally {
      terminal.setAttributes(attributes);
      lastRow.ifPresent(Status::restore);
      terminal.handle(Signal.INT, before);
    }
  }
}
