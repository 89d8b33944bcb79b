package io.nvmetsh.command;

import io.nvmetsh.TestShell;
import java.util.ArrayList;
import java.util.List;

/** Presses Tab behind a line, in a shell on a simulated machine. */
final class Tab {

  private final TestShell shell;

  Tab(TestShell shell) {
    this.shell = shell;
  }

  /** A target as the vendor's page sets it up, half of a second one, and a host. */
  static Tab onTarget() {
    return new Tab(
        TestShell.on("ofed-4.1")
            .has(
                "create /subsystems/testsubsystem attr_allow_any_host=1",
                "create /subsystems/testsubsystem/namespaces/1 device_path=/dev/nvme0n1",
                "enable /subsystems/testsubsystem/namespaces/1",
                "create /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1"
                    + " addr_trsvcid=4420",
                "link testsubsystem /ports/1",
                "create /subsystems/nqn.2024-01.io.example:b",
                "create /subsystems/nqn.2024-01.io.example:b/namespaces/1",
                "create /hosts/nqn.2014-08.org.example:h1",
                "create /ports/2"));
  }

  Tab has(String... lines) {
    shell.has(lines);
    return this;
  }

  TestShell shell() {
    return shell;
  }

  List<Candidate> candidates(String line) {
    return LineCompletion.candidates(shell.session().context(), line);
  }

  /** The words that are offered; those that go on end in dots. */
  List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (Candidate candidate : candidates(line)) {
      words.add(candidate.value() + (candidate.more() ? "..." : ""));
    }
    return words;
  }

  /** What stands beside a word that is offered. */
  String beside(String line, String word) {
    for (Candidate candidate : candidates(line)) {
      if (candidate.value().equals(word)) {
        return candidate.description();
      }
    }
    throw new AssertionError(word + " is not among " + words(line) + " behind: " + line);
  }
}
