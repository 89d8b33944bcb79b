package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Column;
import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {

  @TempDir Path folder;

  private static final Map<String, Cell> PAIRS = new LinkedHashMap<>();

  static {
    PAIRS.put("one", Cell.of("a"));
    PAIRS.put("two", Cell.of("b"));
  }

  static Stream<String> examples() {
    return Filters.all().stream().flatMap(filter -> filter.spec().examples().stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleWorks(String example) {
    TestShell shell = TestShell.in(folder, "6.12").has("create /subsystems/testsubsystem");
    shell.has("create /ports/1");
    TestShell.Said said = shell.type(example);
    assertEquals(List.of(), said.problems());
    assertEquals(ExitStatus.DONE, said.status());
  }

  @Test
  void eachHasAPageOfItsOwnGroup() {
    for (Filter filter : Filters.all()) {
      assertEquals(Group.FILTERS, filter.spec().group());
      assertTrue(filter.spec().usage().startsWith("... | " + filter.spec().name()));
      assertFalse(filter.spec().examples().isEmpty(), filter.spec().name());
    }
  }

  static Stream<Document> documents() {
    Document lines = Document.Lines.of("one a", "two b");
    Document table =
        new Document.Table(
            List.of(new Column("name", "name"), new Column("value", "value")),
            List.of(List.of(Cell.of("one"), Cell.of("a")), List.of(Cell.of("two"), Cell.of("b"))));
    Document pairs = new Document.Pairs(PAIRS);
    return Stream.of(
        lines,
        table,
        pairs,
        new Document.Sections(
            List.of(
                new Document.Section("x", "x", Document.Lines.of("one a")),
                new Document.Section("y", "y", Document.Lines.of("two b")))));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyKindOfDocumentHasItsRows(Document document) {
    assertEquals(2, Rows.count(document));
    List<String> seen = new ArrayList<>();
    Document kept =
        Rows.choose(
            document,
            row -> {
              seen.add(row);
              return row.startsWith("two");
            });
    assertEquals(2, seen.size(), "each row is asked about once");
    assertEquals(1, Rows.count(kept));
    String text =
        String.join("\n", Layout.of(0, false).lines(kept).stream().map(Layout.Line::text).toList());
    assertTrue(text.contains("two") && !text.contains("one"), text);
  }

  @Test
  void aRowIsOneHoweverNarrowTheScreen() {
    TestShell shell = TestShell.in(folder, "6.12");
    Document devices =
        new Document.Table(
            List.of(new Column("name", "name"), new Column("what", "what")),
            List.of(List.of(Cell.of("a"), Cell.of("many words ".repeat(20)))));
    assertEquals(1, Rows.count(devices));
    assertEquals("count  4", shell.type("devices | count").text().strip());
  }

  @Test
  void savesForItsOwnerAloneAndReplacesNothing() throws IOException {
    TestShell shell = TestShell.in(folder, "6.12").has("create /subsystems/testsubsystem");
    assertEquals(List.of(), shell.type("ls /subsystems | save out.txt").problems());
    Path file = folder.resolve("out.txt");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).startsWith("testsubsystem/  "), Files.readString(file));
    TestShell.Said again = shell.type("ls / | save out.txt");
    assertTrue(again.problems().get(0).message().endsWith("exists already"));
    assertTrue(Files.readString(file).startsWith("testsubsystem/  "));
    assertEquals(List.of(), shell.type("ls / | save -f out.txt").problems());
    assertTrue(Files.readString(file).startsWith("hosts/"), Files.readString(file));
    shell.type("ls --dry-run | save never.txt");
    assertFalse(Files.exists(folder.resolve("never.txt")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create /subsystems/a | match x",
        "create /subsystems/a --dry-run | count",
        "create /subsystems/a | save x.txt",
        "create /subsystems/a | no-more",
        "create /subsystems/a | match",
        "create /subsystems/a |"
      })
  void nothingIsChangedByALineWithFilters(String line) {
    TestShell shell = TestShell.in(folder, "6.12");
    TestShell.Said said = shell.type(line);
    assertEquals(ExitStatus.USAGE, said.status());
    assertFalse(said.problems().get(0).hints().isEmpty());
    assertEquals("count  0", shell.type("ls /subsystems | count").text().strip());
    assertFalse(Files.exists(folder.resolve("x.txt")));
  }

  @Test
  void aRecordingKeepsWhatWasShownAndCanBeVerified() throws IOException {
    TestShell shell = TestShell.in(folder, "6.12").has("create /subsystems/testsubsystem");
    shell.has("record r.nvmetsh --output", "cd /subsystems", "ls | match 'a|test' | count");
    shell.has("ls | save out.txt", "record off");
    List<String> lines = Files.readAllLines(folder.resolve("r.nvmetsh"));
    int at = lines.indexOf("/subsystems ls | match 'a|test' | count");
    assertTrue(at > 0, lines.toString());
    assertEquals("#> count  1", lines.get(at + 1));
    assertFalse(lines.toString().contains("save"), "what writes a file is not run again");
    shell.has("replay --verify r.nvmetsh");
  }

  @Test
  void aProgramsOwnWordsMayHoldAPipe() {
    assertEquals("ls | match 'a b'", Words.launched(List.of("ls", "|", "match", "a b")));
    assertEquals("ls '||'", Words.launched(List.of("ls", "||")));
  }

  @Test
  void tabAndHintsKnowThem() {
    Context context = TestShell.in(folder, "6.12").session().context();
    assertEquals(
        Filters.names(),
        LineCompletion.candidates(context, "ls /|").stream().map(Candidate::value).toList());
    assertEquals(
        List.of("match"),
        LineCompletion.candidates(context, "ls / | count | ma").stream()
            .map(Candidate::value)
            .toList());
    assertEquals(
        List.of("--force", "--help"),
        LineCompletion.candidates(context, "ls | save -").stream()
            .map(Candidate::value)
            .sorted()
            .toList());
    assertEquals("PATTERN", LineHint.of(context.commands(), "ls | match "));
    assertEquals("", LineHint.of(context.commands(), "ls | "));
    assertEquals(
        List.of(LineMarks.Mark.COMMAND, LineMarks.Mark.COMMAND, LineMarks.Mark.WRONG),
        LineMarks.of(context, "ls | count | cuont x", -1).stream()
            .map(LineMarks.Span::mark)
            .toList());
    String help =
        String.join(
            "\n",
            Layout.of(0, false).lines(LineHelp.of(context, "ls | last ")).stream()
                .map(Layout.Line::text)
                .toList());
    assertTrue(help.contains("... | last N"), help);
  }
}
