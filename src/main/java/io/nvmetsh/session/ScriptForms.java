package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import io.nvmetsh.script.BashExport;
import io.nvmetsh.script.InverseScript;
import io.nvmetsh.script.ParameterisedScript;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.ScriptPlan;
import java.util.List;

/** What another file is made of a script. */
final class ScriptForms {

  private final List<String> lines;
  private final List<String> notes;
  private final boolean whole;

  /**
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be made
   */
  ScriptForms(Effect.ExportScript effect, Context context) {
    String text = Script.text(effect.file(), effect.name());
    Script script = Script.parse(effect.name(), text);
    switch (effect.form()) {
      case BASH -> {
        lines = BashExport.lines(script, ScriptPlan.of(script, context));
        notes = List.of();
        whole = true;
      }
      case PARAMETERISED -> {
        lines = ParameterisedScript.lines(script, text, effect.parameters());
        notes = List.of();
        whole = true;
      }
      case INVERSE -> {
        InverseScript.Result inverse = InverseScript.of(script, ScriptPlan.of(script, context));
        lines = inverse.lines();
        notes = inverse.untold().stream().map(each -> "not taken back: " + each).toList();
        whole = notes.isEmpty();
      }
      default -> throw new IllegalStateException();
    }
  }

  List<String> lines() {
    return lines;
  }

  /** What is worth saying besides. */
  List<String> notes() {
    return notes;
  }

  /** Whether it holds all that the script does. */
  boolean isWhole() {
    return whole;
  }
}
