package io.nvmetsh.command;

import io.nvmetsh.device.IpAddress;
import io.nvmetsh.schema.Nqn;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.ValueType.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code offload setup} has been told, as far as it has been.
 *
 * @param addresses one for each port; none when not said
 * @param hosts those that may connect; none of them stands for any host
 * @param service where ports that are made listen
 */
record SetupAnswers(
    Optional<String> drive,
    List<String> addresses,
    Optional<String> nqn,
    Optional<List<String>> hosts,
    Optional<String> service) {

  /** That every host may connect. */
  static final String ANY = "any";

  /**
   * @throws io.nvmetsh.schema.NvmetshException for a word that says nothing, or that says something
   *     which cannot be, whatever the machine
   */
  static SetupAnswers of(List<String> words) {
    for (String word : words) {
      int equals = word.indexOf('=');
      if (SetupKey.words().stream().noneMatch(key -> word.startsWith(key + "="))
          || equals + 1 == word.length()) {
        throw unknown(word, equals < 0 ? word : word.substring(0, equals));
      }
    }
    List<String> addresses = new ArrayList<>();
    values(words, SetupKey.ADDRESS).forEach(each -> addresses.add(address(each)));
    List<String> hosts = new ArrayList<>();
    List<String> said = values(words, SetupKey.HOSTS);
    for (String each : said) {
      if (!each.equals(ANY)) {
        hosts.add(name(SetupKey.HOSTS, each));
      } else if (said.size() > 1) {
        throw refused("hosts is any host, or some: not both", "write:  hosts=" + ANY);
      }
    }
    return new SetupAnswers(
        last(words, SetupKey.DRIVE),
        addresses.stream().distinct().toList(),
        last(words, SetupKey.NQN).map(each -> name(SetupKey.NQN, each)),
        said.isEmpty() ? Optional.empty() : Optional.of(hosts.stream().distinct().toList()),
        last(words, SetupKey.SERVICE).map(SetupAnswers::service));
  }

  private static List<String> all(List<String> words, SetupKey key) {
    List<String> values = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith(key.word(""))) {
        values.add(word.substring(key.word("").length()));
      }
    }
    return values;
  }

  private static Optional<String> last(List<String> words, SetupKey key) {
    List<String> values = all(words, key);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  private static List<String> values(List<String> words, SetupKey key) {
    List<String> values = new ArrayList<>();
    for (String list : all(words, key)) {
      for (String value : list.split(",", -1)) {
        if (!value.isBlank()) {
          values.add(value.strip());
        }
      }
    }
    return values;
  }

  private static String address(String text) {
    Optional<IpAddress> ip = IpAddress.parse(text);
    if (ip.isEmpty() && !Placeholder.isIn(text)) {
      throw refused(
          Words.quote(text) + " is no IP address", "see the addresses of this machine:  nics");
    }
    return ip.map(IpAddress::canonical).orElse(text);
  }

  private static String name(SetupKey key, String text) {
    try {
      return Placeholder.isIn(text) ? text : Nqn.canonical(text);
    } catch (InvalidValue e) {
      throw refused(
          key.word() + " " + Words.quote(text) + " " + e.getMessage(),
          "write for instance:  " + key.word("nqn.2024-01.io.example:disk1"));
    }
  }

  private static String service(String text) {
    boolean digits =
        !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean number = digits && Integer.parseInt(text) > 0 && Integer.parseInt(text) < 65536;
    if (!number && !Placeholder.isIn(text)) {
      throw refused(
          "service " + Words.quote(text) + " is no number from 1 to 65535", "write:  service=4420");
    }
    return text;
  }

  private static RuntimeException unknown(String word, String key) {
    boolean known = SetupKey.words().contains(key);
    Problem problem =
        Problem.of(
            Problem.Kind.USAGE,
            "offload setup: "
                + (known ? key + " is not said in " : "no such answer: ")
                + Words.quote(word));
    Optional<String> nearest = known ? Optional.empty() : Nearest.of(key, SetupKey.words());
    if (nearest.isPresent()) {
      problem = problem.hint("did you mean:  " + nearest.get() + "=");
    }
    return problem
        .hint("write:  offload setup drive=DEVICE address=ADDRESS nqn=NQN hosts=" + ANY)
        .asException();
  }

  static RuntimeException refused(String message, String... hints) {
    return Problem.of(Problem.Kind.INVALID, "offload setup: " + message, hints).asException();
  }
}
