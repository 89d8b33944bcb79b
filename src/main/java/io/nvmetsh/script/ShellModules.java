package io.nvmetsh.script;

import io.nvmetsh.plan.Change;
import io.nvmetsh.script.ShellWords.NotUnderstood;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a shell script does to kernel modules; those of hosts are not the target's business. */
final class ShellModules {

  /** Modules that connect to targets. */
  private static final Set<String> OF_HOSTS =
      Set.of("nvme_fabrics", "nvme_rdma", "nvme_tcp", "nvme_fc");

  private final List<Change> changes;
  private final List<String> notes;
  private final UnsaidValues unsaid;

  /** What it finds out is added to these. */
  ShellModules(List<Change> changes, List<String> notes, UnsaidValues unsaid) {
    this.changes = changes;
    this.notes = notes;
    this.unsaid = unsaid;
  }

  /** {@code modprobe}. */
  void load(List<String> words) throws NotUnderstood {
    boolean all = false;
    boolean remove = false;
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      all |= option.equals("-a");
      remove |= option.equals("-r");
      if (!List.of("-a", "-r", "-v", "-q", "--").contains(option)) {
        throw new NotUnderstood("modprobe's option " + option + " is not known");
      }
    }
    if (remove) {
      unload(words);
      return;
    }
    if (words.isEmpty()) {
      throw new NotUnderstood("modprobe names no module");
    }
    if (all) {
      for (String word : words) {
        load(word, new TreeMap<>());
      }
      return;
    }
    SortedMap<String, String> options = new TreeMap<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      options.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "" : word.substring(equals + 1));
      unsaid.need(word, "value of " + word);
    }
    load(words.get(0), options);
  }

  private void load(String module, SortedMap<String, String> options) {
    if (!isOfHosts(module)) {
      changes.add(new Change.LoadModule(module, options));
    }
  }

  /** {@code rmmod}, {@code modprobe -r}. */
  void unload(List<String> words) {
    for (String word : words) {
      if (!isOfHosts(word)) {
        changes.add(new Change.UnloadModule(word));
      }
    }
  }

  private boolean isOfHosts(String module) {
    boolean left = OF_HOSTS.contains(module.replace('-', '_'));
    if (left) {
      notes.add("module " + module + " left out: it is for the host, not the target");
    }
    return left;
  }
}
