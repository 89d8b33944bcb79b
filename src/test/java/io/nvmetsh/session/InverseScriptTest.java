package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.RandomTarget;
import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Transition;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A script and then its inverse: everything is as it was. */
class InverseScriptTest {

  private static final int SCRIPTS = Integer.getInteger("nvmetsh.pairs", 40);

  @TempDir Path folder;

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("docs/examples").toAbsolutePath())) {
      return files.filter(file -> file.toString().endsWith(".nvmetsh")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void ofAnExample(Path example) {
    SimShell shell = SimShell.of("ofed-4.1", folder);
    shell.must("modules load nvme num_p2p_queues=1", "modules load nvmet-rdma");
    String before = shell.state();
    shell.must("replay " + example);
    assertEquals(ExitStatus.PARTIAL, shell.run("script inverse -o i " + example));
    shell.must("replay --yes i");
    assertEquals(before, shell.state());
  }

  /** The rest of a script that makes a random target, over what its beginning made. */
  @ParameterizedTest
  @ValueSource(strings = {"ofed-4.1", "ofed-4.6", "ofed-25.10", "5.10", "6.1", "6.12", "7.3"})
  void ofAnyScript(String profile) {
    int whole = 0;
    for (int seed = 0; seed < SCRIPTS; seed++) {
      whole += isTakenBack(profile, seed) ? 1 : 0;
    }
    assertTrue(whole > SCRIPTS / 4, whole + " of " + SCRIPTS);
  }

  private boolean isTakenBack(String profile, int seed) {
    List<String> lines = lines(RandomTarget.snapshot(RandomTarget.of(profile, seed)));
    Random random = new Random(seed);
    int split = random.nextBoolean() ? 0 : random.nextInt(lines.size() + 1);
    SimShell shell = SimShell.of(profile, folder);
    for (String module : List.of("nvmet-rdma", "nvmet-tcp", "nvme-loop")) {
      shell.run("modules load " + module);
    }
    shell.with("a", String.join("\n", lines.subList(0, split)) + "\n");
    shell.with("b", String.join("\n", lines.subList(split, lines.size())) + "\n");
    if (shell.run("replay --yes a") != ExitStatus.DONE) {
      return false; // a state that our checks refuse to make
    }
    String before = shell.state();
    shell.said();
    if (shell.run("replay --yes b") != ExitStatus.DONE) {

      return false;
    }
    ExitStatus status = shell.run("script inverse b -o i --force");
    String title = profile + ", seed " + seed + "\n" + shell.text("b");
    assertTrue(
        status == ExitStatus.DONE || status == ExitStatus.PARTIAL, () -> title + shell.said());
    shell.said();
    assertEquals(
        ExitStatus.DONE,
        shell.run("replay --yes i"),
        () -> title + "---\n" + shell.text("i") + shell.said());
    if (status == ExitStatus.DONE) {
      assertEquals(before, shell.state(), () -> title + "---\n" + shell.text("i"));
    }
    return status == ExitStatus.DONE && split < lines.size();
  }

  private static List<String> lines(Snapshot tree) {
    List<Change> changes = new ArrayList<>(Transition.of(new Snapshot(tree.flavor()), tree));
    changes.removeIf(
        change ->
            change instanceof Change.SetAttribute set
                && (set.isSecret() || set.path().parent().isRoot()));
    // random targets export a device twice, which takes --force
    return ChangeLines.of(changes).stream()
        .map(line -> line.text() + (ChangeLines.takesForce(line) ? " --force" : ""))
        .toList();
  }

  private SimShell inverse(ExitStatus status, String script) {
    SimShell shell = SimShell.of("6.12", folder).with("s", script);
    assertEquals(status, shell.run("script inverse s -o i"), shell::said);
    return shell;
  }

  @Test
  void whatIsNotUsedAnyMoreNeedsNoParameter() {
    SimShell shell =
        inverse(
            ExitStatus.DONE,
            """
            param nqn
            param dev /dev/nvme0n1
            create /subsystems/${nqn}/namespaces/1 -p device_path=${dev}
            enable /subsystems/${nqn}/namespaces/1
            create /ports/1 addr_trtype=tcp
            link ${nqn} /ports/1
            """);
    assertEquals(
        """
        # nvmetsh script 1
        # reason: takes back s
        param nqn
        unlink /ports/1/subsystems/${nqn}
        delete /ports/1
        delete /subsystems/${nqn}/namespaces/1
        delete /subsystems/${nqn}
        """,
        shell.text("i"));
  }

  @Test
  void whatCannotBeToldIsNamed() {
    SimShell shell =
        inverse(
            ExitStatus.PARTIAL,
            """
            unlink old /ports/1
            set /ports/1 addr_traddr=10.9.1.1
            delete /hosts/h
            enable /subsystems/old/namespaces/1
            create /subsystems/old/namespaces/2
            link new /ports/1
            """);
    assertEquals(
        """
        # nvmetsh script 1
        # reason: takes back s
        # not taken back: /ports/1/addr_traddr is set, and what it was is not known
        # not taken back: /hosts/h is removed, and what it was is not known
        unlink /ports/1/subsystems/new
        disable /subsystems/old/namespaces/1
        delete /subsystems/old/namespaces/2
        link /subsystems/old /ports/1
        """,
        shell.text("i"));
    assertTrue(shell.said().contains("not taken back: /hosts/h is removed"), "");
  }
}
