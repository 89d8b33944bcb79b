package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The output of a right transcript is the transcript itself: each line is run, and what it shows
 * takes the place of the {@code #>} lines behind it. A line behind a dash has to fail, any other to
 * succeed. It is about {@code sim KERNEL} on the default machine, or a dumped {@code machine NAME}
 * with its own kernel. {@code -Dtranscripts=accept} writes down what is shown.
 */
class TranscriptTest {

  private static final Path TRANSCRIPTS = Path.of("src/test/resources/transcripts");
  private static final Path MACHINES = Path.of("src/test/resources/machines");

  static List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void showsWhatItSays(Path file, @TempDir Path folder) throws IOException {
    String text = Files.readString(file);
    String shown = run(file, text, folder);
    if ("accept".equals(System.getProperty("transcripts"))) {
      Files.writeString(file, shown);
    } else {
      assertEquals(text, shown);
    }
  }

  /** The transcript is a script: replay finds nothing to object to either. */
  @ParameterizedTest
  @MethodSource("transcripts")
  void replaysAndVerifies(Path file, @TempDir Path folder) throws IOException {
    SimShell shell = shell(file, Files.readString(file), folder);
    assertEquals(
        ExitStatus.DONE, shell.run("replay --verify " + file.toAbsolutePath()), shell::said);
  }

  private static SimShell shell(Path file, String text, Path folder) {
    String target = String.valueOf(Script.parse(file.toString(), text).head().get("target"));
    return target.startsWith("machine ")
        ? SimShell.ofMachine(MACHINES.resolve(target.replace("machine ", "") + ".machine"), folder)
        : SimShell.of(target.replace("sim ", ""), folder);
  }

  private static String run(Path file, String text, Path folder) {
    String name = file.toString();
    SimShell shell = shell(file, text, folder);
    List<String> source = text.lines().toList();
    List<String> result = new ArrayList<>();
    int next = 0;
    for (Script.Step step : Script.parse(name, text).steps()) {
      while (next < step.end()) {
        keep(source.get(next++), result);
      }
      ExitStatus status = shell.run(step.text());
      String said = shell.said();
      assertEquals(
          step.mayFail(), status != ExitStatus.DONE, name + ":" + step.number() + "\n" + said);
      for (String line : said.isEmpty() ? List.<String>of() : List.of(said.split("\n", -1))) {
        result.add((Script.SHOWN + " " + line).stripTrailing());
      }
    }
    while (next < source.size()) {
      keep(source.get(next++), result);
    }
    return String.join("\n", result) + "\n";
  }

  private static void keep(String line, List<String> result) {
    if (!line.startsWith(Script.SHOWN)) {
      result.add(line);
    }
  }
}
