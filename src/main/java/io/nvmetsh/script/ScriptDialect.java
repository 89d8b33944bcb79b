package io.nvmetsh.script;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.RequireCommand;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.schema.Feature;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.script.Script.Step;
import io.nvmetsh.tree.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a script asks for offload, told from its words alone: in the way of one generation of
 * drivers, which the other has no file for, or by {@code offload on}, which all of them understand.
 */
public final class ScriptDialect {

  /** The verbs of offload that ask, in nobody's way in particular. */
  private static final Set<String> ASKING = Set.of("on", "setup");

  private static final List<Dialect> SPOKEN =
      List.of(Dialect.PCI_DEVICE_PATH, Dialect.ATTR_OFFLOAD);

  /**
   * A line that asks.
   *
   * @param dialect whose way it is; empty for everybody's
   */
  public record Asking(Step step, Optional<Dialect> dialect) {}

  private ScriptDialect() {}

  /** The lines that ask, in their order; those that may fail are left out. */
  public static List<Asking> of(Script script) {
    List<Asking> lines = new ArrayList<>();
    Map<String, String> parameters = parameters(script);
    for (Step step : script.steps()) {
      if (!step.mayFail()) {
        line(step, parameters).ifPresent(lines::add);
      }
    }
    return lines;
  }

  /** What the script's parameters stand for while they have no values. */
  static Map<String, String> parameters(Script script) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Step step : script.steps()) {
      String[] words = step.text().split("\\s+", 3);
      if (words.length > 1 && words[0].equals(ParamCommand.NAME)) {
        parameters.put(words[1], Placeholder.of(words[1]));
      }
    }
    return parameters;
  }

  private static Optional<Asking> line(Step step, Map<String, String> parameters) {
    CommandLine line;
    try {
      line = CommandLine.parse(step.text(), parameters);
    } catch (NvmetshException e) {
      return Optional.empty(); // what it is will be said when it is to run
    }
    if (line.command().equals("offload")) {
      boolean on = line.words().stream().findFirst().filter(ASKING::contains).isPresent();
      return on ? Optional.of(new Asking(step, Optional.empty())) : Optional.empty();
    }
    for (Dialect dialect : SPOKEN) {
      boolean required = requires(line, dialect);
      for (int i = 0; i < line.words().size(); i++) {
        if (required || isSaid(line.words(), i, dialect)) {
          return Optional.of(new Asking(step, Optional.of(dialect)));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a line relies on there being the attribute of a dialect. */
  static boolean requires(CommandLine line, Dialect dialect) {
    return line.command().equals(RequireCommand.NAME)
        && line.words().size() > 1
        && line.words().get(1).endsWith("/" + dialect.attribute());
  }

  /**
   * Whether a word sets the attribute of a dialect, also in nvmetcli's form. To clear an address
   * means the same everywhere.
   */
  static boolean isSaid(List<String> words, int index, Dialect dialect) {
    String word = words.get(index);
    int equals = word.indexOf('=');
    if (equals <= 0) {
      return false;
    }
    String key = word.substring(0, equals);
    boolean said = key.equals(dialect.attribute());
    for (String group : words.subList(0, index)) {
      said |= (group + "_" + key).equals(dialect.attribute());
    }
    return said && !word.substring(equals + 1).equals(PciAddress.CLEAR);
  }

  /**
   * Refuses what cannot be done by the driver at hand, before anything of it is.
   *
   * @throws NvmetshException naming the first line that cannot be, and what makes it another
   */
  public static void check(Script script, Context context) {
    Dialect here = Dialect.of(context.tree());
    for (Asking line : of(script)) {
      boolean common = line.dialect().isEmpty();
      // what has neither is told by what the script requires
      if (here == Dialect.NONE ? common : !common && line.dialect().get() != here) {
        throw script.at(line.step().number(), refusal(script, line, here, context)).asException();
      }
    }
  }

  private static Problem refusal(Script script, Asking line, Dialect here, Context context) {
    String kernel = context.flavor().describe();
    if (line.dialect().isEmpty()) {
      return Problem.of(
          Problem.Kind.UNSUPPORTED,
          "this line asks for offload, and this is "
              + kernel
              + ", which has neither attr_offload nor pci_device_path",
          "what it takes:  explain OFF-VER-OFED",
          "nothing was done");
    }
    Dialect spoken = line.dialect().get();
    return Problem.of(
        Problem.Kind.UNSUPPORTED,
        "this line asks for offload by "
            + spoken.attribute()
            + ", which is for "
            + spoken.releases()
            + "; this is "
            + kernel
            + ", where it "
            + here.words(),
        "make a script for any driver of it:  script translate "
            + Quoting.word(script.name())
            + " --output NEW",
        "nothing was done");
  }

  /** The same context with a kernel whose dialect the script speaks, to plan it with. */
  public static Context fitting(Script script, Context context) {
    for (Asking line : of(script)) {
      if (line.dialect().filter(spoken -> spoken != Dialect.of(context.tree())).isPresent()) {
        return context.seeing(new Snapshot(flavor(line.dialect().get())));
      } else if (line.dialect().isEmpty() && Dialect.of(context.tree()) == Dialect.NONE) {
        return context.seeing(new Snapshot(flavor(Dialect.ATTR_OFFLOAD)));
      }
    }
    return context;
  }

  /** A kernel of that dialect that has as much as one can have. */
  private static KernelFlavor flavor(Dialect dialect) {
    Set<Feature> all = Set.of(Feature.values());
    return dialect == Dialect.PCI_DEVICE_PATH
        ? KernelFlavor.vendor("4.2", "4.13", all)
        : KernelFlavor.vendor("25.10", "6.14", all);
  }
}
