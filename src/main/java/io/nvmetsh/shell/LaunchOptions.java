package io.nvmetsh.shell;

import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was typed behind {@code nvmetsh}, sorted but not yet looked at: options come first, the
 * first word that is none begins the command.
 *
 * @param sim the simulated kernel's profile; empty for this machine's kernel
 * @param yes whether {@code --yes} was given
 * @param yesName the name given with {@code --yes=NAME}
 * @param script the script to run; {@code -} for standard input
 * @param command the words of the one command; empty for a shell or a script
 */
record LaunchOptions(
    Optional<String> sim,
    Optional<String> simState,
    Optional<String> machine,
    boolean simHazards,
    Optional<String> simFault,
    Optional<String> root,
    Optional<String> stateDir,
    boolean readOnly,
    boolean dryRun,
    boolean json,
    boolean pager,
    boolean yes,
    Optional<String> yesName,
    Color color,
    boolean statusLine,
    boolean version,
    boolean help,
    Optional<String> script,
    List<String> parameters,
    List<String> command) {

  static final String DEFAULT_PROFILE = "ofed-4.1";

  /** In a profile's place: the kernel that the dumped machine ran. */
  static final String MACHINES_OWN = "machine";

  /** When to use colours. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  /**
   * An option as its users know it; help, manual and completion are made from these.
   *
   * @param value the name of the value, {@code [=NAME]} when it may be left out, empty for none
   */
  record Option(String name, char letter, String value, String help) {}

  static final List<Option> OPTIONS =
      List.of(
          new Option(
              "sim",
              '\0',
              "[=PROFILE]",
              "a simulated machine instead of this one: 5.10, 6.1, 6.12, 7.3, ofed-4.1 (default),"
                  + " ofed-4.6, ofed-5.0, ofed-25.10; or machine, the kernel of the dump"),
          new Option("sim-state", '\0', "FILE", "keep the simulated kernel's state in FILE"),
          new Option(
              "machine", '\0', "FILE", "the drives, adapters and modules of a dump, with --sim"),
          new Option(
              "sim-hazards",
              '\0',
              "",
              "send the simulated kernel what crashes the real one, to see what happens"),
          new Option(
              "sim-fault",
              '\0',
              "N=ERRNO",
              "let the simulated kernel refuse the Nth change, or (N=hang) never answer it"),
          new Option("root", '\0', "DIR", "another configfs mount, or a copy of one"),
          new Option(
              "state-dir",
              '\0',
              "DIR",
              "where the journal and checkpoints are kept; /var/lib/nvmetsh by default"),
          new Option("read-only", '\0', "", "refuse every change; automatic when not root"),
          new Option(
              "dry-run",
              '\0',
              "",
              "show what would be done, or where it would fail, and do nothing"),
          new Option("json", '\0', "", "one JSON document a command on standard output"),
          new Option("no-pager", '\0', "", "what is longer than the screen is shown at once"),
          new Option(
              "yes",
              '\0',
              "[=NAME]",
              "agree to disconnect hosts; with the machine's NAME, to delete everything"),
          new Option("param", '\0', "NAME=VALUE", "a parameter of the script; may be repeated"),
          new Option("color", '\0', "WHEN", "auto (default), always or never"),
          new Option(
              "status-line", '\0', "", "keep the last row of the screen for the state of things"),
          new Option("file", 'f', "FILE", "run a script; - is standard input"),
          new Option("version", 'v', "", "show the version"),
          new Option("help", 'h', "", "show this help"));

  /**
   * @throws io.nvmetsh.schema.NvmetshException for an unknown option or a missing value
   */
  static LaunchOptions parse(String... arguments) {
    return new Reader(arguments).read();
  }

  /** Goes through the words once. */
  private static final class Reader {
    private final String[] words;
    private int at;
    private Optional<String> sim = Optional.empty();
    private Optional<String> simState = Optional.empty();
    private Optional<String> machine = Optional.empty();
    private boolean simHazards;
    private Optional<String> simFault = Optional.empty();
    private Optional<String> root = Optional.empty();
    private Optional<String> stateDir = Optional.empty();
    private boolean readOnly;
    private boolean dryRun;
    private boolean json;
    private boolean noPager;
    private boolean yes;
    private Optional<String> yesName = Optional.empty();
    private Color color = Color.AUTO;
    private boolean statusLine;
    private boolean version;
    private boolean help;
    private Optional<String> script = Optional.empty();
    private final List<String> parameters = new ArrayList<>();

    Reader(String[] words) {
      this.words = words;
    }

    LaunchOptions read() {
      while (at < words.length && words[at].length() > 1 && words[at].startsWith("-")) {
        String word = words[at++];
        if (word.equals("--")) {
          break;
        }
        option(word);
      }
      List<String> command = List.of(words).subList(at, words.length);
      if (command.equals(List.of("-"))) {
        script = Optional.of("-");
        command = List.of();
      }
      if (!parameters.isEmpty() && !command.isEmpty()) {
        throw usage("--param goes with a script; a command takes its own: " + command.get(0));
      }
      if (script.isPresent() && !command.isEmpty()) {
        throw usage("a script and a command at once: " + command.get(0));
      }
      if (sim.isEmpty() && (simState.isPresent() || machine.isPresent())) {
        throw usage((machine.isPresent() ? "--machine" : "--sim-state") + " goes with --sim");
      }
      if (sim.filter(MACHINES_OWN::equals).isPresent() && machine.isEmpty()) {
        throw usage("--sim=machine is the kernel of a dump: it goes with --machine");
      }
      if (sim.isEmpty() && simFault.isPresent()) {
        throw usage("--sim-fault goes with --sim");
      }
      if (sim.isEmpty() && simHazards) {
        throw Problem.of(
                Problem.Kind.USAGE,
                "--sim-hazards goes with --sim: what crashes a kernel is never sent to a real one",
                "see what it does to a simulated one:  nvmetsh --sim=6.1 --sim-hazards")
            .asException();
      }
      if (sim.isPresent() && root.isPresent()) {
        throw usage("--root and --sim exclude each other");
      }
      return new LaunchOptions(
          sim,
          simState,
          machine,
          simHazards,
          simFault,
          root,
          stateDir,
          readOnly,
          dryRun,
          json,
          !noPager,
          yes,
          yesName,
          color,
          statusLine,
          version,
          help,
          script,
          List.copyOf(parameters),
          List.copyOf(command));
    }

    private void option(String word) {
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      Optional<String> attached =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      switch (name) {
        case "--sim" -> sim = Optional.of(attached.orElse(DEFAULT_PROFILE));
        case "--sim-state" -> simState = Optional.of(value(name, attached));
        case "--machine" -> machine = Optional.of(value(name, attached));
        case "--sim-hazards" -> simHazards = toggle(name, attached);
        case "--sim-fault" -> simFault = Optional.of(value(name, attached));
        case "--root" -> root = Optional.of(value(name, attached));
        case "--state-dir" -> stateDir = Optional.of(value(name, attached));
        case "--read-only" -> readOnly = toggle(name, attached);
        case "--dry-run" -> dryRun = toggle(name, attached);
        case "--json" -> json = toggle(name, attached);
        case "--no-pager" -> noPager = toggle(name, attached);
        case "--yes" -> {
          yes = true;
          yesName = attached;
        }
        case "--param" -> parameters.add(parameter(value(name, attached)));
        case "--color" -> color = color(value(name, attached));
        case "--status-line" -> statusLine = toggle(name, attached);
        case "-f", "--file" -> script = Optional.of(value(name, attached));
        case "-v", "--version" -> version = toggle(name, attached);
        case "-h", "--help" -> help = toggle(name, attached);
        default -> throw usage("no option is called " + name);
      }
    }

    private String value(String name, Optional<String> attached) {
      if (attached.isPresent()) {
        return attached.get();
      }
      if (at == words.length) {
        throw usage(name + " needs a value");
      }
      return words[at++];
    }

    private static String parameter(String text) {
      if (text.indexOf('=') <= 0) {
        throw usage("--param is NAME=VALUE, not " + text);
      }
      return text;
    }

    private static boolean toggle(String name, Optional<String> attached) {
      if (attached.isPresent()) {
        throw usage(name + " takes no value");
      }
      return true;
    }

    private static Color color(String text) {
      return switch (text) {
        case "auto" -> Color.AUTO;
        case "always" -> Color.ALWAYS;
        case "never" -> Color.NEVER;
        default -> throw usage("--color is auto, always or never, not " + text);
      };
    }

    private static RuntimeException usage(String message) {
      return Problem.of(Problem.Kind.USAGE, message, "all options:  nvmetsh --help").asException();
    }
  }
}
