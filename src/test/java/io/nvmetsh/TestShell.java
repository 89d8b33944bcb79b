package io.nvmetsh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.command.Commands;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Layout;
import io.nvmetsh.command.Question;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.MachineDump;
import io.nvmetsh.journal.MemoryStore;
import io.nvmetsh.journal.Store;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.KernelLog;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.session.Origin;
import io.nvmetsh.session.Output;
import io.nvmetsh.session.Safekeeping;
import io.nvmetsh.session.Session;
import io.nvmetsh.session.Settings;
import io.nvmetsh.session.TextEditor;
import io.nvmetsh.tree.LiveTree;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A shell on a simulated kernel, for tests that type lines: the whole way from the words to the
 * kernel, with what the line said kept for the test to look at.
 */
public final class TestShell {

  private final Operations operations;
  private final Target target;
  private final Session session;
  private final Kept kept = new Kept();
  private final Store store;

  private TestShell(Target simulated, Path directory) {
    this(simulated, directory, Optional.empty());
  }

  private TestShell(Target simulated, Path directory, Optional<String> yesName) {
    this(simulated, directory, yesName, new MemoryStore());
  }

  private TestShell(Target simulated, Path directory, Optional<String> yesName, Store store) {
    this(simulated, directory, yesName, store, false);
  }

  private TestShell(
      Target simulated, Path directory, Optional<String> yesName, Store store, boolean readOnly) {
    this.store = store;
    this.operations = new Operations(simulated.configfs());
    this.target =
        new Target(
            operations,
            simulated.sys(),
            simulated.modules(),
            simulated.log(),
            simulated.flavor(),
            simulated.label(),
            true,
            simulated.hazards());
    Settings settings = new Settings(false, readOnly, true, yesName, false, directory);
    this.session =
        new Session(
            target,
            Commands.roster(),
            settings,
            kept,
            Origin.ofThisProcess(),
            // a test ends before any time to confirm does
            new Safekeeping(store, (transaction, time) -> {}));
  }

  /** Another shell on the same target: another administrator's. */
  public TestShell beside() {
    return new TestShell(target, Path.of("").toAbsolutePath(), Optional.of("stor1"), store);
  }

  /** Another shell on the same target, which changes nothing. */
  public TestShell besideReadOnly() {
    return new TestShell(target, Path.of("").toAbsolutePath(), Optional.empty(), store, true);
  }

  /** A target whose past is kept in a store. */
  public static TestShell keeping(Store store, Path directory, String profile) {
    Target target = simulated(profile, DumpSysTree.defaultMachine());
    return new TestShell(target, directory, Optional.of("stor1"), store);
  }

  /** The default machine with that kernel. */
  public static TestShell on(String profile) {
    return in(Path.of("").toAbsolutePath(), profile);
  }

  /**
   * Another machine with that kernel.
   *
   * @param machine the text of a dump
   */
  public static TestShell on(String profile, String machine) {
    return new TestShell(
        simulated(profile, DumpSysTree.parse("test", machine)), Path.of("").toAbsolutePath());
  }

  /** A dumped machine with the kernel that it ran. */
  public static TestShell ofMachine(String machine) {
    DumpSysTree dump = DumpSysTree.parse("test", machine);
    return new TestShell(
        SimTarget.start(SimProfile.of(dump), dump, OptionalLong.of(1)).target(),
        Path.of("").toAbsolutePath());
  }

  /** One whose kernel may be sent what crashes it. */
  public static TestShell daring(String profile, String machine) {
    DumpSysTree dump = DumpSysTree.parse("test", machine);
    return new TestShell(
        SimTarget.start(SimProfile.named(profile), dump, OptionalLong.of(1))
            .target(true, List.of()),
        Path.of("").toAbsolutePath());
  }

  /** The default machine with that kernel, and files in that directory. */
  public static TestShell in(Path directory, String profile) {
    return new TestShell(simulated(profile, DumpSysTree.defaultMachine()), directory);
  }

  /** Another machine with that kernel, and files in that directory. */
  public static TestShell in(Path directory, String profile, String machine) {
    return new TestShell(simulated(profile, DumpSysTree.parse("test", machine)), directory);
  }

  /** That target on the default machine, all of which may be removed, and files in a directory. */
  public static TestShell of(Path directory, Target target) {
    return new TestShell(target, directory, Optional.of("stor1"));
  }

  /** The default machine with that kernel, whose log is in that state. */
  public static TestShell on(String profile, KernelLog.State state) {
    KernelLog log =
        new KernelLog() {
          @Override
          public State state() {
            return state;
          }

          @Override
          public List<String> lines() {
            return List.of();
          }
        };
    Target kernel = simulated(profile, DumpSysTree.defaultMachine());
    Target target =
        new Target(
            kernel.configfs(),
            kernel.sys(),
            kernel.modules(),
            log,
            kernel.flavor(),
            kernel.label(),
            true,
            false);
    return new TestShell(target, Path.of("").toAbsolutePath());
  }

