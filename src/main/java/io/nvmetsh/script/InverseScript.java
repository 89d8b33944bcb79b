package io.nvmetsh.script;

import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.Words;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The script that takes back what another does, in an order that the kernel accepts. A script says
 * what it makes of things and not what they were: what was there before it, and was changed or
 * removed by it, cannot be told from it, and is named.
 */
public final class InverseScript {

  private final Script script;
  private final ScriptPlan plan;
  private final Set<String> untold = new LinkedHashSet<>();

  private InverseScript(Script script, ScriptPlan plan) {
    this.script = script;
    this.plan = plan;
  }

  /**
   * A script that takes back.
   *
   * @param untold what it does not take back, since it is not known what was there
   */
  public record Result(List<String> lines, List<String> untold) {}

  public static Result of(Script script, ScriptPlan plan) {
    return new InverseScript(script, plan).result();
  }

  private Result result() {
    List<Change> changes = new ArrayList<>();
    for (Change change : plan.changes()) {
      if (change instanceof Change.LoadModule load) {
        untold.add("module " + load.name() + " stays loaded");
      } else if (change instanceof Change.UnloadModule unload) {
        untold.add("module " + unload.name() + " stays unloaded");
      } else if (change instanceof Change.OfModule options) {
        untold.add(
            "the options that module " + options.name() + " is loaded with stay as they are");
      } else {
        changes.add(change);
      }
    }
    List<String> body = new ArrayList<>();
    for (ChangeLines.Line line : ChangeLines.of(back(changes))) {
      body.add(line.text());
    }
    List<String> lines = new ArrayList<>();
    lines.add(Script.FIRST_LINE);
    lines.add(Script.headLine("reason", "takes back " + script.name()));
    for (ScriptPlan.Line line : plan.lines()) {
      line.declared()
          .filter(each -> isUsed(each.name(), body))
          .ifPresent(each -> declare(each, lines));
    }
    untold.forEach(each -> lines.add("# not taken back: " + each));
    lines.addAll(body);
    return new Result(lines, List.copyOf(untold));
  }

  /** The way back from what the changes lead to. */
  private List<Change> back(List<Change> changes) {
    DraftTree before = before(changes);
    DraftTree after = new DraftTree(before);
    changes.forEach(change -> change.applyTo(after));
    return Ground.of(changes, before).wayBack(after);
  }

  private static boolean isUsed(String parameter, List<String> body) {
    return body.stream().anyMatch(line -> line.contains("${" + parameter + "}"));
  }

  private static void declare(Effect.Declare declared, List<String> lines) {
    String rest = declared.secret() ? " " + ParamCommand.SECRET : "";
    String initial = declared.initial().map(value -> " " + Words.quote(value)).orElse(rest);
    lines.add(ParamCommand.NAME + " " + declared.name() + initial);
  }

  /** What was there before the changes, as far as it can be told from them. */
  private DraftTree before(List<Change> changes) {
    DraftTree before = plan.ground();
    DraftTree ground = plan.ground();
    Set<NvmetPath> switched = new LinkedHashSet<>();
    for (Change change : changes) {
      NvmetPath path = change.path();
      if (change instanceof Change.Delete && ground.isDirectory(path)) {
        untold.add(path + " is removed, and what it was is not known");
        before.removeDirectory(path);
      } else if (change instanceof Change.SetAttribute set && ground.isDirectory(path.parent())) {
        boolean first = switched.add(path);
        boolean isSwitch =
            path.name().equals("enable")
                && path.parent().kind().filter(NodeKind::isSwitched).isPresent();
        if (isSwitch && first) {
          // who switches it on found it off
          before.setValue(path, set.value().equals("1") ? "0" : "1");
        } else if (!isSwitch) {
          untold.add(path + " is set, and what it was is not known");
        }
      }
    }
    return before;
  }
}
