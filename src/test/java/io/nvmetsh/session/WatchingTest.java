package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.Commands;
import io.nvmetsh.command.Document;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.Layout;
import io.nvmetsh.device.DumpSysTree;
import io.nvmetsh.kernel.sim.SimProfile;
import io.nvmetsh.kernel.sim.SimTarget;
import io.nvmetsh.kernel.sim.Visitors;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.Problem;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counters of offload, shown again and again while simulated hosts read and write. */
class WatchingTest {

  private static final String LINK = "/ports/1/subsystems/s";
  private static final long SECOND = 1_000_000_000L;

  private final List<List<String>> shown = new ArrayList<>();
  private int documents;

  /** Time passes when somebody waits, and then something happens. */
  private static final class Rests implements Watching.Pace {

    private final Map<Integer, Runnable> events = new TreeMap<>();
    private long now = -5 * SECOND;
    private int rests;
    private long late;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void rest(long nanos) {
      now += nanos + late;
      Runnable event = events.get(++rests);
      if (event != null) {
        event.run();
      }
    }
  }

  private final Rests pace = new Rests();
  private boolean interrupted;

  /** Its drives granted as many queues as two ports take. */
  private static SimTarget target(String profile) {
    String machine = TestShell.defaultMachine().replace("num_p2p_queues: 1", "num_p2p_queues: 2");
    return SimTarget.start(SimProfile.named(profile), DumpSysTree.parse("test", machine));
  }

  private static TestShell linked(SimTarget target) {
    return TestShell.of(Path.of("").toAbsolutePath(), target.target())
        .has(
            "modules load nvmet_rdma",
            "create /subsystems/s attr_allow_any_host=1 attr_offload=1",
            "create /subsystems/s/namespaces/1 device_path=/dev/nvme0n1 enable=1",
            "create /subsystems/plain",
            "create /subsystems/plain/namespaces/1 device_path=/dev/nvme1n1 enable=1",
            "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                + " addr_trsvcid=4420",
            "link s /ports/1");
  }

