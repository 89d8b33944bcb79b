package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final CommandSpec SPEC =
      spec(Argument.required("FROM", Kind.NODE), Argument.optional("TO", Kind.NODE));

  private static CommandSpec spec(Argument... arguments) {
    return new CommandSpec(
        "move",
        List.of(),
        Group.CHANGE,
        "move something",
        List.of(arguments),
        List.of(
            Option.toggle("all", 'a', "all"),
            Option.toggle("long", 'l', "long"),
            Option.valued("depth", 'L', "N", Kind.WORD, "depth")),
        "",
        List.of());
  }

  private static Arguments bind(String... words) {
    return Arguments.bind(SPEC, List.of(words));
  }

  private static String refused(String... words) {
    Problem problem = assertThrows(NvmetshException.class, () -> bind(words)).problem();
    assertEquals(Problem.Kind.USAGE, problem.kind());
    assertEquals(
        List.of("usage:  move [-a] [-l] [-L N] FROM [TO]", "more:  help move"), problem.hints());
    return problem.message();
  }

  @Test
  void optionsMayStandAnywhere() {
    Arguments arguments = bind("--all", "x", "-l", "y");
    assertEquals(List.of("x", "y"), arguments.words());
    assertTrue(arguments.has("all"));
    assertTrue(arguments.has("long"));
    assertFalse(arguments.has("depth"));
    assertEquals("x", arguments.required(0));
    assertEquals(Optional.of("y"), arguments.word(1));
    assertEquals(Optional.empty(), arguments.word(2));
  }

  @Test
  void aValueStandsBehindOrInTheWord() {
    for (List<String> words :
        List.of(
            List.of("x", "--depth", "2"),
            List.of("x", "--depth=2"),
            List.of("x", "-L", "2"),
            List.of("x", "-L2"),
            List.of("x", "-alL", "2"),
            List.of("x", "-alL2"))) {
      assertEquals(Optional.of("2"), Arguments.bind(SPEC, words).option("depth"), words.toString());
    }
  }

  @Test
  void aValueMayLookLikeAnOption() {
    assertEquals(Optional.of("--all"), bind("x", "--depth", "--all").option("depth"));
    assertEquals(Optional.of(""), bind("x", "--depth=").option("depth"));
  }

  @Test
  void theLastOfSeveralValuesCounts() {
    Arguments arguments = bind("x", "-L1", "--depth=2");
    assertEquals(Optional.of("2"), arguments.option("depth"));
    assertEquals(List.of("1", "2"), arguments.options("depth"));
  }

  @Test
  void twoDashesEndTheOptions() {
    Arguments arguments = bind("--", "-a", "--depth");
    assertEquals(List.of("-a", "--depth"), arguments.words());
    assertFalse(arguments.has("all"));
  }

  @Test
  void aDashAloneAndANegativeNumberAreWords() {
    assertEquals(List.of("-", "-1"), bind("-", "-1").words());
  }

  @Test
  void everyCommandKnowsTheCommonOptions() {
    Arguments arguments = bind("x", "--json", "--dry-run", "--yes");
    assertTrue(arguments.has("json") && arguments.has("dry-run") && arguments.has("yes"));
  }

  @Test
  void whoAsksForHelpNeedNotBeRight() {
    assertTrue(bind("-h").has("help"));
    assertTrue(bind("a", "b", "c", "--help").has("help"));
  }

  @Test
  void countsTheWords() {
    assertEquals("move: FROM is missing", refused());
    assertEquals("move: one word too many: c", refused("a", "b", "c"));
    CommandSpec many = spec(Argument.many("WORD", Kind.WORD));
    assertEquals(List.of("a", "b", "c"), Arguments.bind(many, List.of("a", "b", "c")).words());
    assertEquals(List.of(), Arguments.bind(many, List.of()).words());
  }

  @Test
  void refusesWhatTheCommandDoesNotHave() {
    assertEquals("move: no option is called --al", refused("x", "--al"));
    assertEquals("move: no option -x (in -ax)", refused("x", "-ax"));
    assertEquals("move: --depth needs N", refused("x", "--depth"));
    assertEquals("move: --depth needs N", refused("x", "-L"));
    assertEquals("move: --all takes no value", refused("x", "--all=yes"));
  }
}
