package io.nvmetsh.session;

import io.nvmetsh.command.Commands;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Question;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A shell on a simulated machine, at a fixed time, that keeps everything it says. */
final class SimShell {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  /** For an answer: whoever is asked presses Ctrl-C. */
  static final String DECLINED = "^C";

  private final Path folder;
  private final Listening configfs;
  private final Target target;
  private final Safekeeping safekeeping;
  private final LineLog log;
  private final Session session;
  private final List<String> echoed = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private Optional<String> answer = Optional.empty();
  private Optional<TextEditor> editor = Optional.empty();
  private Runnable echoAction = () -> {};
  private Runnable askAction = () -> {};
  private int echoCount;
  private int heard;

  private SimShell(String profile, Path folder, boolean interactive, Optional<String> yesName) {
    this(profile, folder, interactive, yesName, Audit.none());
  }

  private SimShell(
      String profile, Path folder, boolean interactive, Optional<String> yesName, Audit audit) {
    this(
        SimTarget.start(SimProfile.named(profile), DumpSysTree.defaultMachine()).target(),
        folder,
        true,
        interactive,
        yesName,
        audit);
  }

  private SimShell(
      Target kernel,
      Path folder,
      boolean simulated,
      boolean interactive,
      Optional<String> yesName,
      Audit audit) {
    this.folder = folder;
    this.configfs = new Listening(kernel.configfs());
    this.target =
        new Target(
            configfs,
            new Untold(kernel.sys()),
            kernel.modules(),
            kernel.log(),
            kernel.flavor(),
            kernel.label(),
            simulated);
    this.log = new LineLog(new Someone(), true);
    this.safekeeping = new Safekeeping(new MemoryStore(), RevertTimer.none(), audit);
    this.session =
        new Session(
            target,
            Commands.roster(),
            new Settings(false, false, false, yesName, interactive, folder),
            log,
            new Origin(Clock.fixed(TIME, ZoneOffset.UTC), "test", "root", Optional.of("alice")),
            safekeeping);
  }

  /** Where nobody can be asked. */
  static SimShell of(String profile, Path folder) {
    return new SimShell(profile, folder, false, Optional.empty());
  }

  /** Where the target passes for a real one. */
  static SimShell real(String profile, Path folder, boolean interactive) {
    Target kernel =
        SimTarget.start(SimProfile.named(profile), DumpSysTree.defaultMachine()).target();
    return new SimShell(kernel, folder, false, interactive, Optional.empty(), Audit.none());
  }

  /** On a dumped machine with the kernel that it ran, where nobody can be asked. */
  static SimShell ofMachine(Path dump, Path folder) {
    DumpSysTree machine = DumpSysTree.load(dump);
    Target kernel = SimTarget.start(SimProfile.of(machine), machine).target();
    return new SimShell(kernel, folder, true, false, Optional.empty(), Audit.none());
  }

  /** The same machine with another kernel. */
  static SimShell ofMachine(String profile, Path dump, Path folder) {
    Target kernel = SimTarget.start(SimProfile.named(profile), DumpSysTree.load(dump)).target();
    return new SimShell(kernel, folder, true, false, Optional.empty(), Audit.none());
  }

  /** Where nobody can be asked, and somebody is told of every change. */
  static SimShell of(String profile, Path folder, Audit audit) {
    return new SimShell(profile, folder, false, Optional.empty(), audit);
  }

  /** Where nobody can be asked, started with that name for {@code --yes}. */
  static SimShell agreed(String profile, Path folder, String name) {
    return new SimShell(profile, folder, false, Optional.of(name));
  }

  /** Where someone types, agrees to everything, and knows this one secret. */
  static SimShell typed(String profile, Path folder, String answer) {
    SimShell shell = new SimShell(profile, folder, true, Optional.empty());
    shell.answer = Optional.of(answer);
    return shell;
  }

  Target target() {
    return target;
  }

  Session session() {
    return session;
  }

  ExitStatus run(String line) {
    return session.run(line).status();
  }

  /** Runs lines that must all succeed. */
  SimShell must(String... lines) {
    for (String line : lines) {
      if (run(line) != ExitStatus.DONE) {
        throw new AssertionError(line + "\n" + said());
      }
    }
    said();
    return this;
  }