  /** Where what is shown is kept as lines; nothing else is to be said. */
  private Output output(Consumer<Document> show) {
    return (Output)
        Proxy.newProxyInstance(
            Output.class.getClassLoader(),
            new Class<?>[] {Output.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "show" -> show.accept((Document) arguments[0]);
                case "goesOn" -> documents++;
                default -> throw new AssertionError(method.getName());
              }
              return null;
            });
  }

  private void watch(TestShell shell, int width, String... words) {
    Effect effect =
        Commands.roster()
            .named("watch")
            .run(
                shell.session().context(),
                Arguments.bind(Commands.roster().named("watch").spec(), List.of(words)));
    Effect.Watch watch = (Effect.Watch) effect;
    Output output =
        output(
            document ->
                shown.add(
                    Layout.of(width, false).lines(document).stream()
                        .map(Layout.Line::text)
                        .toList()));
    new Watching(output, () -> shell.session().context(), pace)
        .run(watch, watch.count(), () -> interrupted);
  }

  private void has(int sample, String line) {
    List<String> lines = shown.get(sample);
    assertTrue(
        lines.stream().anyMatch(each -> each.strip().replaceAll(" +", " ").equals(line)),
        line + " is not in " + String.join("\n", lines));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.6", "ofed-5.0", "ofed-25.10"})
  void ratesAreByTheTimeThatPassed(String profile) {
    SimTarget target = target(profile);
    TestShell shell = linked(target);
    Visitors.connect(target, LINK);
    Visitors.serve(target, LINK, 7, 0);
    pace.events.put(1, () -> Visitors.serve(target, LINK, 50, 10));
    // the machine is busy: it takes half a second longer
    pace.late = SECOND / 2;
    watch(shell, 80, "2", "offload", "--count", "3");
    assertEquals(3, shown.size());
    assertEquals("the first time", shown.get(0).get(0));
    has(0, "read_cmds 7 -");
    assertEquals("2.5 s later", shown.get(1).get(0));
    has(1, "read_cmds 57 20.0");
    has(1, "write_cmds 10 4.0");
    has(1, "error_cmds 0 0");
    has(2, "read_cmds 57 0");
    assertEquals(2, documents, "the last one ends with the line");
    String all = shown.toString();
    assertTrue(all.contains("/subsystems/s/namespaces/1"), all);
    assertFalse(all.contains("plain"), "what does not ask for offload is not shown");
  }

  /** Each wait is cut short by as much as the last one was too long. */
  @Test
  void lateTimesDoNotAddUp() {
    TestShell shell = linked(target("ofed-25.10"));
    pace.late = SECOND / 4;
    watch(shell, 80, "2", "offload", "--count", "4");
    List<String> times = shown.stream().map(lines -> lines.get(0)).toList();
    assertEquals(List.of("the first time", "2.3 s later", "2.0 s later", "2.0 s later"), times);
  }

  @Test
  void whatIsNotCountedIsUnknown() {
    TestShell shell = linked(target("ofed-25.10")).has("unlink s /ports/1");
    pace.events.put(1, () -> shell.has("link s /ports/1"));
    watch(shell, 80, "1", "offload", "-n", "3");
    has(0, "read_cmds unknown -");
    has(0, "unknown_ns_cmds unknown -");
    has(1, "read_cmds 0 -");
    has(2, "read_cmds 0 0");
  }

  /** Hosts that leave take with them what was counted for them. */
  @Test
  void noRateIsBelowZero() {
    SimTarget target = target("ofed-25.10");
    TestShell shell = linked(target);
    Visitors.connect(target, LINK);
    Visitors.serve(target, LINK, 40, 0);
    pace.events.put(
        1,
        () -> {
          Visitors.leave(target, LINK);
          Visitors.connect(target, LINK);
          Visitors.serve(target, LINK, 2, 0);
        });
    watch(shell, 80, "1", "offload", "--count", "2");
    has(0, "read_cmds 40 -");
    has(1, "read_cmds 2 -");
    assertFalse(shown.toString().matches("(?s).* -[0-9].*"), shown.toString());
  }

  @Test
  void contextsAreThePorts() {
    SimTarget target = target("ofed-25.10");
    TestShell shell =
        linked(target)
            .has(
                "create /ports/2 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.2.1"
                    + " addr_trsvcid=4420",
                "link s /ports/2");
    Visitors.connect(target, LINK);
    Visitors.connect(target, "/ports/2/subsystems/s");
    Visitors.serve(target, "/ports/2/subsystems/s", 3, 0);
    watch(shell, 80, "1", "offload", "/ports/2", "--count", "1");
    String all = String.join("\n", shown.get(0));
    assertTrue(all.contains("offload_ctxs/1 on 10.9.2.1:4420"), all);
    assertFalse(all.contains("10.9.1.1"), all);
    has(0, "read_cmd 3 -");
  }

  @Test
  void itFitsAScreenOfFortyColumns() {
    SimTarget target = target("ofed-25.10");
    TestShell shell = linked(target);
    Visitors.connect(target, LINK);
    Visitors.serve(target, LINK, 123_456_789, 0);
    watch(shell, 40, "1", "offload", "--count", "1");
    for (String line : shown.get(0)) {
      // a path is there to be copied, and is never broken
      assertTrue(line.length() <= 40 || line.startsWith("/"), line);
    }
    has(0, "read_cmds 123456789 -");
  }

  @Test
  void onlyCountersAreRead() {
    TestShell shell = linked(target("ofed-25.10"));
    shell.has("watch 1 offload -n 1");
    int all = shell.operations();
    // 8 counters and one of the subsystem's, two switches, and the names that lead there
    assertTrue(all >= 9 && all <= 16, "it read " + all);
    shell.has("watch 1 offload /subsystems/s -n 1");
    int one = shell.operations();
    shell.has("create /hosts/a", "create /ports/7", "create /ports/8");
    shell.has("watch 1 offload -n 1");
    assertEquals(all, shell.operations());
    shell.has("watch 1 offload /subsystems/s -n 1");
    assertEquals(one, shell.operations());
  }

  @Test
  void ctrlCEndsIt() {
    TestShell shell = linked(target("ofed-25.10"));
    pace.events.put(2, () -> interrupted = true);
    watch(shell, 80, "3600", "offload");
    assertEquals(2, shown.size());
  }

  /** By the process's own clock, as a person does it. */
  @Test
  void ctrlCEndsItAtOnce() throws InterruptedException {
    TestShell shell = linked(target("ofed-25.10"));
    List<Said> said = new ArrayList<>();
    Thread line = new Thread(() -> said.add(shell.type("watch 3600 offload")));
    line.start();
    while (line.isAlive()) {
      shell.session().interrupt();
      line.join(50);
    }
    assertEquals(ExitStatus.DONE, said.get(0).status());
    assertEquals(List.of(), said.get(0).problems());
  }

  @Test
  void aDryRunLooksOnce() {
    Said said = linked(target("ofed-25.10")).type("watch 3600 offload --dry-run");
    assertEquals(ExitStatus.DONE, said.status());
    assertEquals(1, said.documents().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.12", "ofed-4.1"})
  void thereIsNothingToCountElsewhere(String profile) {
    Problem problem = TestShell.on(profile).type("watch 2 offload").problem();
    assertEquals(Problem.Kind.UNSUPPORTED, problem.kind());
    assertTrue(problem.message().contains("counts nothing of offload"), problem.message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch",
        "watch 2",
        "watch 0 offload",
        "watch x offload",
        "watch 2 ls --wide",
        "watch 2 cd /ports",
        "watch 2 create /ports/1",
        "watch 2 watch 2 ls",
        "watch 2 nothing",
        "watch 2 offload /subsystems/none",
        "watch 2 offload --count 0"
      })
  void whatMeansNothingIsRefused(String line) {
    assertEquals(ExitStatus.USAGE, TestShell.on("ofed-25.10").type(line).status());
  }

  @Test
  void whereNothingAsksItSaysSo() {
    String text = TestShell.on("ofed-25.10").type("watch 2 offload -n 1").text();
    assertEquals("the first time\n\nnothing here asks for offload and is counted", text);
  }

  @Test
  void aRecordingKeepsWhatDoesNotVary() {
    SimTarget target = target("ofed-25.10");
    TestShell shell = linked(target);
    String one = shell.type("watch 2 offload -n 1").text();
    Visitors.connect(target, LINK);
    Visitors.leave(target, LINK);
    assertEquals(one, shell.type("watch 2 offload -n 1").text());
    assertTrue(one.lines().collect(Collectors.joining()).contains("<varies>"), one);
  }

  @Test
  void theCountIsTheCommandsOwn() {
    Effect.Watch watch =
        (Effect.Watch)
            Commands.roster()
                .named("watch")
                .run(
                    linked(target("ofed-25.10")).session().context(),
                    Arguments.bind(
                        Commands.roster().named("watch").spec(), List.of("5", "offload")));
    assertEquals(OptionalInt.empty(), watch.count());
    assertEquals(5, watch.interval().toSeconds());
  }
}
