package io.nvmetsh.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The type of an attribute's value: how it is described, which form is canonical, what is wrong
 * with other texts, and where candidates for completion come from.
 *
 * <p>{@code canonical} serves both directions: it turns what a person typed into what is written,
 * and what the kernel shows into what is compared, so two spellings of one value are equal.
 *
 * @param name short name, for help and the reference
 * @param hint the form in a few words, e.g. {@code 1 to 65535}
 * @param words the closed list of values, empty where the value is free
 * @param form finds the canonical form, or says what is wrong
 * @param source where completion looks for candidates
 */
public record ValueType(
    String name, String hint, List<Word> words, Form form, CandidateSource source) {

  /** One value of a closed list. */
  public record Word(String text, Since since, String help) {}

  /** Finds the canonical form of a value. */
  @FunctionalInterface
  public interface Form {
    /**
     * @throws InvalidValue with what is wrong, as a clause: {@code is longer than 20 characters}
     */
    String canonical(String text) throws InvalidValue;
  }

  /** Where completion finds candidates for a free value. */
  public enum CandidateSource {
    NONE,
    BLOCK_DEVICES,
    CONTROLLERS,
    DRIVE_ADDRESSES,
    P2P_PROVIDERS,
    LOCAL_ADDRESSES,
    PORT_NUMBERS
  }

  /** A text that is no value of the type; the message is a clause about it. */
  public static final class InvalidValue extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidValue(String clause) {
      super(clause, null, false, false);
    }
  }

  static ValueType free(String name, String hint, Form form) {
    return new ValueType(name, hint, List.of(), form, CandidateSource.NONE);
  }

  static ValueType free(String name, String hint, Form form, CandidateSource source) {
    return new ValueType(name, hint, List.of(), form, source);
  }

  static ValueType oneOf(String name, Word... words) {
    List<Word> list = List.of(words);
    StringBuilder hint = new StringBuilder();
    for (Word word : list) {
      hint.append(hint.length() == 0 ? "" : ", ").append(word.text());
    }
    return new ValueType(
        name,
        hint.toString(),
        list,
        text -> {
          for (Word word : list) {
            if (word.text().equals(text)) {
              return text;
            }
          }
          throw new InvalidValue("is none of these");
        },
        CandidateSource.NONE);
  }

  public String canonical(String text) throws InvalidValue {
    return form.canonical(text);
  }

  /** Whether two texts are one value; texts that are no value are compared as they stand. */
  public boolean same(String a, String b) {
    return canonicalOrSelf(a).equals(canonicalOrSelf(b));
  }

  private String canonicalOrSelf(String text) {
    try {
      return form.canonical(text);
    } catch (InvalidValue e) {
      return text;
    }
  }

  /** The words that a kernel of this flavor knows. */
  public List<Word> words(KernelFlavor flavor) {
    List<Word> known = new ArrayList<>(words.size());
    for (Word word : words) {
      if (word.since().covers(flavor)) {
        known.add(word);
      }
    }
    return known;
  }
}
