package io.nvmetsh.shell;

import io.nvmetsh.command.Document;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.command.Question;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.session.Output;
import io.nvmetsh.session.TextEditor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Results on their way to people: data to one stream, all else to the other, or everything of a
 * line as one JSON document.
 */
final class ShellOutput implements Output {

  private final PrintWriter data;
  private final PrintWriter talk;
  private PrintWriter last;
  private final Renderer dataRenderer;
  private final Renderer talkRenderer;
  private final boolean alwaysJson;
  private final SecretMask mask = new SecretMask();
  private @Nullable Asker asker;
  private @Nullable Pager pager;
  private @Nullable TextEditor editor;
  private @Nullable JsonOutput json;

  /** Somebody who can be asked. */
  interface Asker {
    /** What was typed; empty when the question was declined with Ctrl-C or Ctrl-D. */
    Optional<String> ask(String question);

    /** Likewise, where the answer may begin with a text that can be changed. */
    default Optional<String> ask(String question, String begun) {
      return ask(question);
    }

    /** Likewise, with what fits to choose from. */
    default Optional<String> ask(Question question) {
      return ask(Printable.text(question.prompt()));
    }

    /** Likewise, without showing what is typed. */
    Optional<String> askSecret(String question);
  }

  /** Either stream may be a terminal while the other is a file, which wants no colours. */
  ShellOutput(
      PrintWriter data,
      PrintWriter talk,
      Renderer dataRenderer,
      Renderer talkRenderer,
      boolean alwaysJson) {
    this.data = data;
    this.talk = talk;
    this.last = talk;
    this.dataRenderer = dataRenderer;
    this.talkRenderer = talkRenderer;
    this.alwaysJson = alwaysJson;
    this.json = alwaysJson ? new JsonOutput() : null;
  }

  /** From now on questions are put to {@code someone}. */
  void ask(Asker someone) {
    asker = someone;
  }

  /** From now on what is long is shown by {@code screen}. */
  void page(Pager screen) {
    pager = screen;
  }

  /** From now on texts are edited with {@code program}. */
  void edit(TextEditor program) {
    editor = program;
  }

  @Override
  public Optional<TextEditor> editor() {
    data.flush();
    talk.flush();
    return json == null ? Optional.ofNullable(editor) : Optional.empty();
  }

  @Override
  public void page(Document document) {
    if (pager == null || json != null) {
      show(document);
    } else {
      to(data).flush();
      pager.show(dataRenderer.lines(document));
    }
  }

  @Override
  public void asJson() {
    if (json == null) {
      json = new JsonOutput();
    }
  }

  @Override
  public void echo(String source, int number, String line) {
    if (json == null) {
      to(talk).println(talkRenderer.paint(source + ":" + number + ": " + line, Tone.FAINT));
      talk.flush();
    }
  }

  @Override
  public void show(Document document) {
    if (json != null) {
      json.show(document);
    } else {
      dataRenderer.each(document, to(data)::println);
    }
  }

  @Override
  public void note(String said) {
    String text = mask.values(said);
    if (json != null) {
      json.note(text);
    } else {
      to(talk).println(talkRenderer.paint(text, Tone.FAINT));
      // it may say what is waited for
      talk.flush();
    }
  }

  @Override
  public void finding(Finding finding) {
    if (json != null) {
      json.finding(finding);
      return;
    }
    talkRenderer.each(new Document.Findings(List.of(finding)), to(talk)::println);
  }

  @Override
  public void operation(String text, Optional<String> cuts, boolean done) {
    if (json != null) {
      json.operation(text, cuts, done);
    } else {
      String what = (done ? "done: " : "would: ") + text;
      String cut = cuts.map(each -> "  ! hosts of " + each).orElse("");
      to(data)
          .println(
              dataRenderer.paint(what, Tone.PLAIN)
                  + (cut.isEmpty() ? "" : dataRenderer.paint(cut, Tone.WARN)));
    }
  }

  @Override
  public void problem(Problem said) {
    Problem problem = mask.problem(said);
    if (json != null) {
      json.problem(problem);
      return;
    }
    to(talk)
        .println(
            talkRenderer.paint("error: ", Tone.BAD)
                + talkRenderer.paint(problem.message(), Tone.PLAIN));
    for (String hint : problem.hints()) {
      talk.println("  " + talkRenderer.paint(hint, Tone.PLAIN));
    }
  }

  @Override
  public void bug(Throwable bug) {
    Bug.report(bug, to(talk));
  }

  /** The stream, once what was said on the other is out: both may lead to one screen. */
  private PrintWriter to(PrintWriter stream) {
    if (last != stream) {
      last.flush();
      last = stream;
    }
    return stream;
  }

  @Override
  public void goesOn() {
    if (json != null) {
      to(data).println(json.write(ExitStatus.DONE));
      json = new JsonOutput();
    } else {
      to(data).println();
    }
    data.flush();
    talk.flush();
  }

  @Override
  public void lineEnds(ExitStatus status) {
    if (json != null) {
      to(data).println(json.write(status));
      json = alwaysJson ? new JsonOutput() : null;
    }
    data.flush();
    talk.flush();
  }

  @Override
  public boolean confirm(String question, String expected) {
    if (asker == null || json != null) {
      return false;
    }
    data.flush();
    talk.flush();
    return asker
        .ask(Printable.text(question))
        .filter(answer -> answer.strip().equalsIgnoreCase(expected))
        .isPresent();
  }

  @Override
  public boolean isAttended() {
    return asker != null && json == null;
  }

  @Override
  public Optional<String> ask(String question, String begun) {
    if (asker == null || json != null) {
      return Optional.empty();
    }
    data.flush();
    talk.flush();
    return asker.ask(Printable.text(question), begun);
  }

  @Override
  public Optional<String> ask(Question question) {
    if (asker == null || json != null) {
      return Optional.empty();
    }
    data.flush();
    talk.flush();
    return asker.ask(question);
  }

  @Override
  public Optional<String> secret(String question) {
    return asker == null || json != null
        ? Optional.empty()
        : asker.askSecret(Printable.text(question));
  }
}
