package io.nvmetsh.schema;

import static io.nvmetsh.schema.Since.linux;
import static io.nvmetsh.schema.ValueType.free;
import static io.nvmetsh.schema.ValueType.oneOf;

import io.nvmetsh.schema.ValueType.CandidateSource;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.schema.ValueType.Word;
import java.util.List;
import java.util.Locale;

/**
 * The catalogue of value types. A type accepts what a person may reasonably type and what the
 * kernel shows; it is stricter than the kernel where the kernel accepts what nobody means ({@code
 * 1junk} for a boolean, a port number of 70000).
 */
public final class ValueTypes {

  static final ValueType BOOL =
      new ValueType(
          "boolean",
          "0 or 1",
          List.of(new Word("1", linux(4, 8), "on"), new Word("0", linux(4, 8), "off")),
          ValueTypes::bool,
          CandidateSource.NONE);
  static final ValueType TRUE_ONLY =
      new ValueType(
          "trigger",
          "1",
          List.of(new Word("1", linux(4, 8), "do it now")),
          ValueTypes::onlyTrue,
          CandidateSource.NONE);

  static final ValueType TRTYPE =
      oneOf(
          "transport",
          new Word("rdma", linux(4, 8), "RDMA (RoCE, InfiniBand, iWARP): the one offload needs"),
          new Word("tcp", linux(5, 0), "TCP"),
          new Word("loop", linux(4, 8), "this machine itself"),
          new Word("fc", linux(4, 10), "Fibre Channel"),
          new Word("pci", linux(6, 14), "PCI endpoint function"));
  static final ValueType ADRFAM =
      oneOf(
          "address family",
          new Word("ipv4", linux(4, 8), "IP version 4"),
          new Word("ipv6", linux(4, 8), "IP version 6"),
          new Word("ib", linux(4, 8), "InfiniBand"),
          new Word("fc", linux(4, 10), "Fibre Channel"),
          new Word("loop", linux(5, 10), "this machine itself"),
          new Word("pci", linux(6, 14), "PCI endpoint function"));
  static final ValueType TREQ =
      oneOf(
          "secure channel requirement",
          new Word("not specified", linux(4, 8), "says nothing about a secure channel"),
          new Word("required", linux(4, 8), "hosts must use a secure channel"),
          new Word("not required", linux(4, 8), "hosts may use a secure channel"));
  static final ValueType TSAS =
      oneOf(
          "transport security",
          new Word("none", linux(6, 7), "tcp without TLS"),
          new Word("tls1.3", linux(6, 7).with(Feature.TLS), "tcp with TLS 1.3"),
          new Word("connected", linux(6, 7), "rdma, always"));
  static final ValueType ANA_STATE =
      oneOf(
          "ANA state",
          new Word("optimized", linux(4, 19), "the preferred path"),
          new Word("non-optimized", linux(4, 19), "usable, not preferred"),
          new Word("inaccessible", linux(4, 19), "not usable now"),
          new Word("persistent-loss", linux(4, 19), "not usable for good"),
          new Word("change", linux(4, 19), "in transition"));
  static final ValueType DHCHAP_HASH =
      oneOf(
          "hash",
          new Word("hmac(sha256)", linux(6, 0), "SHA-256"),
          new Word("hmac(sha384)", linux(6, 0), "SHA-384"),
          new Word("hmac(sha512)", linux(6, 0), "SHA-512"));
  static final ValueType DHCHAP_DHGROUP =
      oneOf(
          "Diffie-Hellman group",
          new Word("null", linux(6, 0), "no Diffie-Hellman exchange"),
          new Word("ffdhe2048", linux(6, 0), "2048 bits"),
          new Word("ffdhe3072", linux(6, 0), "3072 bits"),
          new Word("ffdhe4096", linux(6, 0), "4096 bits"),
          new Word("ffdhe6144", linux(6, 0), "6144 bits"),
          new Word("ffdhe8192", linux(6, 0), "8192 bits"));

