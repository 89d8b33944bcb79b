package io.nvmetsh.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A simulated target in a file, and a script that changes it sixty times; copies of it are for
 * things to go wrong with.
 */
final class SixtyChanges {

  /** What is there before. */
  private static final String BEFORE =
      """
      create /hosts/nqn.2014-08.org.example:old
      create /subsystems/old attr_model=Old
      create /subsystems/old/namespaces/1 device_path=/dev/nvme0n1
      enable /subsystems/old/namespaces/1
      link /hosts/nqn.2014-08.org.example:old /subsystems/old
      create /ports/1 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4420
      link /subsystems/old /ports/1
      """;

  /** Sixty changes of every kind, some to what was there before and some to what they made. */
  private static final String SCRIPT =
      """
      create /hosts/nqn.2014-08.org.example:h1
      create /hosts/nqn.2014-08.org.example:h2
      cd /subsystems
      create a attr_model=Model attr_cntlid_min=5
      create a/namespaces/1 device_path=/dev/nvme1n1
      enable a/namespaces/1
      link /hosts/nqn.2014-08.org.example:h1 a
      link /hosts/nqn.2014-08.org.example:h2 a
      replay inner.nvmetsh
      create b attr_allow_any_host=1
      create b/namespaces/7 device_path=/dev/nvme2n1 ana_grpid=2 --force
      enable b/namespaces/7
      cd /ports
      create 2 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.1.1 addr_trsvcid=4421
      create 2/ana_groups/2 ana_state=inaccessible
      create 2/referrals/r addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.2.1 addr_trsvcid=4420
      enable 2/referrals/r
      link a 2
      link b 2
      unlink /ports/1/subsystems/old --yes
      set 1 addr_traddr=10.9.2.1
      link old 1
      disable /subsystems/old/namespaces/1 --yes
      set /subsystems/old/namespaces/1 device_uuid=11111111-2222-3333-4444-555555555555
      enable /subsystems/old/namespaces/1
      unlink /ports/2/subsystems/b --yes
      delete -r /subsystems/b --yes
      unlink /subsystems/old/allowed_hosts/nqn.2014-08.org.example:old --yes
      delete /hosts/nqn.2014-08.org.example:old
      create /subsystems/c attr_serial=abcdef attr_model=C
      create /subsystems/c/namespaces/3
      create /ports/3 addr_trtype=tcp addr_adrfam=ipv4 addr_traddr=10.9.3.1 addr_trsvcid=4420
      link /subsystems/c /ports/3
      create /ports/3/ana_groups/4
      create /hosts/nqn.2014-08.org.example:h3
      set /subsystems/c attr_firmware=1.0 attr_ieee_oui=0x5f5f5f
      """;

  private static final String INNER =
      """
      set /subsystems/a attr_cntlid_max=100 attr_serial=0123456789
      create /subsystems/a/namespaces/2
      delete /subsystems/a/namespaces/2
      """;

  static final int COUNT = 60;

  private final Path folder;

  SixtyChanges(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("before.nvmetsh"), BEFORE);
    Files.writeString(folder.resolve("script.nvmetsh"), SCRIPT);
    Path inner = folder.resolve("inner.nvmetsh");
    String elsewhere = SCRIPT.replace("inner.nvmetsh", inner.toString());
    Files.writeString(folder.resolve("from-elsewhere.nvmetsh"), elsewhere);
    Files.writeString(folder.resolve("inner.nvmetsh"), INNER);
    done(run("start", "--yes", "replay", folder + "/before.nvmetsh"));
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  List<String> journal(String name) throws IOException {
    Path journal = folder.resolve(name + ".d/journal/000002.open");
    if (!Files.exists(journal)) {
      journal = folder.resolve(name + ".d/journal/000002");
    }
    return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
  }

  void copy(String from, String to) throws IOException {
    delete(folder.resolve(to + ".d"));
    for (String name : List.of(from, "." + from + ".log")) {
      Path target = folder.resolve(name.replace(from, to));
      Files.deleteIfExists(target);
      if (Files.exists(folder.resolve(name))) {
        Files.copy(folder.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path past = folder.resolve(from + ".d");
    for (Path file : files(past)) {
      Path target = folder.resolve(to + ".d").resolve(past.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static void delete(Path past) throws IOException {
    for (Path file : files(past)) {
      Files.delete(file);
    }
  }

  private static List<Path> files(Path past) throws IOException {
    if (!Files.exists(past)) {
      return new ArrayList<>();
    }
    try (Stream<Path> files = Files.walk(past)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  String tree(String name) {
    Program shown = run(name, "tree", "/", "--json");
    Program saved = run(name, "save", folder.resolve("saved.json").toString(), "--force");
    done(shown);
    done(saved);
    try {
      return shown.data() + Files.readString(folder.resolve("saved.json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void done(Program program) {
    assertEquals(0, program.status(), program.talk());
  }

  Program run(String name, String... words) {
    return Program.run(words(name, words).toArray(String[]::new));
  }

  List<String> words(String name, String... words) {
    List<String> all = new ArrayList<>(List.of("--sim=7.3", "--sim-state"));
    all.add(folder.resolve(name).toString());
    all.addAll(List.of(words));
    return all;
  }
}
