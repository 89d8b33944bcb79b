package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** lib/kstrtox.c and vsscanf. */
class KernelNumberTest {

  private static final long U32 = 0xffff_ffffL;

  @ParameterizedTest
  @CsvSource({"0,0", "10,10", "010,8", "0x10,16", "0XfF,255", "+1,1", "4294967295,4294967295"})
  void numbersWithTheBaseInTheirPrefix(String text, long value) throws Deny {
    assertEquals(value, KernelNumber.unsigned(text, 0, U32));
    assertEquals(value, KernelNumber.unsigned(text + "\n", 0, U32));
  }

  @ParameterizedTest
  @CsvSource({
    "'',EINVAL",
    "x,EINVAL",
    "08,EINVAL",
    "0x,EINVAL",
    "0xg,EINVAL",
    "-1,EINVAL",
    "++1,EINVAL",
    "' 1',EINVAL",
    "'1 ',EINVAL",
    "1x,EINVAL",
    "4294967296,ERANGE",
    "4294967296x,EINVAL",
    "18446744073709551616,ERANGE",
    "18446744073709551616x,ERANGE",
    "é,EINVAL"
  })
  void whatIsNoNumber(String text, Errno errno) {
    assertEquals(
        errno,
        assertThrows(Deny.class, () -> KernelNumber.unsigned(Page.bytes(text), 0, U32)).errno());
  }

  @Test
  void aSecondNewlineIsTooMuch() {
    assertThrows(Deny.class, () -> KernelNumber.unsigned("1\n\n", 0, U32));
  }

  @Test
  void theWholeRangeOf64Bits() throws Deny {
    assertEquals(-1, KernelNumber.unsigned("18446744073709551615", 0, -1));
    assertEquals(0xf00000000L, KernelNumber.unsigned("0xf00000000", 0, -1));
  }

  @ParameterizedTest
  @CsvSource({"-1,-1", "-0x10,-16", "2147483647,2147483647", "-2147483648,-2147483648", "+5,5"})
  void signedNumbers(String text, int value) throws Deny {
    assertEquals(value, KernelNumber.signed(text, 0));
  }

  @ParameterizedTest
  @CsvSource({"2147483648,ERANGE", "-2147483649,ERANGE", "-+1,EINVAL", "--1,EINVAL", "-,EINVAL"})
  void whatIsNoSignedNumber(String text, Errno errno) {
    assertEquals(errno, assertThrows(Deny.class, () -> KernelNumber.signed(text, 0)).errno());
  }

  @Test
  void sscanfSkipsBlanksWrapsAndStops() {
    Sscanf scan = new Sscanf(" \t70000.-5x");
    assertTrue(scan.unsigned());
    assertEquals(4464, scan.value() & 0xffff);
    assertTrue(scan.literal("."));
    assertFalse(scan.unsigned());
    assertTrue(scan.signed());
    assertEquals(-5, scan.value());
    assertFalse(scan.signed());
    assertFalse(scan.literal("y"));
    assertTrue(new Sscanf("0xfg").hexadecimal());
    assertFalse(new Sscanf("xf").hexadecimal());
    assertFalse(new Sscanf("").signed());
    assertFalse(new Sscanf("-").signed());
  }
}
