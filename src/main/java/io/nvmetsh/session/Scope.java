package io.nvmetsh.session;

import io.nvmetsh.schema.NvmetPath;
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
  private final Optional<Rehearsal> rehearsal;
  private final List<Path> scripts;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private Standing standing = Standing.none();
  private NvmetPath here = NvmetPath.ROOT;
  private NvmetPath previous = NvmetPath.ROOT;
  private List<Integer> position = List.of();
  private List<Integer> resume = List.of();
  private Optional<Path> folder = Optional.empty();

  private Scope(
      Output output,
      boolean abbreviations,
      boolean yes,
      Optional<Rehearsal> rehearsal,
      List<Path> scripts) {
    this.output = output;
    this.abbreviations = abbreviations;
    this.yes = yes;
    this.rehearsal = rehearsal;
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
   * @param rehearsal in a dry run, what its lines run on
   */
  static Scope ofScript(
      Output output, boolean yes, Optional<Rehearsal> rehearsal, List<Path> running) {
    return new Scope(output, false, yes, rehearsal, List.copyOf(running));
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

  /** In a dry run of a script, what its lines run on. */
  Optional<Rehearsal> rehearsal() {
    return rehearsal;
  }

  /** The scripts that run, outermost first. */
  List<Path> scripts() {
    return scripts;
  }

  /** What may be there already although a line would make it. */
  Standing standing() {
    return standing;
  }

  void standing(Standing kept) {
    standing = kept;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  /** The place of the line that runs in the scripts that run; empty for what is typed. */
  List<Integer> position() {
    return position;
  }

  void at(List<Integer> place) {
    position = List.copyOf(place);
  }

  /** The line that is done already, and in it that of the script it runs; empty for a whole run. */
  List<Integer> resume() {
    return resume;
  }

  /** What relative file names are relative to, when it is not where this process was started. */
  Optional<Path> folder() {
    return folder;
  }

  void in(Optional<Path> place) {
    folder = place;
  }

  void resumeAfter(List<Integer> done) {
    resume = List.copyOf(done);
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
