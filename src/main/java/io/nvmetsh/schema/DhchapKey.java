package io.nvmetsh.schema;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Makes keys of DH-HMAC-CHAP in the form that kernels and nvme-cli read: {@code DHHC-1:HH:BASE64:},
 * where {@code HH} names the hash that both sides put the key through, and the base64 holds the key
 * and, behind it, its CRC-32, lowest byte first (NVMe base specification 2.0, 8.13.5.8).
 */
public final class DhchapKey {

  /** The sorts of keys, by the word that asks for them. */
  public enum Form {
    // spotless:off
    PLAIN_32("32",     0, 32),
    PLAIN_48("48",     0, 48),
    PLAIN_64("64",     0, 64),
    SHA_256("sha256",  1, 32),
    SHA_384("sha384",  2, 48),
    SHA_512("sha512",  3, 64);
    // spotless:on

    private final String word;
    private final int hash;
    private final int length;

    Form(String word, int hash, int length) {
      this.word = word;
      this.hash = hash;
      this.length = length;
    }

    /** How it is asked for: the length of a key that is used as it is, or the hash. */
    public String word() {
      return word;
    }

    /** What it is, in a few words. */
    public String help() {
      return length
          + " bytes, "
          + (hash == 0 ? "used as they are" : "bound to the host by " + word);
    }

    static Optional<Form> of(String word) {
      for (Form form : values()) {
        if (form.word.equals(word)) {
          return Optional.of(form);
        }
      }
      return Optional.empty();
    }
  }

  private DhchapKey() {}

  /** A key that nobody has seen yet. */
  public static String generate(Form form, SecureRandom random) {
    byte[] key = new byte[form.length];
    random.nextBytes(key);
    return text(form, key);
  }

  static String text(Form form, byte[] key) {
    CRC32 sum = new CRC32();
    sum.update(key);
    byte[] checked = new byte[key.length + 4];
    System.arraycopy(key, 0, checked, 0, key.length);
    for (int i = 0; i < 4; i++) {
      checked[key.length + i] = (byte) (sum.getValue() >> (8 * i));
    }
    return "DHHC-1:0" + form.hash + ":" + Base64.getEncoder().encodeToString(checked) + ":";
  }
}
