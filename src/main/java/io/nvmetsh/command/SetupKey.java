package io.nvmetsh.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code offload setup} can be told. Lists have commas, or the key is said again. */
enum SetupKey {
  DRIVE("drive to export, the whole of it", "the block device of a whole drive"),
  ADDRESS("RDMA address to listen on, or two with a comma", "where to listen; two are two paths"),
  NQN("name of the subsystem, its NQN", "the subsystem's name"),
  HOSTS("NQNs of hosts that may connect, or any", "who may connect: any, or NQNs with commas"),
  SERVICE("number that ports listen on", "the ports' addr_trsvcid, 4420 if it is not said");

  private final String question;
  private final String help;

  SetupKey(String question, String help) {
    this.question = question;
    this.help = help;
  }

  /** As it is asked. */
  String question() {
    return question;
  }

  /** What stands beside it in a list. */
  String help() {
    return help;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As it stands in a line. */
  String word(String answer) {
    return word() + "=" + answer;
  }

  /** All of them. */
  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (SetupKey key : values()) {
      words.add(key.word());
    }
    return words;
  }
}
