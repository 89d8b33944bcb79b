package io.nvmetsh.schema;

import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * What stands on a line in the place of a key: not the key but where it comes from, since lines are
 * seen, kept and recorded. A change carries it as a {@link Placeholder} until the session, which
 * alone asks people and opens files, puts the key there.
 *
 * @param text as it was typed
 * @param file what the key is read from, or written to; empty where it is asked for
 */
public record KeySource(Kind kind, String text, String file, DhchapKey.Form form) {

  /** The ways to a key. */
  public enum Kind {
    /** {@code ?}: a person types it, without echo. */
    ASKED,
    /** {@code @FILE}: it is in a file. */
    READ,
    /** {@code generate@FILE}: it is made up, and written to a file for the host's side. */
    GENERATED
  }

  public static final String ASK = "?";
  public static final String READ = "@";
  public static final String GENERATE = "generate";

  /** What to type, for hints. */
  public static final List<String> WAYS =
      List.of(
          "?: it is asked for, without echo",
          "@FILE: it is read from a file",
          "generate@FILE: it is made up, and written to a file for the host");

  /**
   * The source that a text names; empty when it names none, and may be a key.
   *
   * @throws InvalidValue for half a source
   */
  public static Optional<KeySource> of(String text) throws InvalidValue {
    if (text.equals(ASK)) {
      return Optional.of(new KeySource(Kind.ASKED, text, "", DhchapKey.Form.PLAIN_32));
    } else if (text.startsWith(READ)) {
      return Optional.of(
          new KeySource(Kind.READ, text, file(text, READ + "FILE"), DhchapKey.Form.PLAIN_32));
    } else if (text.startsWith(GENERATE)) {
      return Optional.of(generated(text));
    }
    return Optional.empty();
  }

  private static KeySource generated(String text) throws InvalidValue {
    String file = file(text, GENERATE + "@FILE");
    String form = text.substring(GENERATE.length(), text.length() - file.length() - 1);
    if (form.isEmpty()) {
      return new KeySource(Kind.GENERATED, text, file, DhchapKey.Form.PLAIN_32);
    }
    DhchapKey.Form known =
        (form.startsWith(":")
                ? DhchapKey.Form.of(form.substring(1))
                : Optional.<DhchapKey.Form>empty())
            .orElseThrow(
                () ->
                    new InvalidValue(
                        "is no sort of key; there are generate:32, :48, :64, :sha256, :sha384 and"
                            + " :sha512, and @FILE behind it"));
    return new KeySource(Kind.GENERATED, text, file, known);
  }

  private static String file(String text, String form) throws InvalidValue {
    int at = text.indexOf('@');
    if (at < 0 || at + 1 == text.length()) {
      throw new InvalidValue("names no file for the key; write " + form);
    }
    return text.substring(at + 1);
  }

  /** What a change has for a value until the key is there. */
  public String placeholder() {
    return Placeholder.of(text);
  }

  /** The source that a change has for a value; empty when it has a key, or a parameter. */
  public static Optional<KeySource> in(String value) {
    if (!Placeholder.isIn(value)) {
      return Optional.empty();
    }
    List<Placeholder.Piece> pieces = Placeholder.pieces(value);
    try {
      return pieces.size() == 1 && pieces.get(0).isParameter()
          ? of(pieces.get(0).text())
          : Optional.empty();
    } catch (InvalidValue e) {
      return Optional.empty();
    }
  }
}