  /** Everything said since this was asked last. */
  String said() {
    List<String> lines = log.shown().subList(heard, log.shown().size());
    String text = String.join("\n", lines);
    heard = log.shown().size();
    return text;
  }

  /** Every line of a script that was shown as it ran. */
  List<String> echoed() {
    return echoed;
  }

  /** From now on the kernel answers so to making or writing this. */
  void refuse(String path, Errno errno) {
    configfs.refuse(NvmetPath.parse(path), errno);
  }

  /** What is answered to the next questions that are not about agreeing; then none is. */
  SimShell answer(String... lines) {
    answers.addAll(List.of(lines));
    return this;
  }

  /** From now on texts are edited so. */
  SimShell editing(TextEditor with) {
    editor = Optional.of(with);
    return this;
  }

  /** The questions that were asked, each with what the answer began with. */
  List<String> asked() {
    return asked;
  }

  /** From now on the kernel answers by itself again. */
  void accept(String path) {
    configfs.accept(NvmetPath.parse(path));
  }

  /** Does something when so many lines of scripts have been shown. */
  void onEcho(int count, Runnable action) {
    echoAction = action;
    echoCount = count;
  }

  /** Whenever somebody is asked for a line, this happens before there is an answer. */
  void onAsk(Runnable action) {
    askAction = action;
  }

  /** Somebody else at work on the same target. */
  Session beside() {
    return new Session(
        target, Commands.roster(), session.settings(), log, session.origin(), safekeeping);
  }

  String value(String path) {
    return tree().value(NvmetPath.parse(path)).orElse("not there");
  }

  TargetTree tree() {
    return new LiveTree(target.configfs(), target.flavor());
  }

  /** What was written last into each attribute, just as it was written. */
  Map<NvmetPath, String> written() {
    return configfs.written();
  }

  /** All that was configured, one line each; without what a kernel makes up by itself. */
  String state() {
    StringBuilder text = new StringBuilder();
    describe(tree(), NvmetPath.ROOT, text);
    return text.toString();
  }

  private static void describe(TargetTree tree, NvmetPath path, StringBuilder text) {
    for (String name : tree.attributes(path)) {
      Attribute row = new Change.SetAttribute(path.child(name), "").row();
      if (row.initial().known() || !row.since().covers(tree.flavor())) {
        text.append(path.child(name)).append('=').append(tree.value(path, name, "?")).append('\n');
      }
    }
    for (TargetTree.Link link : tree.links(path)) {
      text.append(path.child(link.name())).append(" -> ").append(link.target()).append('\n');
    }
    for (String name : tree.directories(path)) {
      text.append(path.child(name)).append("/\n");
      describe(tree, path.child(name), text);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file of the administrator's. */
  SimShell with(String name, String text) {
    try {
      Files.writeString(file(name), text);
      Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private final class Someone implements Output {
    @Override
    public void echo(String source, int number, String line) {
      echoed.add(source + ":" + number + ": " + line);
      if (echoed.size() == echoCount) {
        echoAction.run();
      }
    }

    @Override
    public void show(Document document) {}

    @Override
    public void note(String text) {}

    @Override
    public void finding(Finding finding) {}

    @Override
    public void operation(String text, Optional<String> cuts, boolean done) {}

    @Override
    public void problem(Problem problem) {}

    @Override
    public void bug(Throwable bug) {
      throw new AssertionError(bug);
    }

    @Override
    public boolean confirm(String question, String expected) {
      return answer.isPresent();
    }

    @Override
    public Optional<String> secret(String question) {
      return answer;
    }

    @Override
    public boolean isAttended() {
      return !answers.isEmpty();
    }

    @Override
    public Optional<String> ask(String question, String begun) {
      asked.add(begun.isEmpty() ? question : question + begun);
      askAction.run();
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> ask(Question question) {
      return ask(question.prompt(), "").filter(text -> !text.equals(DECLINED));
    }

    @Override
    public Optional<TextEditor> editor() {
      return editor;
    }

    @Override
    public void asJson() {}

    @Override
    public void lineEnds(ExitStatus status) {}
  }
}
