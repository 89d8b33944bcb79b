package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvmeNameTest {

  @Test
  void takesNamesApart() {
    assertEquals(new NvmeName(0, -1, 1), NvmeName.parse("nvme0n1"));
    assertEquals(new NvmeName(12, -1, 345), NvmeName.parse("nvme12n345"));
    assertEquals(new NvmeName(3, 2, 1), NvmeName.parse("nvme3c2n1"));
    assertEquals("nvme3n1", new NvmeName(3, 2, 1).visible());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvme",
        "nvme0",
        "nvmen1",
        "nvme0n",
        "nvme0n1p1",
        "nvme0c1",
        "nvme0cn1",
        "nvme0c1n",
        "nvme-subsys0",
        "nvmeXn1",
        "nvme0n1c2",
        "nvme99999999999n1",
        "sda",
        "ng0n1",
        ""
      })
  void refusesOtherNames(String name) {
    assertNull(NvmeName.parse(name));
  }
}