  static final ValueType U16 = number("number", 0, 65535);
  static final ValueType U32 = number("number", 0, 4294967295L);
  static final ValueType INT = number("number", -2147483648L, 2147483647L);
  static final ValueType CNTLID = number("controller id", 1, 65535);
  static final ValueType QID_MAX = number("queue count", 1, 128);
  static final ValueType MDTS = number("power of two of pages", 0, 255);
  static final ValueType ANA_GRPID = number("ANA group id", 1, 127);
  static final ValueType OFFLOAD_QUEUES = number("queue count", 1, 65535);
  static final ValueType SRQ_SIZE = number("queue size", 256, 4294967295L);
  static final ValueType POWER_OF_TWO =
      free("queue size", "a power of two", ValueTypes::powerOfTwo);
  static final ValueType HEX16 = free("id", "0x0 to 0xffff", text -> hex(text, 0xffff, 0));
  static final ValueType OUI = free("OUI", "0x000000 to 0xffffff", text -> hex(text, 0xffffff, 6));
  static final ValueType COUNTER =
      free("counter", "a count; -1 means unknown", text -> integer(text, -1, Long.MAX_VALUE));
  static final ValueType VERSION =
      free("NVMe version", "MAJOR.MINOR or MAJOR.MINOR.TERTIARY", ValueTypes::version);
  static final ValueType SERIAL =
      free("serial number", "1 to 20 printable ASCII characters", text -> ascii(text, 20));
  static final ValueType MODEL =
      free("model number", "1 to 40 printable ASCII characters", text -> ascii(text, 40));
  static final ValueType FIRMWARE =
      free("firmware revision", "1 to 8 printable ASCII characters", text -> ascii(text, 8));
  public static final ValueType NQN =
      free("NQN", "nqn.YYYY-MM.REVERSED.DOMAIN:NAME, at most 223 bytes", Nqn::canonical);
  static final ValueType UUID =
      free("UUID", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", ValueTypes::uuid);
  static final ValueType NGUID = free("NGUID", "32 hexadecimal digits", ValueTypes::nguid);
  static final ValueType BLOCK_DEVICE =
      free(
          "block device",
          "absolute path of a block device or file",
          ValueTypes::absolutePath,
          CandidateSource.BLOCK_DEVICES);
  static final ValueType CONTROLLER =
      free("NVMe controller", "/dev/nvmeN", ValueTypes::absolutePath, CandidateSource.CONTROLLERS);
  static final ValueType PCI_ADDRESS =
      free(
          "PCI address",
          "DDDD:BB:SS.F, e.g. 0000:85:00.0, or clear for none",
          text -> text.equals(PciAddress.CLEAR) ? text : PciAddress.canonical(text),
          CandidateSource.DRIVE_ADDRESSES);
  static final ValueType P2PMEM =
      free(
          "peer-to-peer memory",
          "0, 1, or the PCI address of a provider",
          ValueTypes::p2pmem,
          CandidateSource.P2P_PROVIDERS);
  static final ValueType TRADDR =
      free(
          "transport address",
          "an address of this machine, at most 255 characters",
          text -> word(text, 255),
          CandidateSource.LOCAL_ADDRESSES);
  static final ValueType TRSVCID =
      free(
          "transport service id",
          "a port number, usually 4420; at most 31 characters",
          ValueTypes::service,
          CandidateSource.PORT_NUMBERS);
  static final ValueType DHCHAP_KEY =
      free(
          "DH-HMAC-CHAP key",
          "?, @FILE, generate@FILE or DHHC-1:HH:BASE64:",
          ValueTypes::dhchapKey);

  /** Any text on one line: what an attribute the table does not know is taken for. */
  public static final ValueType TEXT = free("text", "any text on one line", ValueTypes::oneLine);

  private ValueTypes() {}

  private static ValueType number(String name, long least, long most) {
    return free(name, least + " to " + most, text -> integer(text, least, most));
  }

  private static String bool(String text) throws InvalidValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "y", "yes", "on", "true" -> "1";
      case "0", "n", "no", "off", "false" -> "0";
      default -> throw new InvalidValue("is neither 0 nor 1");
    };
  }

  private static String onlyTrue(String text) throws InvalidValue {
    if (bool(text).equals("1")) {
      return "1";
    }
    throw new InvalidValue("can only be 1");
  }

  /** Decimal, 0x hexadecimal; a leading 0 is refused, since the kernel would read octal. */
  private static long parse(String text) throws InvalidValue {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
    String body = hex ? digits.substring(2) : digits;
    if (body.isEmpty()) {
      throw new InvalidValue("is not a number");
    }
    if (!hex && body.length() > 1 && body.startsWith("0")) {
      throw new InvalidValue("has a leading 0, which the kernel takes for octal");
    }
    for (int i = 0; i < body.length(); i++) {
      if (Character.digit(body.charAt(i), hex ? 16 : 10) < 0 || body.charAt(i) > 'f') {
        throw new InvalidValue("is not a number");
      }
    }
    long value;
    try {
      value = Long.parseLong(body, hex ? 16 : 10);
    } catch (NumberFormatException e) {
      throw new InvalidValue("is too large");
    }
    return negative ? -value : value;
  }

  private static String integer(String text, long least, long most) throws InvalidValue {
    long value = parse(text);
    if (value < least || value > most) {
      throw new InvalidValue("is not in " + least + " to " + most);
    }
    return Long.toString(value);
  }

  private static String hex(String text, long most, int digits) throws InvalidValue {
    long value = parse(text);
    if (value < 0 || value > most) {
      throw new InvalidValue("is not in 0 to 0x" + Long.toHexString(most));
    }
    String hex = Long.toHexString(value);
    return "0x" + "0".repeat(Math.max(0, digits - hex.length())) + hex;
  }

  private static String powerOfTwo(String text) throws InvalidValue {
    long value = parse(text);
    if (value <= 0 || value > 4294967295L || Long.bitCount(value) != 1) {
      throw new InvalidValue("is not a power of two");
    }
    return Long.toString(value);
  }

  private static String version(String text) throws InvalidValue {
    String[] parts = text.split("\\.", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new InvalidValue("is not MAJOR.MINOR");
    }
    String major = integer(parts[0], 0, 65535);
    String minor = integer(parts[1], 0, 255);
    String tertiary = parts.length == 3 ? integer(parts[2], 0, 255) : "0";
    return major + "." + minor + (tertiary.equals("0") ? "" : "." + tertiary);
  }

  /** The kernel shows serial numbers padded with blanks: trailing blanks do not count. */
  private static String ascii(String text, int most) throws InvalidValue {
    String value = text.stripTrailing();
    if (value.isEmpty()) {
      throw new InvalidValue("is empty");
    }
    if (value.length() > most) {
      throw new InvalidValue("is longer than " + most + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < 0x20 || value.charAt(i) > 0x7e) {
        throw new InvalidValue("has a character that is not printable ASCII");
      }
    }
    return value;
  }

  private static String uuid(String text) throws InvalidValue {
    if (text.length() != 36) {
      throw new InvalidValue("is not 8-4-4-4-12 hexadecimal digits");
    }
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text.charAt(i) != '-' : !isHex(text.charAt(i))) {
        throw new InvalidValue("is not 8-4-4-4-12 hexadecimal digits");
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** The kernel shows an NGUID in the form of a UUID, whatever was written. */
  private static String nguid(String text) throws InvalidValue {
    String digits = text.replace("-", "").replace(":", "").toLowerCase(Locale.ROOT);
    if (digits.length() != 32) {
      throw new InvalidValue("is not 32 hexadecimal digits");
    }
    for (int i = 0; i < 32; i++) {
      if (!isHex(digits.charAt(i))) {
        throw new InvalidValue("is not 32 hexadecimal digits");
      }
    }
    return digits.substring(0, 8)
        + "-"
        + digits.substring(8, 12)
        + "-"
        + digits.substring(12, 16)
        + "-"
        + digits.substring(16, 20)
        + "-"
        + digits.substring(20);
  }

  private static String absolutePath(String text) throws InvalidValue {
    if (!text.startsWith("/")) {
      throw new InvalidValue("is not an absolute path");
    }
    if (text.length() > 4094) {
      throw new InvalidValue("is longer than 4094 characters");
    }
    return oneLine(text);
  }

  private static String p2pmem(String text) throws InvalidValue {
    return text.indexOf(':') >= 0 ? PciAddress.canonical(text) : bool(text);
  }

  private static String word(String text, int most) throws InvalidValue {
    if (text.isEmpty()) {
      throw new InvalidValue("is empty");
    }
    if (text.length() > most) {
      throw new InvalidValue("is longer than " + most + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
        throw new InvalidValue("has a blank or control character");
      }
    }
    return text;
  }

  /** A number in decimal must be a port number; other words are left to the transport. */
  private static String service(String text) throws InvalidValue {
    word(text, 31);
    return Character.isDigit(text.charAt(0)) ? integer(text, 0, 65535) : text;
  }

  private static String dhchapKey(String text) throws InvalidValue {
    if (!text.startsWith("DHHC-1:0") || text.length() < 10 || text.charAt(9) != ':') {
      throw new InvalidValue("does not begin with DHHC-1:0N:");
    }
    if (text.charAt(8) < '0' || text.charAt(8) > '3') {
      throw new InvalidValue("has no hash id 00 to 03");
    }
    return word(text, 1024);
  }

  private static String oneLine(String text) throws InvalidValue {
    if (text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
      throw new InvalidValue("has a line break or NUL");
    }
    return text;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
