package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimProfileTest {

  @Test
  void theseAreTheProfiles() {
    List<String> names = new ArrayList<>();
    for (SimProfile profile : SimProfile.all()) {
      names.add(profile.name());
      assertEquals(profile.flavor(), SimProfile.named(profile.name()).flavor());
    }
    assertEquals(
        List.of("5.10", "6.1", "6.12", "7.3", "ofed-4.1", "ofed-4.6", "ofed-5.0", "ofed-25.10"),
        names);
    assertEquals(names, SimProfile.names());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    Problem problem =
        assertThrows(NvmetshException.class, () -> SimProfile.named("ofed-9")).problem();
    assertTrue(problem.message().contains("ofed-9"), problem.message());
    assertTrue(problem.hints().get(0).contains("ofed-25.10"), problem.hints().toString());
  }

  /** A quirk that no simulated kernel has, or that all have, is no difference between them. */
  @Test
  void everyQuirkTellsTwoProfilesApart() {
    for (Quirk quirk : Quirk.values()) {
      long having = SimProfile.all().stream().filter(profile -> profile.has(quirk)).count();
      assertTrue(having > 0 && having < SimProfile.all().size(), quirk + ": " + having);
    }
  }

  /** Rows of the table of differences, for the releases between which they lie. */
  @Test
  void quirksAreWhereTheKernelsHaveThem() {
    Set<Quirk> old =
        EnumSet.of(Quirk.SERIAL_IS_NUMBER, Quirk.CNTLIDS_DIFFER, Quirk.NAMESPACES_COUNT_AT_ENABLE);
    for (Quirk quirk : old) {
      assertTrue(SimProfile.named("5.10").has(quirk), quirk.name());
      assertFalse(SimProfile.named("7.3").has(quirk), quirk.name());
    }
    assertFalse(SimProfile.named("5.10").has(Quirk.ANA_GRPID_128_IS_0));
    assertTrue(SimProfile.named("6.1").has(Quirk.ANA_GRPID_128_IS_0));
    assertTrue(SimProfile.named("6.12").has(Quirk.ANA_GRPID_128_IS_0));
    assertFalse(SimProfile.named("ofed-4.1").has(Quirk.NAMESPACES_COUNT_AT_ENABLE));
    assertTrue(SimProfile.named("ofed-4.6").has(Quirk.NAMESPACES_COUNT_AT_ENABLE));
    assertFalse(SimProfile.named("ofed-25.10").has(Quirk.NAMESPACES_COUNT_AT_ENABLE));
  }
}
