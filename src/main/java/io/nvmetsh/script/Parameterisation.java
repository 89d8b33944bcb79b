package io.nvmetsh.script;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.RequireCommand;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.command.Tokenizer;
import io.nvmetsh.command.Tokenizer.Word;
import io.nvmetsh.command.Words;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts parameters in the place of values, line by line: where a value is a whole word, the whole
 * value of an attribute, or a name in a path. What the script says of a device beside its name
 * holds no longer once the name is a parameter, so it goes: the serial number that is required, and
 * the PCI address, which is found again from the device.
 */
public final class Parameterisation {

  private static final String PCI = "pci_device_path";

  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> declared = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private boolean addressDropped;

  /**
   * @param values of the parameters, by their names
   * @throws io.nvmetsh.schema.NvmetshException for a name that is none, or a value that cannot
   *     stand in a file
   */
  public Parameterisation(Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          ParamCommand.checkName(name);
          if (value.isEmpty() || value.equals(ParamCommand.SECRET)) {
            throw refusal(name, "needs a value to put it in the place of", name + "=/dev/nvme0n1");
          } else if (!new SecretMask().message(value).equals(value)) {
            throw Problem.of(
                    Problem.Kind.INVALID,
                    "param " + name + ": a key is never written down",
                    "leave it out: keys become parameters by themselves")
                .asException();
          } else if (names.containsKey(value)) {
            throw refusal(name, "has the value that " + names.get(value) + " has", name + "=OTHER");
          }
          names.put(value, name);
        });
  }

  private static RuntimeException refusal(String name, String clause, String example) {
    return Problem.of(
            Problem.Kind.INVALID,
            "param " + name + " " + clause,
            "write for instance:  --param " + example)
        .asException();
  }

  /** The lines that declare the parameters. */
  public List<String> declarations() {
    List<String> lines = new ArrayList<>();
    names.forEach(
        (value, name) -> lines.add(ParamCommand.NAME + " " + name + " " + Words.quote(value)));
    return lines;
  }

  /** The parameters that have not stood for anything so far. */
  public List<String> unused() {
    List<String> unused = new ArrayList<>(names.values());
    unused.removeAll(used);
    return unused;
  }

  /** A line to run, as it stands in a file; the comment behind it may go with what it is about. */
  public String line(String text) {
    addressDropped = false;
    if (names.isEmpty()) {
      return text;
    }
    Map<String, String> references = new LinkedHashMap<>();
    declared.keySet().forEach(name -> references.put(name, Placeholder.of(name)));
    List<Word> words = Tokenizer.tokenize(text, references).words();
    List<String> plain = words.stream().map(Word::text).toList();
    CommandLine line = CommandLine.of(plain);
    if (line.command().equals(ParamCommand.NAME)) {
      line.words().stream().findFirst().ifPresent(name -> declared.put(name, name));
      return text;
    }
    List<String> replaced = new ArrayList<>();
    int command = line.place().isPresent() ? 1 : 0;
    for (int i = 0; i < plain.size(); i++) {
      replaced.add(
          i == command && !line.command().equals("cd") ? plain.get(i) : word(plain.get(i)));
    }
    return replaced.equals(plain) ? text : written(text, words, replaced, line.command());
  }

  private String written(String text, List<Word> words, List<String> replaced, String command) {
    boolean device =
        replaced.stream().anyMatch(word -> word.startsWith("device_path=") && isParameter(word));
    boolean required = command.equals(RequireCommand.NAME) && isParameter(replaced.get(2));
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean address = device && replaced.get(i).startsWith(PCI + "=") && isAddress(replaced, i);
      boolean dropped = address || (required && i > 2);
      addressDropped |= address;
      if (!dropped) {
        boolean same = replaced.get(i).equals(word.text());
        result.append(text, at, word.start());
        result.append(
            same ? text.substring(word.start(), word.end()) : Words.quote(replaced.get(i)));
      }
      at = word.end();
    }
    return device ? result.toString() : result.append(text, at, text.length()).toString();
  }

  private static boolean isParameter(String word) {
    return Placeholder.isIn(word);
  }

  private static boolean isAddress(List<String> words, int index) {
    String value = words.get(index).substring(PCI.length() + 1);
    return !value.equals(PciAddress.CLEAR) && !isParameter(value);
  }

  /** What stands behind {@code #=}; empty when it is about something that has gone. */
  public Optional<String> value(String text) {
    if (names.isEmpty()) {
      return Optional.of(text);
    }
    Map<String, String> references = new LinkedHashMap<>();
    declared.keySet().forEach(name -> references.put(name, Placeholder.of(name)));
    List<String> words =
        Tokenizer.tokenize(text, references).words().stream().map(Word::text).toList();
    if (words.size() != 2) {
      return Optional.of(text);
    }
    if (addressDropped && words.get(0).endsWith("/" + PCI)) {
      return Optional.empty();
    }
    return Optional.of(Words.line(List.of(word(words.get(0)), word(words.get(1)))));
  }

  private String word(String word) {
    int equals = word.indexOf('=');
    String key = word.substring(0, Math.max(0, equals));
    if (names.containsKey(word)) {
      return parameter(word);
    } else if (Placeholder.isName(key.replaceFirst("^--?", ""))) {
      String value = word.substring(equals + 1);
      return names.containsKey(value) ? key + "=" + parameter(value) : word;
    }
    return word.indexOf('/') < 0 ? word : path(word);
  }

  private String path(String path) {
    StringBuilder result = new StringBuilder();
    for (String name : path.split("/", -1)) {
      result.append(names.containsKey(name) ? parameter(name) : name).append('/');
    }
    return result.substring(0, result.length() - 1);
  }

  private String parameter(String value) {
    String name = names.getOrDefault(value, value);
    used.add(name);
    return Placeholder.of(name);
  }
}
