package io.nvmetsh.session;

import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where lines run: in which directory, with which parameters, where their results go. What is typed
 * has one scope; every script that runs has one of its own and leaves the others as they were.
 */
final class Scope {

  private final Output output;
  private final boolean abbreviations;
  private final boolean yes;
  private final Optional<DraftTree> draft;
  private final List<Path> scripts;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private NvmetPath here = NvmetPath.ROOT;
  private NvmetPath previous = NvmetPath.ROOT;

  private Scope(
      Output output,
      boolean abbreviations,
      boolean yes,
      Optional<DraftTree> draft,
      List<Path> scripts) {
    this.output = output;
    this.abbreviations = abbreviations;
    this.yes = yes;
    this.draft = draft;
    this.scripts = scripts;
  }

  /** The scope of the lines that are typed or given to the program. */
  static Scope outermost(Output output, Settings settings) {
    return new Scope(output, settings.interactive(), settings.yes(), Optional.empty(), List.of());
  }

  /**
   * The scope of a script.
   *
   * @param running the scripts that run, this one last
   * @param draft in a dry run, what the lines before would have made of the target
   */
  static Scope ofScript(Output output, boolean yes, Optional<DraftTree> draft, List<Path> running) {
    return new Scope(output, false, yes, draft, List.copyOf(running));
  }

  Output output() {
    return output;
  }

  /** Whether commands may be abbreviated: by people, never in scripts. */
  boolean abbreviations() {
    return abbreviations;
  }

  /** Whether disconnecting hosts is agreed to. */
  boolean yes() {
    return yes;
  }

  /** In a dry run of a script, the tree that its lines are planned on. */
  Optional<DraftTree> draft() {
    return draft;
  }

  /** The scripts that run, outermost first. */
  List<Path> scripts() {
    return scripts;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  NvmetPath here() {
    return here;
  }

  NvmetPath previous() {
    return previous;
  }

  void moveTo(NvmetPath path) {
    previous = here;
    here = path;
  }
}
