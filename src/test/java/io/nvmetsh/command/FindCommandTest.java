package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.TestShell;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.tree.Comparison;
import io.nvmetsh.tree.Snapshot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindCommandTest {

  @ParameterizedTest
  @CsvSource({
    "a=x, x, true",
    "a=x, xx, false",
    "a=, '', true",
    "a=, x, false",
    "a=!, x, true",
    "a=!x, x, false",
    "a=!x, y, true",
    "a=x*, xyz, true",
    "a=*z, xyz, true",
    "a=*y*, xyz, true",
    "a=x*x, x, false",
    "a=x*y*z, xz, false",
    "a=*, '', true",
    "a=**, abc, true",
    "a=a*b*b, ab, false",
    "a=1..5, 1, true",
    "a=1..5, 5, true",
    "a=1..5, 6, false",
    "a=1.., 70000000000000000000, true",
    "a=..5, 0, true",
    "a=.., 1, false",
    "a=1..x, 1, false",
    "a=1..5, x, false",
    "'a=x,y', y, true",
    "'a=!x,y', y, false",
    "'a=x,', '', true",
  })
  void holds(String condition, String value, boolean holds) {
    assertEquals(holds, Condition.parse(condition).holds(value));
  }

  @Test
  void tabOffersAttributesAndTheValuesOfThoseThatHaveFew() {
    Tab tab = Tab.onTarget();
    List<String> names = tab.words("find dev");
    assertTrue(names.contains("device_path=..."), names.toString());
    assertEquals(List.of("enable=1", "enable=0"), tab.words("find enable="));
    assertTrue(tab.words("find /po").contains("/ports/..."), tab.words("find /po").toString());
  }

  @Test
  void noAnswerTellsAKey() {
    TestShell shell =
        TestShell.on("6.12")
            .has("create /hosts/a", "set /hosts/a dhchap_key=DHHC-1:00:c2VjcmV0c2VjcmV0:");
    assertEquals("", shell.type("find dhchap_key=DHHC*").text());
    String all = shell.type("find dhchap_key=*").text() + shell.type("get / --commands").text();
    assertTrue(all.contains("/hosts/a") && all.contains("set /hosts/a dhchap_key='?'"), all);
    assertFalse(all.contains("c2Vj"), all);
  }

  /** Typed on an empty target, the lines of one make it again. */
  @ParameterizedTest
  @CsvSource({"5.10", "6.12", "ofed-4.6", "ofed-4.1"})
  void theLinesMakeTheTarget(String profile, @TempDir Path directory) {
    int targets = 0;
    for (int seed = 0; seed < 12; seed++) {
      TestShell there = TestShell.of(directory, RandomTarget.of(profile, seed));
      TestShell here = TestShell.in(directory, profile);
      boolean made = true;
      for (String line : there.type("get / --commands").text().lines().toList()) {
        // what a random kernel was given may be what the shell warns a person of
        TestShell.Said said = here.type(line.replaceFirst(" ", " --force ") + " --yes");
        made &= said.status() == ExitStatus.DONE || line.contains("='?'");
      }
      if (made) {
        targets++;
        assertEquals(
            List.of(),
            Comparison.of(Snapshot.of(there.tree()), Snapshot.of(here.tree())).stream()
                .filter(each -> !each.path().name().startsWith("dhchap"))
                .toList(),
            profile + ", seed " + seed);
      }
    }
    assertTrue(targets > 6, targets + " targets");
  }
}
