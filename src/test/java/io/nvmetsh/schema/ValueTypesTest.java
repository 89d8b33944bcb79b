package io.nvmetsh.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTypesTest {

  private static final String UUID = "8d4f0c0e-5a55-4d3f-9d6a-0f5c9d0c7a11";
  private static final String NGUID = "00112233-4455-6677-8899-aabbccddeeff";

  /** Type, what is typed or shown, what is written. */
  static Stream<Arguments> valid() {
    return Stream.of(
        Arguments.of(ValueTypes.BOOL, "1", "1"),
        Arguments.of(ValueTypes.BOOL, "Yes", "1"),
        Arguments.of(ValueTypes.BOOL, "ON", "1"),
        Arguments.of(ValueTypes.BOOL, "true", "1"),
        Arguments.of(ValueTypes.BOOL, "off", "0"),
        Arguments.of(ValueTypes.BOOL, "n", "0"),
        Arguments.of(ValueTypes.TRUE_ONLY, "yes", "1"),
        Arguments.of(ValueTypes.TRTYPE, "rdma", "rdma"),
        Arguments.of(ValueTypes.TREQ, "not specified", "not specified"),
        Arguments.of(ValueTypes.U16, "65535", "65535"),
        Arguments.of(ValueTypes.U16, "0x10", "16"),
        Arguments.of(ValueTypes.U16, "0", "0"),
        Arguments.of(ValueTypes.U32, "4294967295", "4294967295"),
        Arguments.of(ValueTypes.INT, "-1", "-1"),
        Arguments.of(ValueTypes.INT, "-0", "0"),
        Arguments.of(ValueTypes.POWER_OF_TWO, "1024", "1024"),
        Arguments.of(ValueTypes.HEX16, "5", "0x5"),
        Arguments.of(ValueTypes.HEX16, "0xABCD", "0xabcd"),
        Arguments.of(ValueTypes.OUI, "123456", "0x01e240"),
        Arguments.of(ValueTypes.VERSION, "1.3", "1.3"),
        Arguments.of(ValueTypes.VERSION, "1.2.1", "1.2.1"),
        Arguments.of(ValueTypes.VERSION, "2.0.0", "2.0"),
        // the kernel shows serial numbers padded to 20 characters
        Arguments.of(ValueTypes.SERIAL, "abc                 ", "abc"),
        Arguments.of(ValueTypes.MODEL, "My Disk", "My Disk"),
        Arguments.of(ValueTypes.UUID, UUID.toUpperCase(Locale.ROOT), UUID),
        Arguments.of(ValueTypes.NGUID, "00112233445566778899aabbccddeeff", NGUID),
        Arguments.of(ValueTypes.NGUID, "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF", NGUID),
        Arguments.of(ValueTypes.BLOCK_DEVICE, "/dev/disk/by-id/x y", "/dev/disk/by-id/x y"),
        Arguments.of(ValueTypes.P2PMEM, "on", "1"),
        Arguments.of(ValueTypes.P2PMEM, "85:00.0", "0000:85:00.0"),
        Arguments.of(ValueTypes.TRADDR, "fe80::1%ens1f0", "fe80::1%ens1f0"),
        Arguments.of(ValueTypes.TRADDR, "x".repeat(255), "x".repeat(255)),
        Arguments.of(ValueTypes.TRSVCID, "4420", "4420"),
        Arguments.of(ValueTypes.TRSVCID, "none", "none"),
        Arguments.of(ValueTypes.DHCHAP_KEY, "DHHC-1:00:abc=:", "DHHC-1:00:abc=:"),
        Arguments.of(ValueTypes.TEXT, "any thing", "any thing"));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void findsTheCanonicalForm(ValueType type, String text, String canonical) throws InvalidValue {
    assertEquals(canonical, type.canonical(text));
    assertEquals(canonical, type.canonical(canonical));
    assertTrue(type.same(text, canonical));
  }

  /** Type, what is typed, what is wrong with it. */
  static Stream<Arguments> invalid() {
    return Stream.of(
        // the kernel's kstrtobool looks at the first character only
        Arguments.of(ValueTypes.BOOL, "1junk", "is neither 0 nor 1"),
        Arguments.of(ValueTypes.BOOL, "", "is neither 0 nor 1"),
        Arguments.of(ValueTypes.BOOL, "2", "is neither 0 nor 1"),
        Arguments.of(ValueTypes.TRUE_ONLY, "0", "can only be 1"),
        Arguments.of(ValueTypes.TRTYPE, "RDMA", "is none of these"),
        Arguments.of(ValueTypes.U16, "65536", "is not in 0 to 65535"),
        Arguments.of(ValueTypes.U16, "-1", "is not in 0 to 65535"),
        // nvmet's sscanf %hu would wrap, stop at the blank, or read octal
        Arguments.of(ValueTypes.CNTLID, "70000", "is not in 1 to 65535"),
        Arguments.of(ValueTypes.QID_MAX, "0", "is not in 1 to 128"),
        Arguments.of(ValueTypes.U16, "5.5", "is not a number"),
        Arguments.of(ValueTypes.U16, " 5", "is not a number"),
        Arguments.of(ValueTypes.U16, "+5", "is not a number"),
        Arguments.of(ValueTypes.U16, "", "is not a number"),
        Arguments.of(ValueTypes.U16, "-", "is not a number"),
        Arguments.of(ValueTypes.U16, "0x", "is not a number"),
        Arguments.of(ValueTypes.U16, "\u0665", "is not a number"),
        Arguments.of(ValueTypes.U16, "010", "has a leading 0, which the kernel takes for octal"),
        Arguments.of(ValueTypes.U32, "0xffffffffffffffff", "is too large"),
        Arguments.of(ValueTypes.U32, "1" + "0".repeat(40), "is too large"),
        Arguments.of(ValueTypes.U32, "1" + "0".repeat(40) + "x", "is not a number"),
        // ana_grpid 128 is stored as 0 by recent kernels
        Arguments.of(ValueTypes.ANA_GRPID, "128", "is not in 1 to 127"),
        Arguments.of(ValueTypes.SRQ_SIZE, "255", "is not in 256 to 4294967295"),
        // the kernel shows -1 and does not take it back
        Arguments.of(ValueTypes.MDTS, "-1", "is not in 0 to 255"),
        Arguments.of(ValueTypes.POWER_OF_TWO, "1000", "is not a power of two"),
        Arguments.of(ValueTypes.POWER_OF_TWO, "0", "is not a power of two"),
        Arguments.of(ValueTypes.HEX16, "0x10000", "is not in 0 to 0xffff"),
        Arguments.of(ValueTypes.VERSION, "1", "is not MAJOR.MINOR"),
        Arguments.of(ValueTypes.VERSION, "1.2.3.4", "is not MAJOR.MINOR"),
        Arguments.of(ValueTypes.VERSION, "1.", "is not a number"),
        Arguments.of(ValueTypes.VERSION, "1.256", "is not in 0 to 255"),
        Arguments.of(ValueTypes.SERIAL, "   ", "is empty"),
        Arguments.of(ValueTypes.SERIAL, "x".repeat(21), "is longer than 20 characters"),
        Arguments.of(ValueTypes.MODEL, "caf\u00e9", "has a character that is not printable ASCII"),
        Arguments.of(ValueTypes.UUID, UUID + " ", "is not 8-4-4-4-12 hexadecimal digits"),
        Arguments.of(ValueTypes.NGUID, "0".repeat(31), "is not 32 hexadecimal digits"),
        // a relative name would be looked up in the directory of the process that writes
        Arguments.of(ValueTypes.BLOCK_DEVICE, "nvme0n1", "is not an absolute path"),
        Arguments.of(ValueTypes.BLOCK_DEVICE, "", "is not an absolute path"),
        Arguments.of(ValueTypes.BLOCK_DEVICE, "/dev/nvme0n1\n", "has a line break or NUL"),
        Arguments.of(
            ValueTypes.BLOCK_DEVICE, "/" + "x".repeat(4094), "is longer than 4094 characters"),
        Arguments.of(ValueTypes.P2PMEM, "auto", "is neither 0 nor 1"),
        Arguments.of(ValueTypes.TRADDR, "", "is empty"),
        Arguments.of(ValueTypes.TRADDR, "10.0.0.1 x", "has a blank or control character"),
        // 256 characters overwrite the field beside it: HAZ-TRADDR-256
        Arguments.of(ValueTypes.TRADDR, "x".repeat(256), "is longer than 255 characters"),
        Arguments.of(ValueTypes.TRSVCID, "70000", "is not in 0 to 65535"),
        Arguments.of(ValueTypes.TRSVCID, "4420x", "is not a number"),
        Arguments.of(ValueTypes.TRSVCID, "x".repeat(32), "is longer than 31 characters"),
        Arguments.of(ValueTypes.DHCHAP_KEY, "secret", "does not begin with DHHC-1:0N:"),
        Arguments.of(ValueTypes.DHCHAP_KEY, "DHHC-1:04:x:", "has no hash id 00 to 03"),
        Arguments.of(ValueTypes.TEXT, "a\nb", "has a line break or NUL"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void saysWhatIsWrong(ValueType type, String text, String clause) {
    assertEquals(clause, assertThrows(InvalidValue.class, () -> type.canonical(text)).getMessage());
  }

  @Test
  void textsThatAreNoValueAreComparedAsTheyStand() {
    assertTrue(ValueTypes.MDTS.same("-1", "-1"));
    assertFalse(ValueTypes.MDTS.same("-1", "0"));
    assertFalse(ValueTypes.BLOCK_DEVICE.same("(null)", "/dev/nvme0n1"));
    assertFalse(ValueTypes.BOOL.same("1", "0"));
  }

  @Test
  void offersTheWordsThatTheKernelKnows() {
    KernelFlavor old = KernelFlavor.mainline("4.11", Set.of());
    KernelFlavor plain = KernelFlavor.mainline("6.12", Set.of());
    KernelFlavor tls = KernelFlavor.mainline("6.12", Set.of(Feature.TLS));
    assertEquals(List.of("rdma", "loop", "fc"), texts(ValueTypes.TRTYPE, old));
    assertEquals(List.of("rdma", "tcp", "loop", "fc"), texts(ValueTypes.TRTYPE, plain));
    assertEquals(List.of("none", "connected"), texts(ValueTypes.TSAS, plain));
    assertEquals(List.of("none", "tls1.3", "connected"), texts(ValueTypes.TSAS, tls));
  }

  private static List<String> texts(ValueType type, KernelFlavor flavor) {
    return type.words(flavor).stream().map(ValueType.Word::text).toList();
  }
}
