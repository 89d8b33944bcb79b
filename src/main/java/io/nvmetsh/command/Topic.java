package io.nvmetsh.command;

import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.plan.Cause;
import io.nvmetsh.plan.Hazard;
import io.nvmetsh.plan.Hazards;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A word that something can be read about, so that completion, search and did-you-mean know the
 * same ones.
 *
 * @param kind what sort of thing it names
 * @param summary a few words about it
 */
record Topic(String kind, String name, String summary) {

  /** Each word once, by the first thing that it names. */
  static List<Topic> all(Commands commands) {
    Map<String, Topic> topics = new LinkedHashMap<>();
    List<Topic> rows = new ArrayList<>();
    for (Attribute row : NvmetSchema.all()) {
      rows.add(new Topic("attribute", row.name(), row.help()));
    }
    for (TargetModules.Parameter parameter : TargetModules.PARAMETERS) {
      rows.add(new Topic("parameter", parameter.name(), parameter.help()));
    }
    for (OffloadRule rule : OffloadRules.all()) {
      rows.add(new Topic("rule", rule.id(), rule.title()));
    }
    for (Hazard hazard : Hazards.all()) {
      rows.add(new Topic("hazard", hazard.id(), hazard.title()));
    }
    for (Cause cause : Cause.values()) {
      rows.add(new Topic("errno", cause.errno().name(), cause.errno().words()));
    }
    for (Command command : commands.all()) {
      rows.add(new Topic("command", command.spec().name(), command.spec().summary()));
    }
    rows.forEach(topic -> topics.putIfAbsent(topic.name(), topic));
    return List.copyOf(topics.values());
  }

  /** Whether a word is in its name or in what is said of it, upper or lower case alike. */
  boolean has(String word) {
    String part = word.toLowerCase(Locale.ROOT);
    return name.toLowerCase(Locale.ROOT).contains(part)
        || summary.toLowerCase(Locale.ROOT).contains(part);
  }
}
