package io.nvmetsh.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nvmetsh.schema.ValueType.InvalidValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PciAddressTest {

  @ParameterizedTest
  @CsvSource({
    "0000:85:00.0, 0000:85:00.0",
    "85:00.0, 0000:85:00.0",
    "0000:2:00.0, 0000:02:00.0",
    "0:2:0.7, 0000:02:00.7",
    "2:1f.7, 0000:02:1f.7",
    "0000:AF:0A.1, 0000:af:0a.1",
    // a volume management device (VMD) has a domain of five digits
    "10000:01:00.0, 10000:01:00.0"
  })
  void isWrittenAsTheKernelWritesIt(String typed, String canonical) throws InvalidValue {
    assertEquals(canonical, PciAddress.canonical(typed));
    assertEquals(canonical, PciAddress.canonical(canonical));
  }

  /** MLNX_OFED 4.1 and 4.2 run on with a null pointer when a part is missing: HAZ-PCI-SYNTAX. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "85",
        "85:00",
        "0000:85:00",
        "85.0",
        ".0",
        ":.",
        "::.",
        ":85:00.0",
        "0000::00.0",
        "0000:85:.0",
        "0000:85:00.",
        "0000:85:00.8",
        "0000:85:20.0",
        "0000:185:00.0",
        "000000:85:00.0",
        "0000:85:00.0\n",
        " 0000:85:00.0",
        "0x0:0x85:0x0.0",
        "+000:85:00.0",
        "-1:85:00.0",
        "0000:8g:00.0",
        "0:0000:85:00.0",
        "\u201c0000:85:00.0\u201d",
        "0000:\u0668\u0665:00.0",
        "clear"
      })
  void everythingElseIsRefused(String typed) {
    assertThrows(InvalidValue.class, () -> PciAddress.canonical(typed));
  }
}
