package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of which the last one does something worth a warning or a refusal, and the roads on which
 * they can come: typed, from a script, on standard input, from a recording, and from a shell script
 * that was imported.
 *
 * @param id the rule or hazard
 * @param machine the text of a dump
 * @param before what was done earlier, by whatever road
 */
record Road(
    String title,
    String id,
    String profile,
    String machine,
    List<String> before,
    List<String> lines) {

  static final String S = "/subsystems/s";
  static final String NS1 = S + "/namespaces/1";
  static final String NS2 = S + "/namespaces/2";
  static final String NVMET = "/sys/kernel/config/nvmet";

  static Road on(String title, String id, String profile, String... lines) {
    return new Road(title, id, profile, TestShell.defaultMachine(), List.of(), List.of(lines));
  }

  static Road after(Road first, String... lines) {
    return new Road(
        first.title, first.id, first.profile, first.machine, first.lines, List.of(lines));
  }

  /** The seed's walk up to the link. */
  private static final String[] READY = {
    "modules load nvmet_rdma",
    "create " + S,
    "set " + S + " attr_allow_any_host=1",
    "create " + NS1,
    "set " + NS1 + " device_path=/dev/nvme0n1 pci_device_path=0000:85:00.0",
    "enable " + NS1,
    "create /ports/1",
    "set /ports/1 addr_trtype=rdma addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420",
  };

  static Road ready(String title, String rule, String... lines) {
    return after(on(title, rule, "ofed-4.1", READY), lines);
  }

  static Road machine(Road other, String... replacements) {
    String machine = other.machine;
    for (int i = 0; i < replacements.length; i += 2) {
      assertTrue(
          machine.contains(replacements[i]), "the default machine is another: " + replacements[i]);
      machine = machine.replace(replacements[i], replacements[i + 1]);
    }
    return new Road(other.title, other.id, other.profile, machine, other.before, other.lines);
  }

  TestShell shell() {
    return TestShell.on(profile, machine).has(before.toArray(String[]::new));
  }

  /** A shell whose simulated kernel may be sent what crashes it. */
  TestShell daring() {
    return TestShell.daring(profile, machine).has(before.toArray(String[]::new));
  }

  String last() {
    return lines.get(lines.size() - 1);
  }

  /** All but the last. */
  String[] first() {
    return lines.subList(0, lines.size() - 1).toArray(String[]::new);
  }

  private String text() {
    return String.join("\n", lines) + "\n";
  }

  Path script(Path folder) throws IOException {
    return Files.writeString(folder.resolve("s.nvmetsh"), text());
  }

  /** Hands them over on standard input. */
  Said piped(TestShell shell) {
    InputStream terminal = System.in;
    System.setIn(new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8)));
    try {
      return shell.type("replay --yes -");
    } finally {
      System.setIn(terminal);
    }
  }

  /** A recording of all but the last, which somebody wrote into it later. */
  Path recorded(Path folder) throws IOException {
    Path file = folder.resolve("recorded.nvmetsh");
    shell().has("record --force " + file).has(first()).has("record off");
    return Files.writeString(file, Files.readString(file) + last() + "\n");
  }

  /** A vendor's shell script of them, imported. */
  Path imported(TestShell shell, Path folder) throws IOException {
    List<String> commands = new ArrayList<>();
    lines.forEach(line -> add(line, commands));
    Path source = folder.resolve("s.sh");
    Files.writeString(source, "#!/bin/sh\n" + String.join("\n", commands) + "\n");
    Path script = folder.resolve("imported.nvmetsh");
    shell.has("script import " + source + " --force -o " + script);
    return script;
  }

  /** A line as vendor pages have it. */
  private static void add(String line, List<String> commands) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "create" -> commands.add("mkdir " + NVMET + words[1]);
      case "enable", "disable" ->
          commands.add(
              "echo " + (words[0].equals("enable") ? 1 : 0) + " > " + NVMET + words[1] + "/enable");
      case "link" -> {
        String name = "/subsystems/" + words[1];
        commands.add("ln -s " + NVMET + name + " " + NVMET + words[2] + name);
      }
      case "modules" ->
          commands.add("modprobe " + String.join(" ", List.of(words).subList(2, words.length)));
      case "set" -> {
        for (String assignment : List.of(words).subList(2, words.length)) {
          int equals = assignment.indexOf('=');
          commands.add(
              "echo -n \""
                  + assignment.substring(equals + 1)
                  + "\" > "
                  + NVMET
                  + words[1]
                  + "/"
                  + assignment.substring(0, equals));
        }
      }
      default -> throw new AssertionError("no shell for " + line);
    }
  }
}
