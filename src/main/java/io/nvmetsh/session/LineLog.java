package io.nvmetsh.session;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Layout;
import io.nvmetsh.command.Question;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Passes on what one line has to say and remembers it, for recordings and for comparing with one.
 */
final class LineLog implements Output {

  private final Output output;
  private final boolean keep;
  private final List<String> shown = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private Optional<Problem> problem = Optional.empty();
  private Pipeline pipeline = new Pipeline(List.of(), false);
  private boolean pages;

  /**
   * @param keep whether the text of what is shown is wanted; laying it out is not free
   */
  LineLog(Output output, boolean keep) {
    this.output = output;
    this.keep = keep;
  }

  /** From now on what is shown goes through these filters. */
  void through(Pipeline filters) {
    pipeline = filters;
  }

  /** From now on what is shown may wait for a key. */
  void pages() {
    pages = true;
  }

  /** What was shown, as text, line by line. */
  List<String> shown() {
    return shown;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Why the line was not done; empty when it was. */
  Optional<Problem> problem() {
    return problem;
  }

  /** What stood in the way of the line does no longer. */
  void mended() {
    problem = Optional.empty();
  }

  @Override
  public void echo(String source, int number, String line) {
    output.echo(source, number, line);
  }

  @Override
  public void show(Document document) {
    pipeline.of(document, this).ifPresent(this::shown);
  }

  private void shown(Document document) {
    if (keep) {
      Layout.recorded().each(document, line -> shown.add(line.text()));
    }
    if (pages) {
      output.page(document);
    } else {
      output.show(document);
    }
  }

  @Override
  public void page(Document document) {
    show(document);
  }

  @Override
  public void note(String text) {
    keep("note: " + text);
    output.note(text);
  }

  @Override
  public void timing(String text) {
    output.timing(text);
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
    keep("warning " + finding.rule() + ": " + finding.path() + ": " + finding.summary());
    for (String line : finding.mend()) {
      keep("  " + line);
    }
    output.finding(finding);
  }

  @Override
  public void operation(String text, Optional<String> cuts, boolean done) {
    keep(
        (done ? "done: " : "would: ") + text + cuts.map(each -> "  ! hosts of " + each).orElse(""));
    output.operation(text, cuts, done);
  }

  @Override
  public void problem(Problem problem) {
    this.problem = Optional.of(problem);
    keep("error: " + problem.message());
    for (String hint : problem.hints()) {
      keep("  " + hint);
    }
    output.problem(problem);
  }

  @Override
  public void bug(Throwable bug) {
    problem = Optional.of(Problem.of(Problem.Kind.USAGE, "a bug in nvmetsh: " + bug));
    keep("bug: " + bug);
    output.bug(bug);
  }

  @Override
  public boolean confirm(String question, String expected) {
    return output.confirm(question, expected);
  }

  @Override
  public Optional<String> secret(String question) {
    return output.secret(question);
  }

  @Override
  public boolean isAttended() {
    return output.isAttended();
  }

  @Override
  public Optional<String> ask(String question, String begun) {
    return output.ask(question, begun);
  }

  @Override
  public Optional<String> ask(Question question) {
    return output.ask(question);
  }

  @Override
  public Optional<TextEditor> editor() {
    return output.editor();
  }

  @Override
  public void asJson() {
    output.asJson();
  }

  @Override
  public void goesOn() {
    output.goesOn();
  }

  @Override
  public void lineEnds(ExitStatus status) {
    output.lineEnds(status);
  }

  private void keep(String text) {
    if (keep) {
      shown.add(Printable.text(text));
    }
  }
}
