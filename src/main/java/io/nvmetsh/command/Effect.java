package io.nvmetsh.command;

import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What a line means here. Commands return it; only the session acts on it. */
public sealed interface Effect {

  /** Answers by case. */
  <R> R match(Cases<R> cases);

  /** One answer for each kind of effect. */
  interface Cases<R> {
    R show(Show effect);

    R watch(Watch effect);

    R moveTo(MoveTo effect);

    R apply(Apply effect);

    R setUp(SetUp effect);

    R edit(Edit effect);

    R ask(Ask effect);

    R restore(Restore effect);

    R writeFiles(WriteFiles effect);

    R recover(Recover effect);

    R expire(Expire effect);

    R confirm(Confirm effect);

    R checkpoint(Checkpoint effect);

    R record(StartRecording effect);

    R stopRecording(StopRecording effect);

    R showRecording(ShowRecording effect);

    R replay(Replay effect);

    R exportScript(ExportScript effect);

    R importScript(ImportScript effect);

    R describeScript(DescribeScript effect);

    R showHistory(ShowHistory effect);

    R declare(Declare effect);

    R require(Require effect);

    R quit(Quit effect);
  }

  /**
   * Shows something.
   *
   * @param status how the line ends: what is shown may be bad news, as of {@code check}
   */
  record Show(Document document, ExitStatus status) implements Effect {
    public static Show of(Document document) {
      return new Show(document, ExitStatus.DONE);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.show(this);
    }
  }

  /**
   * Shows something again and again.
   *
   * @param count how often; empty for until somebody interrupts it
   */
  record Watch(Duration interval, OptionalInt count, Sampler sampler) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.watch(this);
    }
  }

  /** Goes to another directory. */
  record MoveTo(NvmetPath path) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.moveTo(this);
    }
  }

  /**
   * Changes the target.
   *
   * @param notes what the command decided by itself, said before the change
   * @param manner how it goes about it
   * @param withheld why attributes that are in the plan by a placeholder have no value
   */
  record Apply(Plan plan, List<String> notes, Manner manner, Map<NvmetPath, Problem> withheld)
      implements Effect {
    public static Apply of(Plan plan) {
      return new Apply(plan, List.of());
    }

    public Apply(Plan plan, List<String> notes) {
      this(plan, notes, Manner.ORDINARY);
    }

    public Apply(Plan plan, List<String> notes, Manner manner) {
      this(plan, notes, manner, Map.of());
    }

    /** The same of another plan. */
    public Apply with(Plan other) {
      return new Apply(other, notes, manner, withheld);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.apply(this);
    }
  }

  /**
   * Changes much of the target at once. What came of a dialogue is shown and agreed to before.
   *
   * @param report what there is to say of the target as it is then
   */
  record SetUp(Apply apply, Function<Context, Document> report) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setUp(this);
    }
  }

  /** Changes what comes out different of a text in somebody's editor. */
  record Edit(AttributeText text) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.edit(this);
    }
  }

  /** Means nothing yet: the line is looked at anew with the answer behind it. */
  record Ask(Question question) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }
  }

  /**
   * Loads a file when the machine has started.
   *
   * @param limit how long what is missing is waited for
   * @param modules those that are to be loaded first
   * @param missing what of the machine is not there yet, as it is now
   * @param load what is to be changed, as the machine is now
   */
  record Restore(
      Path file,
      Duration limit,
      Apply modules,
      Function<Context, List<String>> missing,
      Function<Context, Apply> load)
      implements Effect {

    /** What came of it, in the store of the target's past. */
    public static final String REPORT = "boot";

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.restore(this);
    }
  }

  /**
   * Goes on with what an ended process left behind, or takes it back, or leaves it.
   *
   * @param way empty to be told what was left behind
   */
  record Recover(Optional<Way> way, Map<String, String> parameters) implements Effect {

    /** What is to become of it. */
    public enum Way {
      UNDO,
      FINISH,
      FORGET;

      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.recover(this);
    }
  }

  /**
   * The time to confirm something is over: it is taken back. Typed by nobody.
   *
   * @param transaction which one; nothing is done when it has been confirmed
   */
  record Expire(int transaction) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.expire(this);
    }
  }

  /** Keeps what would be taken back by itself. */
  record Confirm() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirm(this);
    }
  }

  /**
   * Keeps the target as it was, or forgets it.
   *
   * @param file its name in the store
   * @param lines the configuration; empty to forget it
   */
  record Checkpoint(String file, Optional<List<String>> lines) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.checkpoint(this);
    }
  }

  /** Writes files of the administrator's, mode 0600; refused when one exists, unless forced. */
  record WriteFiles(List<FileContent> files, boolean force, List<String> notes) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.writeFiles(this);
    }
  }

  /**
   * Starts recording.
   *
   * @param last how many of the lines before are taken in
   * @param output whether lines that only show something are kept, with what they showed
   * @param parameters values that become parameters, by their names
   */
  record StartRecording(
      Path file,
      Optional<String> reason,
      int last,
      boolean force,
      boolean output,
      Map<String, String> parameters)
      implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.record(this);
    }
  }

  /** Ends the recording. */
  record StopRecording() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopRecording(this);
    }
  }

  /** Says whether a recording runs. */
  record ShowRecording() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.showRecording(this);
    }
  }

  /**
   * Runs a script.
   *
   * @param name the file as it was named, for messages
   * @param verify whether what the script says it found is compared with what is there
   * @param manner how it goes about it
   * @param course how its lines are gone through
   */
  record Replay(
      Path file,
      String name,
      boolean verify,
      Map<String, String> parameters,
      Manner manner,
      Course course)
      implements Effect {

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.replay(this);
    }
  }

  /**
   * Makes another file of a script.
   *
   * @param form what of it
   * @param parameters values of parameters
   * @param out where to; shown when empty
   */
  record ExportScript(
      Path file,
      String name,
      ExportForm form,
      Map<String, String> parameters,
      Optional<Path> out,
      boolean force)
      implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.exportScript(this);
    }
  }

  /**
   * Turns a shell script into one of ours.
   *
   * @param out where to; shown when empty
   * @param parameters values for what the shell script leaves out
   */
  record ImportScript(
      Path file, String name, Optional<Path> out, boolean force, Map<String, String> parameters)
      implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.importScript(this);
    }
  }

  /** Says where a script comes from, what it needs and what it touches. */
  record DescribeScript(Path file, String name) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.describeScript(this);
    }
  }

  /** Shows the lines typed before. */
  record ShowHistory(int last) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.showHistory(this);
    }
  }

  /** Declares a parameter: a script's must have values before its first line runs. */
  record Declare(String name, Optional<String> initial, boolean secret) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.declare(this);
    }
  }

  /** Relies on a fact: a script's are looked at before its first line runs. */
  record Require(Requirement requirement) implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.require(this);
    }
  }

  /** Leaves the shell. */
  record Quit() implements Effect {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.quit(this);
    }
  }
}
