package io.nvmetsh.command;

import java.util.List;
import java.util.Optional;

/**
 * A command as its users know it. Parser, help, completion and the reference are all derived from
 * this record.
 *
 * @param name the full word
 * @param aliases other words for it, those of nvmetcli and of the file system among them
 * @param summary one line, lower-case, no final dot
 * @param help what the arguments mean and what it does, in a few sentences
 * @param examples lines that run on the simulator
 */
public record CommandSpec(
    String name,
    List<String> aliases,
    Group group,
    String summary,
    List<Argument> arguments,
    List<Option> options,
    String help,
    List<String> examples) {

  /** The families of commands, in help order. */
  public enum Group {
    MOVE("move and look"),
    CHANGE("change"),
    MACHINE("machine"),
    OFFLOAD("offload"),
    CONFIGURATION("configuration files"),
    SESSIONS("sessions and scripts"),
    CLIENTS("clients"),
    SHELL("shell"),
    /** No commands: what stands behind a {@code |}. */
    FILTERS("filters behind a |");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** What completion offers, and what the word stands for. */
  public enum Kind {
    /** A directory of the tree. */
    NODE,
    /** A directory that can be made: the parent is completed, the next free id offered. */
    NEW_NODE,
    /** A directory or attribute. */
    ENTRY,
    /** A directory that somebody made, or a link: what can be taken away. */
    REMOVABLE,
    /** A directory with an {@code enable} switch. */
    SWITCHED,
    /** A port or subsystem: what takes links. */
    HOLDER,
    /** A link that exists. */
    LINK,
    /** What can be linked here. */
    LINK_TARGET,
    /** {@code attribute=value}; in the first place also a directory. */
    ASSIGNMENT,
    /** The NQN of a host. */
    HOST,
    /** A command. */
    COMMAND,
    /** The words of a line that another command is in; options among them are that command's. */
    LINE,
    /** A file outside the target. */
    FILE,
    /** A file outside the target; those that look like scripts of this shell come first. */
    SCRIPT,
    /** One of a closed list: {@code Argument.choices}. */
    CHOICE,
    /** Something the command completes itself, or nothing. */
    WORD
  }

  /** One word of a closed list, and what it stands for. */
  public record Choice(String word, String help) {}

  /**
   * A positional argument.
   *
   * @param repeated whether it takes all words that follow
   * @param choices the words of a {@link Kind#CHOICE}
   */
  public record Argument(
      String name, Kind kind, boolean required, boolean repeated, List<Choice> choices) {
    public static Argument optional(String name, Kind kind) {
      return new Argument(name, kind, false, false, List.of());
    }

    public static Argument required(String name, Kind kind) {
      return new Argument(name, kind, true, false, List.of());
    }

    public static Argument many(String name, Kind kind) {
      return new Argument(name, kind, false, true, List.of());
    }

    public static Argument choice(String name, boolean required, Choice... choices) {
      return new Argument(name, Kind.CHOICE, required, false, List.of(choices));
    }

    /** How it is shown in a usage line: {@code PATH}, {@code [FILE]}, {@code [on|off]}. */
    String usage() {
      String word = (kind == Kind.CHOICE ? words("|") : name) + (repeated ? "..." : "");
      return required ? word : "[" + word + "]";
    }

    /** The words of a closed list, in one text. */
    String words(String between) {
      StringBuilder words = new StringBuilder();
      for (Choice choice : choices) {
        words.append(words.length() == 0 ? "" : between).append(choice.word());
      }
      return words.toString();
    }

    /** Whether a word can stand here as far as its spec knows. */
    boolean takes(String word) {
      for (Choice choice : choices) {
        if (choice.word().equals(word)) {
          return true;
        }
      }
      return kind != Kind.CHOICE;
    }
  }

  /**
   * An option.
   *
   * @param letter the short form, or 0
   * @param value the name of its value, empty for a switch
   * @param kind what its value is
   */
  public record Option(String name, char letter, String value, Kind kind, String help) {
    public static Option toggle(String name, char letter, String help) {
      return new Option(name, letter, "", Kind.WORD, help);
    }

    public static Option valued(String name, char letter, String value, Kind kind, String help) {
      return new Option(name, letter, value, kind, help);
    }

    public boolean isSwitch() {
      return value.isEmpty();
    }
  }

  /** Switches that every command takes. */
  public static final List<Option> COMMON =
      List.of(
          Option.toggle("json", '\0', "one JSON document instead of text"),
          Option.toggle(
              "dry-run", '\0', "show what would be done, or where it would fail, and do nothing"),
          Option.toggle("yes", '\0', "do it although hosts are disconnected"),
          Option.toggle("help", 'h', "show the help of the command"));

  private static final List<Option> HELP = COMMON.subList(COMMON.size() - 1, COMMON.size());

  /** The options that it takes besides its own; a filter belongs to a command, which has them. */
  public List<Option> common() {
    return group == Group.FILTERS ? HELP : COMMON;
  }

  /** The option of this name, those of every command included. */
  public Optional<Option> option(String name) {
    for (List<Option> each : List.of(options, common())) {
      for (Option option : each) {
        if (option.name().equals(name)) {
          return Optional.of(option);
        }
      }
    }
    return Optional.empty();
  }

  /** The option of this letter, those of every command included. */
  public Optional<Option> option(char letter) {
    for (List<Option> each : List.of(options, common())) {
      for (Option option : each) {
        if (option.letter() == letter && letter != 0) {
          return Optional.of(option);
        }
      }
    }
    return Optional.empty();
  }

  /** The argument that stands at a position; empty when the command takes fewer. */
  public Optional<Argument> argument(int index) {
    int last = arguments.size() - 1;
    if (index <= last) {
      return Optional.of(arguments.get(index));
    }
    return last >= 0 && arguments.get(last).repeated()
        ? Optional.of(arguments.get(last))
        : Optional.empty();
  }

  /** How it is called: {@code delete [-r] PATH}. */
  public String usage() {
    StringBuilder usage = new StringBuilder(group == Group.FILTERS ? "... | " : "").append(name);
    for (Option option : options) {
      usage
          .append(" [")
          .append(option.letter() == 0 ? "--" + option.name() : "-" + option.letter());
      usage.append(option.isSwitch() ? "]" : " " + option.value() + "]");
    }
    for (Argument argument : arguments) {
      usage.append(' ').append(argument.usage());
    }
    return usage.toString();
  }
}
