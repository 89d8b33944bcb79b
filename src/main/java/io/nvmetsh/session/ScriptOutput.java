package io.nvmetsh.session;

import io.nvmetsh.command.Document;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import java.util.Optional;

/**
 * The output of a script's lines: problems say which line of which file they are of and how far it
 * got, and nobody is asked anything.
 */
final class ScriptOutput implements Output {

  private final Output output;
  private final Script script;
  private final boolean rehearsed;
  private final boolean json;
  private int index;
  private boolean jsonLine;

  /**
   * @param rehearsed whether it runs on a copy of the target
   * @param json whether all of the script's results make one JSON document
   */
  ScriptOutput(Output output, Script script, boolean rehearsed, boolean json) {
    this.output = output;
    this.script = script;
    this.rehearsed = rehearsed;
    this.json = json;
  }

  /** Goes on to a step of the script. */
  void at(int index) {
    this.index = index;
  }

  private Script.Step step() {
    return script.steps().get(index);
  }

  /** How much of the script has been done. */
  String progress() {
    int all = script.steps().size();
    if (rehearsed) {
      return "the run would stop here; "
          + (index == 1 ? "1 line" : index + " lines")
          + " of "
          + all
          + " would be done";
    }
    return index == 0
        ? "stopped at its first line; nothing was done"
        : "stopped here; " + index + (index == 1 ? " line" : " lines") + " of " + all + " done";
  }

  @Override
  public void problem(Problem problem) {
    int line = step().number();
    Problem located = rehearsed ? WouldFail.at(script, line, problem) : script.at(line, problem);
    output.problem(step().mayFail() ? located : located.hint(progress()));
  }

  @Override
  public boolean confirm(String question, String expected) {
    return false;
  }

  @Override
  public Optional<String> secret(String question) {
    return Optional.empty();
  }

  @Override
  public boolean isAttended() {
    return false;
  }

  @Override
  public Optional<String> ask(String question, String begun) {
    return Optional.empty();
  }

  @Override
  public void echo(String source, int number, String line) {
    output.echo(source, number, line);
  }

  @Override
  public void show(Document document) {
    output.show(document);
  }

  @Override
  public void note(String text) {
    output.note(text);
  }

  @Override
  public void finding(Finding finding) {
    output.finding(finding);
  }

  @Override
  public void operation(String text, boolean done) {
    output.operation(text, done);
  }

  @Override
  public void bug(Throwable bug) {
    output.bug(bug);
  }

  @Override
  public void asJson() {
    if (!json) {
      jsonLine = true;
      output.asJson();
    }
  }

  /** The end of the whole is told by the line that asked for the script. */
  @Override
  public void lineEnds(ExitStatus status) {
    if (jsonLine) {
      jsonLine = false;
      output.lineEnds(status);
    }
  }
}
