package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words behind a command, sorted into options and positional arguments by its spec. */
public final class Arguments {

  private final Map<String, List<String>> options;
  private final List<String> positional;

  private Arguments(Map<String, List<String>> options, List<String> positional) {
    this.options = options;
    this.positional = positional;
  }

  /**
   * Options may stand anywhere; {@code --} ends them; {@code -la} bundles switches; {@code
   * --name=value} and {@code --name value} are the same.
   *
   * @throws io.nvmetsh.schema.NvmetshException for an unknown option, a missing value, too many or
   *     too few arguments
   */
  public static Arguments bind(CommandSpec spec, List<String> words) {
    Binder binder = new Binder(spec, false);
    words.forEach(binder::add);
    if (binder.awaiting != null) {
      throw usage(
          spec,
          spec.name() + ": --" + binder.awaiting.name() + " needs " + binder.awaiting.value());
    }
    Arguments bound = new Arguments(binder.options, binder.positional);
    if (!bound.has("help")) {
      bound.count(spec);
    }
    return bound;
  }

  /**
   * What stands before the cursor, as far as it can be understood.
   *
   * @param awaiting the option whose value stands at the cursor, if any
   * @param open whether an option may stand at the cursor
   */
  record Unfinished(Arguments bound, Optional<Option> awaiting, boolean open) {}

  /** Binds the words before the cursor. Nothing is wrong with them, and none is missing. */
  static Unfinished unfinished(CommandSpec spec, List<String> words) {
    Binder binder = new Binder(spec, true);
    words.forEach(binder::add);
    return new Unfinished(
        new Arguments(binder.options, binder.positional),
        Optional.ofNullable(binder.awaiting),
        binder.open);
  }

  /** Takes word after word. */
  private static final class Binder {
    private final CommandSpec spec;
    private final boolean unfinished;
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> positional = new ArrayList<>();
    private boolean open = true;
    private @Nullable Option awaiting;

    Binder(CommandSpec spec, boolean unfinished) {
      this.spec = spec;
      this.unfinished = unfinished;
    }

    void add(String word) {
      if (awaiting != null) {
        value(awaiting, word);
        awaiting = null;
      } else if (open && word.equals("--")) {
        open = false;
      } else if (open && word.startsWith("--")) {
        named(word);
      } else if (open && isBundle(word)) {
        lettered(word);
      } else {
        positional.add(word);
        open &=
            spec.argument(positional.size() - 1).filter(each -> each.kind() == Kind.LINE).isEmpty();
      }
    }

    private void named(String word) {
      int equals = word.indexOf('=');
      String name = word.substring(2, equals < 0 ? word.length() : equals);
      Optional<Option> option = spec.option(name);
      if (option.isEmpty()) {
        refuse("no option is called --" + name);
      } else if (equals < 0) {
        start(option.get());
      } else if (option.get().isSwitch()) {
        refuse("--" + name + " takes no value");
      } else {
        value(option.get(), word.substring(equals + 1));
      }
    }

    /** {@code -} and {@code -1} are words, not options, unless the command has such a letter. */
    private boolean isBundle(String word) {
      return word.length() > 1
          && word.charAt(0) == '-'
          && (!Character.isDigit(word.charAt(1)) || spec.option(word.charAt(1)).isPresent());
    }

    private void lettered(String word) {
      for (int i = 1; i < word.length(); i++) {
        Optional<Option> option = spec.option(word.charAt(i));
        if (option.isEmpty()) {
          refuse("no option -" + word.charAt(i) + " (in " + word + ")");
        } else if (option.get().isSwitch() || i + 1 == word.length()) {
          start(option.get());
        } else {
          value(option.get(), word.substring(i + 1));
          return;
        }
      }
    }

    private void start(Option option) {
      if (option.isSwitch()) {
        value(option, "");
      } else {
        awaiting = option;
      }
    }

    private void value(Option option, String value) {
      options.computeIfAbsent(option.name(), name -> new ArrayList<>()).add(value);
    }

    private void refuse(String message) {
      if (!unfinished) {
        throw usage(spec, spec.name() + ": " + message);
      }
    }
  }

  private void count(CommandSpec spec) {
    int least = 0;
    boolean unbounded = false;
    for (CommandSpec.Argument argument : spec.arguments()) {
      least += argument.required() ? 1 : 0;
      unbounded |= argument.repeated();
    }
    if (positional.size() < least) {
      String missing = spec.arguments().get(positional.size()).name();
      throw usage(spec, spec.name() + ": " + missing + " is missing");
    }
    if (!unbounded && positional.size() > spec.arguments().size()) {
      throw usage(
          spec, spec.name() + ": one word too many: " + positional.get(spec.arguments().size()));
    }
    for (int i = 0; i < Math.min(positional.size(), spec.arguments().size()); i++) {
      CommandSpec.Argument argument = spec.arguments().get(i);
      if (!argument.takes(positional.get(i))) {
        throw usage(
            spec, spec.name() + ": " + positional.get(i) + " is none of: " + argument.words(", "));
      }
    }
  }

  private static RuntimeException usage(CommandSpec spec, String message) {
    return Problem.of(
            Problem.Kind.USAGE,
            message,
            "usage:  " + spec.usage(),
            "more:  "
                + (spec.group() == CommandSpec.Group.FILTERS
                    ? "ls | " + spec.name() + " --help"
                    : "help " + spec.name()))
        .asException();
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** The value of an option, the last one where it was given twice. */
  public Optional<String> option(String name) {
    List<String> values = options.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** Every value of an option. */
  public List<String> options(String name) {
    return options.getOrDefault(name, List.of());
  }

  public List<String> words() {
    return positional;
  }

  public Optional<String> word(int index) {
    return index < positional.size() ? Optional.of(positional.get(index)) : Optional.empty();
  }

  /** A required argument: its presence has been checked. */
  public String required(int index) {
    return positional.get(index);
  }
}