  private static Target simulated(String profile, DumpSysTree machine) {
    return SimTarget.start(SimProfile.named(profile), machine, OptionalLong.of(1)).target();
  }

  /** The text of the default machine, to make another one of it. */
  public static String defaultMachine() {
    return MachineDump.of(DumpSysTree.defaultMachine());
  }

  /** What a line came to. */
  public record Said(
      ExitStatus status,
      List<Finding> findings,
      List<Document> documents,
      List<String> notes,
      List<String> operations,
      List<Problem> problems) {

    public List<String> rules() {
      return findings.stream().map(Finding::rule).toList();
    }

    public Finding finding(String rule) {
      return findings.stream()
          .filter(each -> each.rule().equals(rule))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + rule + " in " + this));
    }

    public Problem problem() {
      assertEquals(1, problems.size(), toString());
      return problems.get(0);
    }

    /** What was shown, as a recording keeps it. */
    public String text() {
      return documents.stream()
          .flatMap(document -> Layout.recorded().lines(document).stream())
          .map(Layout.Line::text)
          .collect(Collectors.joining("\n"));
    }
  }

  /** Types a line. */
  public Said type(String line) {
    kept.clear();
    operations.entries = 0;
    ExitStatus status = session.run(line).status();
    return new Said(
        status,
        List.copyOf(kept.findings),
        List.copyOf(kept.documents),
        List.copyOf(kept.notes),
        List.copyOf(kept.operations),
        List.copyOf(kept.problems));
  }

  /** Types lines that must succeed. */
  public TestShell has(String... lines) {
    for (String line : lines) {
      Said said = type(line);
      assertEquals(ExitStatus.DONE, said.status(), line + ": " + said.problems());
    }
    return this;
  }

  /** Types a line that must be refused before the kernel sees it. */
  public Problem refuses(String line) {
    Said said = type(line);
    assertEquals(1, said.problems().size(), line + " is not refused");
    assertTrue(said.problem().kind() != Problem.Kind.REFUSED, "the kernel: " + said.problem());
    return said.problem();
  }

  public TargetTree tree() {
    return new LiveTree(target.configfs(), target.flavor());
  }

  public Inventory inventory() {
    return new Inventory(target.sys());
  }

  public Target target() {
    return target;
  }

  public Session session() {
    return session;
  }

  /** How many attributes, links and entries of directories the last line read or wrote. */
  public int operations() {
    return operations.entries;
  }

  /** Counts what is asked of a kernel. */
  private static final class Operations implements Configfs {

    private final Configfs kernel;
    private int entries;

    Operations(Configfs kernel) {
      this.kernel = kernel;
    }

    @Override
    public List<Entry> list(NvmetPath directory) throws Refusal {
      List<Entry> listed = kernel.list(directory);
      entries += listed.size();
      return listed;
    }

    @Override
    public List<String> glance(NvmetPath directory, int most) throws Refusal {
      entries++;
      return kernel.glance(directory, most);
    }

    @Override
    public String read(NvmetPath attribute) throws Refusal {
      entries++;
      return kernel.read(attribute);
    }

    @Override
    public void write(NvmetPath attribute, String value) throws Refusal {
      entries++;
      kernel.write(attribute, value);
    }

    @Override
    public void mkdir(NvmetPath directory) throws Refusal {
      entries++;
      kernel.mkdir(directory);
    }

    @Override
    public void rmdir(NvmetPath directory) throws Refusal {
      entries++;
      kernel.rmdir(directory);
    }

    @Override
    public void symlink(NvmetPath link, NvmetPath target) throws Refusal {
      entries++;
      kernel.symlink(link, target);
    }

    @Override
    public NvmetPath readlink(NvmetPath link) throws Refusal {
      entries++;
      return kernel.readlink(link);
    }

    @Override
    public void unlink(NvmetPath link) throws Refusal {
      entries++;
      kernel.unlink(link);
    }
  }

  private static final class Kept implements Output {

    private final List<Finding> findings = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> operations = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    void clear() {
      findings.clear();
      documents.clear();
      notes.clear();
      operations.clear();
      problems.clear();
    }

    @Override
    public void echo(String source, int number, String line) {}

    @Override
    public void show(Document document) {
      documents.add(document);
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }

    @Override
    public void finding(Finding finding) {
      findings.add(finding);
    }

    @Override
    public void operation(String text, Optional<String> cuts, boolean done) {
      operations.add(text);
    }

    @Override
    public void problem(Problem problem) {
      problems.add(problem);
    }

    @Override
    public void bug(Throwable bug) {
      throw new AssertionError("a bug", bug);
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

    /** Looks at the text and leaves it as it is. */
    @Override
    public Optional<TextEditor> editor() {
      return Optional.of(file -> 0);
    }

    @Override
    public void asJson() {}

    @Override
    public void lineEnds(ExitStatus status) {}
  }
}
