package io.nvmetsh.command;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.ValueType;
import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a typed line, or a message about one, fit to be kept: values of secret attributes become
 * {@code ***}. It asks the schema which attributes and which types are secret, so a new sort of key
 * is masked once it has a row. It works on the text itself, since a line that cannot be parsed, or
 * that misspells the attribute, holds the secret all the same.
 */
public final class SecretMask {

  private static final String MASK = "***";

  /** No type of key takes more characters; of a pasted megabyte the end will do. */
  private static final int LONGEST_KEY = 1024;

  private final Set<String> harmless = new HashSet<>();
  private final List<String> secret = new ArrayList<>();

  /** By identity: the first comparison of two records by their content takes 15 ms. */
  private final Set<ValueType> types = Collections.newSetFromMap(new IdentityHashMap<>());

  public SecretMask() {
    for (Attribute row : NvmetSchema.all()) {
      if (row.isSecret()) {
        secret.add(row.name());
        // nvmetcli's form: the group is a word of its own
        secret.add(row.name().substring(row.name().indexOf('_') + 1));
        if (!accepts(row.type(), "x")) {
          types.add(row.type());
        }
      } else {
        harmless.add(row.name());
      }
    }
  }

  /** A typed line; what stands behind the name of a secret attribute is its value. */
  public String line(String typed) {
    return mask(typed, true);
  }

  /** A message, which may name a secret attribute and go on. */
  public String message(String text) {
    return mask(text, false);
  }

  /** A problem that may quote what was typed in the wrong place. What only looks for one stays. */
  public Problem problem(Problem problem) {
    List<Problem.Detail> about = new ArrayList<>();
    for (Problem.Detail detail : problem.about()) {
      about.add(new Problem.Detail(detail.key(), values(detail.value())));
    }
    List<String> hints = new ArrayList<>();
    problem.hints().forEach(hint -> hints.add(values(hint)));
    return new Problem(problem.kind(), values(problem.message()), hints, about);
  }

  /** A text without what is of a secret type, whatever stands before it. */
  public String values(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = isBlank(text.charAt(at)) ? at + 1 : endOfWord(text, at);
      masked.append(withoutSecretValues(text.substring(at, end)));
      at = end;
    }
    return masked.toString();
  }

  private String mask(String text, boolean valuesFollow) {
    StringBuilder masked = new StringBuilder(text.length());
    int at = 0;
    boolean secretFollows = false;
    while (at < text.length()) {
      if (isBlank(text.charAt(at))) {
        masked.append(text.charAt(at++));
        continue;
      }
      int end = endOfWord(text, at);
      String word = text.substring(at, end);
      int equals = word.indexOf('=');
      if (secretFollows && !unquoted(word).equals("=")) {
        masked.append(isReference(word) ? word : MASK);
        secretFollows = false;
      } else if (equals >= 0 && (secretFollows || isSecret(unquoted(word.substring(0, equals))))) {
        String value = word.substring(equals + 1);
        masked.append(word, 0, equals + 1);
        masked.append(value.isEmpty() || isReference(value) ? value : MASK);
        secretFollows = valuesFollow && value.isEmpty();
      } else {
        masked.append(withoutSecretValues(word));
        secretFollows = valuesFollow && isSecret(unquoted(word));
      }
      at = end;
    }
    return masked.toString();
  }

  /** Whether a word is, holds or nearly is the name of a secret attribute. */
  private boolean isSecret(String name) {
    if (harmless.contains(name)) {
      return false;
    }
    for (String each : secret) {
      if (name.equals(each) || (each.indexOf('_') > 0 && name.contains(each))) {
        return true;
      }
    }
    Optional<String> nearest = Nearest.of(name, secret);
    return nearest.isPresent() && nearest.get().length() > 4;
  }

  /**
   * Whether one of the words of a line, whose quotes are gone already, is or assigns a secret: what
   * a program must not be started with, since everybody sees it there.
   */
  public boolean isIn(List<String> words) {
    String before = "";
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        String name = word.substring(0, equals);
        String value = word.substring(equals + 1);
        boolean named = isSecret(before + name) || (name.indexOf('_') > 0 && isSecret(name));
        if (named
            && !value.isBlank()
            && !value.startsWith(KeySource.GENERATE)
            && !isReference(value)) {
          return true;
        }
      }
      if (!withoutSecretValues(word).equals(word)) {
        return true;
      }
      // nvmetcli's form: the group is a word of its own
      before = equals < 0 ? word + "_" : "";
    }
    return false;
  }

  /** A reference to a parameter or a file is no secret but says where one is. */
  private static boolean isReference(String word) {
    try {
      if (KeySource.of(unquoted(word)).isPresent()) {
        return true;
      }
    } catch (InvalidValue e) {
      // half a source may be anything
    }
    String name = word.startsWith("\"") && word.endsWith("\"") ? unquoted(word) : word;
    if (name.startsWith("${") && name.endsWith("}")) {
      return Placeholder.isName(name.substring(2, name.length() - 1));
    }
    return name.startsWith("$") && Placeholder.isName(name.substring(1));
  }

  /** The word cut off where a value of a secret type begins. */
  private String withoutSecretValues(String word) {
    String text = unquoted(word);
    for (int i = Math.max(0, text.length() - LONGEST_KEY); i < text.length(); i++) {
      // a value begins where a word does: at the beginning, or behind = ( : and the like
      if (i > 0 && Character.isLetterOrDigit(text.charAt(i - 1))) {
        continue;
      }
      for (ValueType type : types) {
        if (accepts(type, text.substring(i))) {
          return text.substring(0, i) + MASK;
        }
      }
    }
    return word;
  }

  private static boolean accepts(ValueType type, String text) {
    try {
      type.canonical(text);
      return true;
    } catch (InvalidValue e) {
      return false;
    }
  }

  /** Behind the word that begins at {@code at}; a quote that is not closed ends with the text. */
  private static int endOfWord(String text, int at) {
    char quote = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = Tokenizer.plain(c) == quote ? 0 : quote;
      } else if (Tokenizer.plain(c) == '"' || Tokenizer.plain(c) == '\'') {
        quote = Tokenizer.plain(c);
      } else if (isBlank(c)) {
        return at;
      }
      at++;
    }
    return at;
  }

  private static String unquoted(String word) {
    StringBuilder text = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = Tokenizer.plain(word.charAt(i));
      if (c != '"' && c != '\'' && c != '\\') {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u00a0';
  }
}
