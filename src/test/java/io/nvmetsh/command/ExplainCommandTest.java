package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.plan.Cause;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Hazards;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainCommandTest {

  private static final TestShell SHELL = TestShell.on("ofed-4.1").has("create /ports/1");

  private static String explained(String word) {
    TestShell.Said said = SHELL.type("explain " + Words.quote(word));
    assertEquals(List.of(), said.problems(), word);
    return said.text();
  }

  @Test
  void anAttributeIsExplainedFromItsRow() {
    assertEquals(
        """
        pci_device_path of a namespace
          meaning   PCI address of the drive behind device_path; asks for offload; set device_path fills it in unless it is given
          takes     PCI address: DDDD:BB:SS.F, e.g. 0000:85:00.0, or clear for none
          default   not set
          access    read and write
          writable  only while disabled
          since     MLNX_OFED 4.1 to 4.2
          here      yes, this is MLNX_OFED 4.1 (nvmet of Linux 4.11)\
        """,
        explained("pci_device_path"));
  }

  @Test
  void whatThisKernelLacksIsSaid() {
    String text = explained("clear_ids");
    assertTrue(text.contains("since     Linux 5.19, with CONFIG_NVME_TARGET_PASSTHRU"), text);
    assertTrue(text.contains("here      no, this is MLNX_OFED 4.1"), text);
    assertFalse(text.contains("without"), text);
    assertTrue(explained("addr_trtype").contains("tcp   TCP (Linux 5.0)"));
    String built = TestShell.on("6.12").type("explain p2pmem").text();
    assertTrue(built.contains("no, this is Linux 6.12, without CONFIG_PCI_P2PDMA"), built);
  }

  @Test
  void anAttributeOfSeveralKindsIsExplainedInAll() {
    String text = explained("enable");
    assertTrue(text.contains("enable of a namespace"));
    assertTrue(text.contains("enable of a passthru controller"));
    assertTrue(text.contains("enable of a referral"));
    assertTrue(text.contains("enable [-f] [PATH]"), "the command too");
  }

  static Stream<String> words() {
    Set<String> words = new HashSet<>();
    NvmetSchema.all().stream().map(Attribute::name).forEach(words::add);
    OffloadRules.all().stream().map(OffloadRule::id).forEach(words::add);
    Hazards.all().stream().map(Hazard::id).forEach(words::add);
    TargetModules.PARAMETERS.stream().map(TargetModules.Parameter::name).forEach(words::add);
    for (Cause cause : Cause.values()) {
      words.add(cause.errno().name());
      words.add(cause.errno().words());
    }
    for (Command command : Commands.roster().all()) {
      words.add(command.spec().name());
      words.addAll(command.spec().aliases());
    }
    return words.stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyWordIsExplained(String word) {
    assertFalse(explained(word).isBlank());
  }

  @Test
  void capitalsDoNotMatterInIds() {
    assertEquals(explained("OFF-NS-ONE"), explained("off-ns-one"));
    assertEquals(explained("EBUSY"), explained("ebusy"));
    assertEquals(explained("EBUSY"), explained("device or resource busy"));
  }

  @Test
  void withoutAWordTheAttributesHereAreListed() {
    String text = SHELL.type("/ports/1 explain").text();
    assertTrue(text.contains("addr_trtype   transport"), text);
    assertEquals(
        SHELL.tree().attributes(SHELL.session().here().child("ports").child("1")).size(),
        text.lines().count());
  }

  @Test
  void whatWasProbablyMeantIsNamed() {
    assertEquals(
        List.of(
            "did you mean:  explain addr_trtype",
            "the attributes here:  explain",
            "the commands:  help",
            "look for a word:  help -k addr_trtyp"),
        SHELL.refuses("explain addr_trtyp").hints());
  }

  /** What ends in something to type must be a line of this shell. */
  @Test
  void everyMendOfAnErrnoIsALineOfThisShell() {
    for (Cause cause : Cause.values()) {
      int at = cause.mend().indexOf(":  ");
      if (at >= 0) {
        String line = cause.mend().substring(at + 3);
        Command command = Commands.roster().named(CommandLine.parse(line, Map.of()).command());
        Arguments.bind(command.spec(), CommandLine.parse(line, Map.of()).words());
      }
    }
  }
}
