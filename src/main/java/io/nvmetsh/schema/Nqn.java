package io.nvmetsh.schema;

import io.nvmetsh.schema.ValueType.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * NVMe qualified names. The kernel accepts any directory name of 1 to 255 bytes and cuts what goes
 * over the wire at 223 ({@code NVMF_NQN_SIZE}), so the length is an error. A name that begins like
 * an NQN must have its form (NVMe Base Specification 2.0, section 4.5); any other name, such as the
 * {@code testsubsystem} of vendor pages, is what the administrator wants it to be.
 */
public final class Nqn {

  /** The well-known name of the discovery subsystem. */
  public static final String DISCOVERY = "nqn.2014-08.org.nvmexpress.discovery";

  private static final int MOST_BYTES = 223;
  private static final String UUID_PREFIX = "nqn.2014-08.org.nvmexpress:uuid:";

  private Nqn() {}

  /**
   * @throws InvalidValue when it is not usable, or looks like an NQN and is not one
   */
  public static String canonical(String text) throws InvalidValue {
    usable(text);
    if (text.toLowerCase(Locale.ROOT).startsWith("nqn.")) {
      checkForm(text);
    }
    return text;
  }

  /**
   * What holds for any name, also for one that an administrator insists on.
   *
   * @throws InvalidValue when the kernel would cut it, or it cannot be a directory's name
   */
  public static void usable(String text) throws InvalidValue {
    if (text.isEmpty()) {
      throw new InvalidValue("is empty");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw new InvalidValue(
          "has " + bytes + " bytes; an NQN has at most " + MOST_BYTES + ", the rest is cut off");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f || text.charAt(i) == '/') {
        throw new InvalidValue("has a character that no name may have");
      }
    }
  }

  private static void checkForm(String text) throws InvalidValue {
    if (text.startsWith(UUID_PREFIX)) {
      ValueTypes.UUID.canonical(text.substring(UUID_PREFIX.length()));
      return;
    }
    // nqn.YYYY-MM.domain[:name]
    boolean dated = text.startsWith("nqn.") && text.length() > 12 && text.charAt(11) == '.';
    for (int i = 4; dated && i < 11; i++) {
      dated = i == 8 ? text.charAt(i) == '-' : Character.isDigit(text.charAt(i));
    }
    if (!dated) {
      throw new InvalidValue("begins like an NQN but not with nqn.YYYY-MM.");
    }
    int month = Integer.parseInt(text.substring(9, 11));
    if (month < 1 || month > 12) {
      throw new InvalidValue("has no month 01 to 12 in its date");
    }
    int colon = text.indexOf(':');
    String domain = text.substring(12, colon < 0 ? text.length() : colon);
    if (domain.isEmpty() || domain.indexOf(' ') >= 0) {
      throw new InvalidValue("has no reversed domain after its date");
    }
  }
}
