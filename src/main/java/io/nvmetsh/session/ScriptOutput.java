package io.nvmetsh.session;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Question;
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
  private final boolean goesOn;
  private final boolean rehearsed;
  private final boolean json;
  private int index;
  private int failed;
  private boolean jsonLine;

  /**
   * @param goesOn whether a line that fails is left out
   * @param rehearsed whether it runs on a copy of the target
   * @param json whether all of the script's results make one JSON document
   */
  ScriptOutput(Output output, Script script, boolean goesOn, boolean rehearsed, boolean json) {
    this.output = output;
    this.script = script;
    this.goesOn = goesOn;
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
  String progress(Problem problem) {
    if (goesOn && problem.kind() != Problem.Kind.INTERRUPTED) {
      failed++;
      return rehearsed ? "the run would go on without it" : "gone on without it";
    }
    int all = script.steps().size();
    int done = index - failed;
    if (rehearsed) {
      return "the run would stop here; "
          + (done == 1 ? "1 line" : done + " lines")
          + " of "
          + all
          + " would be done";
    }
    boolean half = problem.detail(ChangeRunner.MADE).isPresent();
    return index == 0
        ? (half ? "stopped in its first line" : "stopped at its first line; nothing was done")
        : "stopped here; " + done + (done == 1 ? " line" : " lines") + " of " + all + " done";
  }

  @Override
  public void problem(Problem problem) {
    int line = step().number();
    Problem located = rehearsed ? WouldFail.at(script, line, problem) : script.at(line, problem);
    output.problem(step().mayFail() ? located : located.hint(progress(problem)));
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
  public Optional<String> ask(Question question) {
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
  public void timing(String text) {
    output.timing(text);
  }

  @Override
  public void finding(Finding finding) {
    output.finding(finding);
  }

  @Override
  public void operation(String text, Optional<String> cuts, boolean done) {
    output.operation(text, cuts, done);
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

  /** One document for the whole stays one. */
  @Override
  public void goesOn() {
    if (!json) {
      output.goesOn();
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
