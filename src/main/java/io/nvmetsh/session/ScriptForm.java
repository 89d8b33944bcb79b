package io.nvmetsh.session;

import io.nvmetsh.command.Context;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.ExportForm;
import io.nvmetsh.config.ConfigWriter;
import io.nvmetsh.script.BashExport;
import io.nvmetsh.script.ConfigExport;
import io.nvmetsh.script.InverseScript;
import io.nvmetsh.script.ParameterisedScript;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.ScriptDialect;
import io.nvmetsh.script.ScriptPlan;
import io.nvmetsh.script.TranslatedScript;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Another file made of a script.
 *
 * @param notes what is worth saying besides
 * @param whole whether it holds all that the script does
 */
record ScriptForm(List<String> lines, List<String> notes, boolean whole) {

  /** What can be made of a script whatever kernel it is for. */
  private static final Set<ExportForm> REWRITTEN =
      Set.of(ExportForm.PARAMETERISED, ExportForm.TRANSLATED);

  /**
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be made
   */
  static ScriptForm of(Effect.ExportScript effect, Context context) {
    String text = Script.text(effect.file(), effect.name());
    Script script = Script.parse(effect.name(), text);
    if (!REWRITTEN.contains(effect.form())) {
      ScriptDialect.check(script, context);
    }
    return switch (effect.form()) {
      case BASH -> whole(BashExport.lines(script, ScriptPlan.of(script, context)));
      case NVMETCLI -> config(script, effect.parameters(), context);
      case INVERSE -> inverse(script, context);
      case TRANSLATED -> whole(TranslatedScript.lines(script, text, context));
      case PARAMETERISED -> whole(ParameterisedScript.lines(script, text, effect.parameters()));
    };
  }

  private static ScriptForm whole(List<String> lines) {
    return new ScriptForm(lines, List.of(), true);
  }

  private static ScriptForm inverse(Script script, Context context) {
    InverseScript.Result inverse = InverseScript.of(script, ScriptPlan.of(script, context));
    List<String> notes = inverse.untold().stream().map(each -> "not taken back: " + each).toList();
    return new ScriptForm(inverse.lines(), notes, notes.isEmpty());
  }

  private static ScriptForm config(Script script, Map<String, String> given, Context context) {
    Map<String, String> values = new ScriptParameters(script).known(given);
    ConfigWriter.Config config = ConfigExport.of(script, ScriptPlan.of(script, context, values));
    List<String> notes = config.secrets().stream().map(key -> key + " is left out").toList();
    return new ScriptForm(config.text().lines().toList(), notes, true);
  }
}
