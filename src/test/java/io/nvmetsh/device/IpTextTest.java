package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

  @ParameterizedTest
  @CsvSource({
    "FD00:9:0:0::1, fd00:9::1",
    "0:0:0:0:0:0:0:0, ::",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "fe80::0001%eth0, fe80::1%eth0",
    "::ffff:10.9.1.1, ::ffff:a09:101",
    "10.9.1.1, 10.9.1.1"
  })
  void canonicalIsThatOfRfc5952(String typed, String canonical) {
    assertEquals(canonical, IpText.canonical(typed));
    assertEquals(canonical, IpText.canonical(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:8::",
        "::1:",
        "1:2:3:4:5:6:7:10.0.0.1",
        "::10.0.0.256",
        "\u0661::1"
      })
  void whatIsNoAddressStaysAsItIs(String text) {
    assertEquals(text, IpText.canonical(text));
  }

  @Test
  void readsIpv4() {
    assertEquals(0x0a090101, IpText.ipv4("10.9.1.1"));
    assertEquals("255.255.255.254", IpText.ipv4(IpText.ipv4("255.255.255.254")));
    for (String text :
        new String[] {
          "",
          "1.2.3",
          "1.2.3.4.5",
          "1.2.3.256",
          "1..2.3",
          "a.b.c.d",
          "1.2.3.4 ",
          "0001.2.3.4",
          "1.2.3."
        }) {
      assertEquals(-1, IpText.ipv4(text), text);
    }
  }

  @Test
  void readsGids() {
    assertEquals("10.9.1.1", IpText.ofGid("0000:0000:0000:0000:0000:ffff:0a09:0101"));
    assertEquals("fe80::1", IpText.ofGid("fe80:0000:0000:0000:0000:0000:0000:0001"));
    assertNull(IpText.ofGid("0000:0000:0000:0000:0000:0000:0000:0000"));
    assertNull(IpText.ofGid(""));
  }

  @Test
  void readsDigits() {
    assertEquals("fd00:9::5", IpText.ofDigits("fd000009000000000000000000000005"));
    assertNull(IpText.ofDigits("fd00"));
    assertNull(IpText.ofDigits("xd000009000000000000000000000005"));
  }
}
