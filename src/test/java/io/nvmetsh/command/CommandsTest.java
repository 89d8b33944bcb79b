package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nvmetsh.TestShell;
import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lints the roster: parser, help, completion and reference are made from it. */
class CommandsTest {

  private static final Commands COMMANDS = Commands.roster();

  /** For tests that only look. */
  private static final TestShell SHELL = TestShell.on("ofed-4.1");

  static Stream<CommandSpec> specs() {
    return COMMANDS.all().stream().map(Command::spec);
  }

  @Test
  void everyCommandIsOnTheRoster() {
    Set<String> classes = new TreeSet<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nvmetsh.command")) {
      if (each.isAssignableTo(Command.class) && !each.isInterface()) {
        classes.add(each.getSimpleName());
      }
    }
    Set<String> roster = new TreeSet<>();
    for (Command command : COMMANDS.all()) {
      roster.add(command.getClass().getSimpleName());
    }
    assertEquals(classes, roster);
  }

  @Test
  void noWordMeansTwoCommands() {
    Set<String> words = new HashSet<>();
    specs()
        .forEach(
            spec -> {
              assertTrue(words.add(spec.name()), spec.name());
              spec.aliases().forEach(alias -> assertTrue(words.add(alias), alias));
            });
  }

  @Test
  void familiesStandTogether() {
    List<CommandSpec.Group> groups = specs().map(CommandSpec::group).distinct().toList();
    assertEquals(groups.stream().sorted().toList(), groups);
    List<CommandSpec.Group> inOrder = specs().map(CommandSpec::group).toList();
    assertEquals(inOrder.stream().sorted().toList(), inOrder);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSummaryIsAPhrase(CommandSpec spec) {
    assertPhrase(spec.summary());
    assertTrue(spec.summary().length() <= 72, "too long beside the name: " + spec.summary());
  }

  private static void assertPhrase(String text) {
    assertFalse(text.isBlank());
    assertEquals(text.strip(), text);
    assertFalse(text.endsWith("."), text);
    boolean sentence =
        Character.isUpperCase(text.charAt(0)) && Character.isLowerCase(text.charAt(1));
    assertFalse(sentence, text);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theHelpIsWholeSentencesThatFitAnyTerminal(CommandSpec spec) {
    assertTrue(spec.help().endsWith("."), spec.help());
    spec.help().lines().forEach(line -> assertTrue(line.length() <= 100, line));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void optionsDifferAndAreDescribed(CommandSpec spec) {
    Set<String> names = new HashSet<>();
    Set<Character> letters = new HashSet<>();
    for (List<Option> options : List.of(spec.options(), CommandSpec.COMMON)) {
      for (Option option : options) {
        assertTrue(names.add(option.name()), option.name());
        assertTrue(option.letter() == 0 || letters.add(option.letter()), option.name());
        assertTrue(option.name().matches("[a-z][a-z-]*"), option.name());
        assertPhrase(option.help());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void argumentsAreInAnOrderThatCanBeBound(CommandSpec spec) {
    boolean optional = false;
    for (int i = 0; i < spec.arguments().size(); i++) {
      Argument argument = spec.arguments().get(i);
      assertFalse(optional && argument.required(), "required behind optional");
      optional |= !argument.required();
      assertTrue(!argument.repeated() || i == spec.arguments().size() - 1, "more behind the rest");
      assertEquals(argument.kind() == Kind.CHOICE, !argument.choices().isEmpty());
      for (Choice choice : argument.choices()) {
        assertPhrase(choice.help());
      }
    }
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> examples() {
    List<org.junit.jupiter.params.provider.Arguments> examples = new ArrayList<>();
    for (Command command : COMMANDS.all()) {
      assertFalse(command.spec().examples().isEmpty(), command.spec().name());
      for (String example : command.spec().examples()) {
        examples.add(org.junit.jupiter.params.provider.Arguments.of(command, example));
      }
    }
    return examples.stream();
  }

  /** What examples take for granted. */
  private static final List<String> SETUP =
      List.of(
          "create /subsystems/testsubsystem",
          "create /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1",
          "enable /subsystems/testsubsystem/namespaces/1",
          "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
              + " addr_trsvcid=4420",
          "create /hosts/nqn.2014-08.org.example:h1");

  private static final Map<String, List<String>> MORE =
      Map.of(
          "unlink", List.of("link testsubsystem /ports/1"),
          "connect-cmd",
              List.of(
                  "set /subsystems/testsubsystem attr_allow_any_host=1",
                  "link testsubsystem /ports/1"),
          "apply", List.of("plan docs/examples/testsubsystem.json --output change.plan"),
          "confirm", List.of("replay docs/examples/testsubsystem.nvmetsh --confirm 5m"),
          "undo", List.of("create /ports/2"),
          "modules unload", List.of("modules load nvmet-rdma"),
          "record off", List.of("record before.nvmetsh"));

  @ParameterizedTest(name = "{1}")
  @MethodSource("examples")
  void everyExampleWorks(Command command, String example, @TempDir Path directory)
      throws IOException {
    assertEquals(command, COMMANDS.named(CommandLine.parse(example, Map.of()).command()));
    Path examples = Files.createDirectories(directory.resolve("docs/examples"));
    Files.writeString(
        examples.resolve("testsubsystem.nvmetsh"),
        "create --if-missing /subsystems/testsubsystem\ncreate /subsystems/another\n");
    Files.copy(Path.of("docs/examples/testsubsystem.json"), examples.resolve("testsubsystem.json"));
    // what asks for offload by a PCI address is not to be disabled (HAZ-PCI-REENABLE), nor counted
    boolean later = example.startsWith("disable") || example.startsWith("watch");
    String profile = later ? "ofed-4.6" : "ofed-4.1";
    TestShell shell = TestShell.in(directory, profile).has(SETUP.toArray(String[]::new));
    MORE.forEach(
        (beginning, lines) -> {
          if (example.startsWith(beginning)) {
            shell.has(lines.toArray(String[]::new));
          }
        });
    TestShell.Said said = shell.type(example);
    assertEquals(List.of(), said.problems());
    assertNotEquals(ExitStatus.BUG, said.status());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyCommandHasItsPage(CommandSpec spec) {
    String page = SHELL.type("help " + spec.name()).text();
    assertTrue(page.startsWith(spec.usage() + "\n" + spec.summary()), page);
    assertEquals(page, SHELL.type(spec.name() + " --help").text());
  }

  @Test
  void aPersonMayTypeTheBeginningOfAWord() {
    assertEquals("unlink", COMMANDS.typed("unl").spec().name());
    assertEquals("create", COMMANDS.typed("mkdir").spec().name());
    NvmetshException several = assertThrows(NvmetshException.class, () -> COMMANDS.typed("e"));
    assertEquals("e can be edit, enable, explain, exit", several.problem().message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unl", "UNLINK", "", "unlnik"})
  void aScriptMustNot(String word) {
    assertThrows(NvmetshException.class, () -> COMMANDS.named(word));
  }

  @Test
  void whatWasProbablyMeantIsNamed() {
    NvmetshException unknown = assertThrows(NvmetshException.class, () -> COMMANDS.typed("unlnik"));
    assertEquals(
        List.of("did you mean:  unlink", "all commands:  help"), unknown.problem().hints());
  }
}
