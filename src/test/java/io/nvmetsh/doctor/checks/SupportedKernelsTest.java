package io.nvmetsh.doctor.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.schema.Release;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Up to which kernel the vendor's target modules are built. */
class SupportedKernelsTest {

  @ParameterizedTest
  @CsvSource({
    "5.3-1.0.0, 5.11",
    "5.4-1.0.3, 5.13",
    "5.4-2.4.1, 5.14",
    "5.4-3.2.7, 5.14",
    "5.8-1.1.2, 6.1",
    "5.8-2.0.3, 6.1",
    "5.8-3.0.7, 6.2",
    "23.10-1.1.9, 6.6",
    "23.10-3.2.2, 6.7",
    "25.10-1.7.1, 6.18"
  })
  void theBuildDecides(String release, String kernel) {
    assertEquals(Optional.of(Release.parse(kernel)), SupportedKernels.firstWithout(release));
  }

  @ParameterizedTest
  @CsvSource({"4.1-1.0.2", "5.0-2.1.8", "24.01-0.3.3", "26.01-1.0.0", "''", "nonsense"})
  void ofOtherReleasesNothingIsSaid(String release) {
    assertEquals(Optional.empty(), SupportedKernels.firstWithout(release));
  }

  @Test
  void theNewestGoesFurthest() {
    assertEquals(new Release(6, 18), SupportedKernels.firstWithoutAny());
  }
}
