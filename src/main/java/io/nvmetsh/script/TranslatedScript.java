package io.nvmetsh.script;

import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Context;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.Tokenizer;
import io.nvmetsh.command.Tokenizer.Word;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.offload.Dialect;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.script.Script.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A script that asks for offload in the way of one generation of drivers, with {@code offload on}
 * and {@code offload off} instead, so that every driver can do it. All else is kept as it is.
 */
public final class TranslatedScript implements ScriptText.Rewriting {

  private final Dialect dialect;
  private final ScriptPlan plan;
  private final Map<String, String> parameters;
  private final Inventory inventory;
  private final Map<NvmetPath, Step> made = new HashMap<>();
  private final Set<NvmetPath> asking = new HashSet<>();
  private final Map<Step, List<String>> before = new HashMap<>();
  private final Map<Step, List<String>> after = new HashMap<>();

  private TranslatedScript(Script script, Dialect dialect, ScriptPlan plan, Inventory inventory) {
    this.dialect = dialect;
    this.plan = plan;
    this.inventory = inventory;
    this.parameters = ScriptDialect.parameters(script);
  }

  /**
   * @param text of the script, as it stands in its file
   * @throws io.nvmetsh.schema.NvmetshException when it asks in no driver's way, or a line of it
   *     means nothing
   */
  public static List<String> lines(Script script, String text, Context context) {
    Optional<Dialect> dialect =
        ScriptDialect.of(script).stream().flatMap(line -> line.dialect().stream()).findFirst();
    if (dialect.isEmpty()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              script.name()
                  + " sets neither pci_device_path nor attr_offload: nothing is to be"
                  + " translated",
              "it can run as it is:  replay " + Quoting.word(script.name()))
          .with("path", script.name())
          .asException();
    }
    ScriptPlan plan = ScriptPlan.of(script, ScriptDialect.fitting(script, context));
    TranslatedScript translated =
        new TranslatedScript(script, dialect.get(), plan, context.inventory());
    translated.findOrders();
    return translated.withoutUnused(text, ScriptText.rewritten(script, text, translated));
  }

  /**
   * Where subsystems are to be switched. Asked by a namespace, a subsystem is asked as soon as it
   * is made, which is right for every driver.
   */
  private void findOrders() {
    for (ScriptPlan.Line line : plan.lines()) {
      for (Change change : line.changes()) {
        NvmetPath path = change.path();
        boolean whole = path.kind().filter(NodeKind.SUBSYSTEM::equals).isPresent();
        if (whole && change instanceof Change.Create) {
          made.put(path, line.step());
        } else if (whole && change instanceof Change.Delete) {
          made.remove(path);
          asking.remove(path);
        } else if (change instanceof Change.SetAttribute set) {
          order(line, set);
        }
      }
    }
  }

  private void order(ScriptPlan.Line line, Change.SetAttribute set) {
    boolean said = set.path().name().equals(dialect.attribute());
    if (!said && !bringsAddress(line, set)) {
      return;
    }
    boolean on = !said || !List.of("0", PciAddress.CLEAR).contains(set.value());
    NvmetPath subsystem = set.path().ancestor(2);
    if (on ? !asking.add(subsystem) : !asking.remove(subsystem)) {
      return;
    }
    Step step = line.step();
    String order =
        (step.mayFail() ? "-" : "") + "offload " + (on ? "on " : "off ") + Quoting.path(subsystem);
    Step birth = on ? made.remove(subsystem) : null;
    if (dialect == Dialect.ATTR_OFFLOAD) {
      add(after, step, order);
    } else if (birth != null) {
      add(after, birth, order);
    } else {
      add(before, step, order);
    }
  }

  /** Whether a device brings the address of a drive along that cannot be looked up here. */
  private boolean bringsAddress(ScriptPlan.Line line, Change.SetAttribute set) {
    NvmetPath address = set.path().parent().child(dialect.attribute());
    return dialect == Dialect.PCI_DEVICE_PATH
        && set.path().name().equals("device_path")
        && set.row().owner() == NodeKind.NAMESPACE
        && inventory.blockDevice(set.value()).isEmpty()
        && line.changes().stream().noneMatch(other -> other.path().equals(address));
  }

  private static void add(Map<Step, List<String>> orders, Step step, String order) {
    orders.computeIfAbsent(step, key -> new ArrayList<>()).add(order);
  }

  @Override
  public List<String> line(Step step, String text, String dash) {
    List<String> lines = new ArrayList<>(before.getOrDefault(step, List.of()));
    List<Word> words = Tokenizer.tokenize(text, parameters).words();
    List<String> plain = words.stream().map(Word::text).toList();
    if (!ScriptDialect.requires(CommandLine.of(plain), dialect)) {
      String rest = rest(text, words, plain);
      if (!rest.isEmpty()) {
        lines.addAll((dash + rest).lines().toList());
      }
    }
    lines.addAll(after.getOrDefault(step, List.of()));
    return lines;
  }

  /** A line without what it says of the dialect; empty when it says nothing else. */
  private String rest(String text, List<Word> words, List<String> plain) {
    StringBuilder rest = new StringBuilder();
    int at = 0;
    boolean dropped = false;
    boolean others = !CommandLine.of(plain).command().equals("set");
    for (int i = 0; i < words.size(); i++) {
      if (ScriptDialect.isSaid(plain, i, dialect)) {
        dropped = true;
        rest.append(text.substring(at, words.get(i).start()).stripTrailing());
        at = words.get(i).end();
      } else {
        others |= plain.get(i).indexOf('=') > 0;
      }
    }
    return dropped && !others ? "" : rest.append(text.substring(at)).toString();
  }

  @Override
  public Optional<String> value(String text) {
    List<Word> words = Tokenizer.tokenize(text, parameters).words();
    boolean gone = !words.isEmpty() && words.get(0).text().endsWith("/" + dialect.attribute());
    return gone ? Optional.empty() : Optional.of(text);
  }

  /** A parameter that stood for an address alone would be asked for in vain. */
  private List<String> withoutUnused(String text, List<String> lines) {
    List<String> left = new ArrayList<>(lines);
    for (String name : parameters.keySet()) {
      String use = "(?s).*\\$(" + name + "\\b|\\{" + name + "\\}).*";
      if (text.matches(use) && !String.join("\n", lines).matches(use)) {
        left.removeIf(line -> line.matches(ParamCommand.NAME + "\\s+" + name + "(\\s.*)?"));
      }
    }
    return left;
  }
}
