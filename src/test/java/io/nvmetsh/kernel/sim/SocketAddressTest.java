package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressTest {

  private static Optional<SocketAddress> parse(boolean v6, String address, String port) {
    return SocketAddress.parse(v6, address, port, FixedWorld.ofTraces());
  }

  @ParameterizedTest
  @CsvSource({
    "10.9.9.1,4420,10.9.9.1:4420",
    "0.0.0.0,0,0.0.0.0:0",
    "255.255.255.255,0x10,255.255.255.255:16",
    "010.9.9.001,010,10.9.9.1:8",
    "10.9.9.1:4420,1,10.9.9.1:1",
  })
  void readsIpv4LikeTheKernel(String address, String port, String shown) {
    assertEquals(shown, parse(false, address, port).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1..2.3", "::1", "1.2.3.4x"})
  void refusesWhatIsNoIpv4(String address) {
    assertEquals(Optional.empty(), parse(false, address, "4420"));
  }

  @ParameterizedTest
  @CsvSource({
    "::1,[::1]:1",
    "::,[::]:1",
    "1::,[1::]:1",
    "2001:DB8:0:0:1:0:0:1,[2001:db8::1:0:0:1]:1",
    "1:0:2:3:4:5:6:7,[1:0:2:3:4:5:6:7]:1",
    "fe80::1%lo,[fe80::1]:1",
    "fe80::1%0x2,[fe80::1]:1",
    "2001:db8::1%nope,[2001:db8::1]:1",
    "::ffff:10.0.0.1,[::ffff:10.0.0.1]:1",
    "1:2:3:4:5:6:7.8.9.10,[1:2:3:4:5:6:708:90a]:1",
  })
  void readsIpv6LikeTheKernel(String address, String shown) {
    assertEquals(shown, parse(true, address, "1").orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1:2:3",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "1:",
        "1.2.3.4"
      })
  void refusesWhatIsNoIpv6(String address) {
    assertEquals(Optional.empty(), parse(true, address, "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "65536", "x", "-1", "1 "})
  void refusesWhatIsNoPortNumber(String port) {
    assertEquals(Optional.empty(), parse(false, "10.0.0.1", port));
  }

  @Test
  void knowsSpecialAddresses() {
    assertTrue(SocketAddress.local("127.9.9.9").orElseThrow().isLoopback());
    assertTrue(SocketAddress.local("::1").orElseThrow().isLoopback());
    assertFalse(SocketAddress.local("128.0.0.1").orElseThrow().isLoopback());
    assertTrue(SocketAddress.local("fe80::1").orElseThrow().isLinkLocal());
    assertTrue(SocketAddress.local("febf::1").orElseThrow().isLinkLocal());
    assertFalse(SocketAddress.local("fec0::1").orElseThrow().isLinkLocal());
    assertTrue(SocketAddress.local("::").orElseThrow().isAny());
    assertTrue(SocketAddress.local("ff02::1").orElseThrow().isMulticast());
    assertTrue(SocketAddress.local("239.1.2.3").orElseThrow().isMulticast());
    assertFalse(SocketAddress.local("223.1.2.3").orElseThrow().isMulticast());
    assertTrue(SocketAddress.local("255.255.255.255").orElseThrow().isBroadcast());
    assertEquals(
        SocketAddress.local("10.0.0.1"),
        SocketAddress.local("::ffff:10.0.0.1").map(SocketAddress::unmapped));
    assertEquals(1, parse(true, "fe80::1%lo", "1").orElseThrow().scope());
  }
}
