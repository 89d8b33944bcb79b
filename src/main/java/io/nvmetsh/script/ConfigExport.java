package io.nvmetsh.script;

import io.nvmetsh.config.ConfigWriter;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.DraftTree;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a script leads to on an empty target, as nvmetcli's file: the state, not the way there. What
 * a kernel would make up, such as a serial number, is not in it.
 */
public final class ConfigExport {

  private ConfigExport() {}

  /**
   * @param plan with values for all parameters but secret ones
   * @throws io.nvmetsh.schema.NvmetshException when the script needs something that it has not made
   */
  public static ConfigWriter.Config of(Script script, ScriptPlan plan) {
    if (!plan.assumed().isEmpty()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              script.name()
                  + " does not make "
                  + plan.assumed().get(0)
                  + ", which it uses; nvmetcli's file is of a whole target",
              "see what it needs:  script info " + Quoting.word(script.name()),
              "or write down a target that it ran on:  save FILE")
          .asException();
    }
    DraftTree tree = plan.ground();
    for (Attribute row : NvmetSchema.of(NodeKind.ROOT, plan.flavor())) {
      if (row.initial().known()) {
        tree.setValue(NvmetPath.ROOT.child(row.name()), row.initial().text());
      }
    }
    SortedMap<String, SortedMap<String, String>> modules = new TreeMap<>();
    for (Change change : plan.changes()) {
      change.applyTo(tree);
      if (change instanceof Change.LoadModule load && !load.parameters().isEmpty()) {
        modules.put(load.name().replace('-', '_'), load.parameters());
      }
    }
    return ConfigWriter.of(tree, new ConfigWriter.Besides(modules, new TreeMap<>(), List.of()));
  }
}
