package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help in the middle of a line, and lines that are typed short. */
class LineHelpTest {

  private static final Tab TAB = Tab.onTarget();

  private static List<String> help(String line) {
    return Layout.of(100, true).lines(LineHelp.of(TAB.shell().session().context(), line)).stream()
        .map(Layout.Line::text)
        .map(String::stripTrailing)
        .toList();
  }

  @Test
  void theUsageAndWhatCanStandHere() {
    assertEquals(
        List.of(
            "unlink LINK [FROM]",
            "take a subsystem off a port, or a host off a subsystem",
            "",
            "/ports/1  rdma 10.9.1.1:4420, 1 subsystem"),
        help("unlink testsubsystem /po"));
  }

  @Test
  void whatNobodyKnowsIsSaid() {
    assertEquals(List.of("nothing is known that could stand here"), help("frobnicate "));
  }

  @ParameterizedTest
  @CsvSource({
    "ls, false",
    "set /ports/1 addr_trtype=, false",
    "ls 'a, true",
    "ls # what, true",
    "ls a\\, true",
  })
  void aQuestionMarkIsACharacterWhereItCanStand(String line, boolean character) {
    assertEquals(character, LineHelp.isCharacter(TAB.shell().session().context(), line));
  }

  @ParameterizedTest
  @CsvSource({
    "'ls ', [PATH]",
    "'/ports/1 ls ', [PATH]",
    "'link ', TARGET [INTO]",
    "'link testsubsystem ', [INTO]",
    "'link testsubsystem /ports/2 ', ''",
    "'connect-cmd --host ', NQN",
    "'explain', ''",
    "'nonsense ', ''",
  })
  void theHintIsTheRestOfTheUsage(String line, String hint) {
    assertEquals(hint, LineHint.of(Commands.roster(), line));
  }

  @ParameterizedTest
  @CsvSource({
    "cr /ports/1, create /ports/1",
    "/ports/1 tr -d 1, /ports/1 tree -d 1",
    "mkdir /ports/1, mkdir /ports/1",
    "create /ports/1, create /ports/1",
    "c, c",
    "subsys/x, subsys/x",
    "# cr, # cr",
  })
  void aShortCommandIsWrittenOut(String typed, String whole) {
    Optional<Abbreviation> found = Abbreviation.in(Commands.roster(), typed);
    String written =
        found
            .map(
                each ->
                    typed.substring(0, each.start()) + each.word() + typed.substring(each.end()))
            .orElse(typed);
    assertEquals(whole, written);
  }
}
