package io.nvmetsh.command;

import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roster of commands, in help order. */
public final class Commands {

  private final List<Command> all;
  private final Map<String, Command> byWord = new HashMap<>();

  private Commands(List<Command> all) {
    this.all = all;
    for (Command command : all) {
      byWord.put(command.spec().name(), command);
      for (String alias : command.spec().aliases()) {
        byWord.put(alias, command);
      }
    }
  }

  /** Every command there is. */
  public static Commands roster() {
    return new Commands(
        List.of(
            new CdCommand(),
            new PwdCommand(),
            new LsCommand(),
            new TreeCommand(),
            new TopologyCommand(),
            new FindCommand(),
            new GetCommand(),
            new SetCommand(),
            new UnsetCommand(),
            new EditCommand(),
            new CreateCommand(),
            new CopyCommand(),
            new RenameCommand(),
            new DeleteCommand(),
            new SwitchCommand(true),
            new SwitchCommand(false),
            new ActivationCommand(true),
            new ActivationCommand(false),
            new LinkCommand(),
            new UnlinkCommand(),
            new DevicesCommand(),
            new NicsCommand(),
            new ModulesCommand(),
            new MachineCommand(),
            new OffloadCommand(),
            new WatchCommand(),
            new CheckCommand(),
            new PlanMemoryCommand(),
            new DoctorCommand(),
            new SaveCommand(),
            new LoadCommand(),
            new BootRestoreCommand(),
            new DiffCommand(),
            new PlanCommand(),
            new ApplyCommand(),
            new ClearCommand(),
            new CheckpointCommand(),
            new RollbackCommand(),
            new UndoCommand(),
            new ConfirmCommand(),
            new FailedCommand(),
            new RecoverCommand(),
            new RecordCommand(),
            new ReplayCommand(),
            new ScriptCommand(),
            new ParamCommand(),
            new RequireCommand(),
            new HistoryCommand(),
            new ConnectCmdCommand(),
            new ExplainCommand(),
            new WhyCommand(),
            new HelpCommand(),
            new ExitCommand()));
  }

  public List<Command> all() {
    return all;
  }

  /** The command of this very name or alias. */
  public Optional<Command> find(String word) {
    return Optional.ofNullable(byWord.get(word));
  }

  /**
   * The command of this name or alias.
   *
   * @throws io.nvmetsh.schema.NvmetshException naming the nearest one
   */
  public Command named(String word) {
    return find(word).orElseThrow(() -> unknown(word));
  }

  /**
   * The command that a person typed: full word, or the one command that begins so.
   *
   * @throws io.nvmetsh.schema.NvmetshException listing the choices when there are several
   */
  public Command typed(String word) {
    return meant(word).orElseThrow(() -> unclear(word));
  }

  /**
   * The command of a line.
   *
   * @param abbreviations whether its beginning is enough
   * @throws io.nvmetsh.schema.NvmetshException naming what may be meant
   */
  public Command of(CommandLine line, boolean abbreviations) {
    String word = line.command();
    Optional<Command> command = abbreviations ? meant(word) : find(word);
    Optional<String> apart = command.isPresent() ? Optional.empty() : apart(line);
    if (apart.isPresent()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              "no command is called " + word,
              "the path is a word of its own:  " + apart.get())
          .asException();
    }
    return abbreviations ? typed(word) : named(word);
  }

  /** {@code /ports/create 1}, and what was meant by it. */
  private Optional<String> apart(CommandLine line) {
    String place = line.place().orElse("");
    int slash = place.lastIndexOf('/');
    String last = place.substring(slash + 1);
    List<String> words = new ArrayList<>(List.of(line.command()));
    words.addAll(line.words());
    return find(last).isEmpty()
        ? Optional.empty()
        : Optional.of(
            Words.quote(slash == 0 ? "/" : place.substring(0, Math.max(slash, 0)))
                + " "
                + last
                + " "
                + Words.line(words));
  }

  /** The command that a person means who types this; empty when that can be several or none. */
  Optional<Command> meant(String word) {
    Optional<Command> exact = find(word);
    List<Command> beginning = exact.isPresent() ? List.of() : beginning(word);
    return beginning.size() == 1 ? Optional.of(beginning.get(0)) : exact;
  }

  private List<Command> beginning(String word) {
    List<Command> commands = new ArrayList<>();
    for (Command command : all) {
      if (!word.isEmpty() && command.spec().name().startsWith(word)) {
        commands.add(command);
      }
    }
    return commands;
  }

  private RuntimeException unclear(String word) {
    List<String> names = new ArrayList<>();
    for (Command command : beginning(word)) {
      names.add(command.spec().name());
    }
    return names.isEmpty()
        ? unknown(word)
        : Problem.of(
                Problem.Kind.USAGE,
                word + " can be " + String.join(", ", names),
                "type one more letter")
            .asException();
  }

  private RuntimeException unknown(String word) {
    Problem problem = Problem.of(Problem.Kind.USAGE, "no command is called " + word);
    Optional<String> nearest = Nearest.of(word, byWord.keySet());
    if (nearest.isPresent()) {
      problem = problem.hint("did you mean:  " + nearest.get());
    }
    return problem.hint("all commands:  help").asException();
  }
}
