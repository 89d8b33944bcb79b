package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a program in modprobe's place that notes its arguments. */
class ModprobeTest {

  private final Path program;
  private final Path arguments;
  private final Path answer;

  ModprobeTest(@TempDir Path directory) throws IOException {
    program = directory.resolve("modprobe");
    arguments = directory.resolve("arguments");
    answer = directory.resolve("answer");
    Files.writeString(
        program,
        "#!/bin/sh\nfor a; do echo \"<$a>\"; done > '"
            + arguments
            + "'\n[ ! -f '"
            + answer
            + "' ] || { cat '"
            + answer
            + "' >&2; exit 1; }\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private Modprobe modprobe() {
    return new Modprobe(List.of(program.resolveSibling("not here"), program), null);
  }

  private static SortedMap<String, String> parameters(String... pairs) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.put(pairs[i], pairs[i + 1]);
    }
    return parameters;
  }

  @Test
  void passesNamesAndValuesAsTheyAre() throws Refusal, IOException {
    modprobe().load("nvmet-rdma", parameters("b", "0x1", "a", "$(reboot);*"));
    assertEquals(
        List.of("<-->", "<nvmet-rdma>", "<a=$(reboot);*>", "<b=0x1>"),
        Files.readAllLines(arguments));
    modprobe().unload("nvme");
    assertEquals(List.of("<-r>", "<-->", "<nvme>"), Files.readAllLines(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-r", "--remove", "../x", "a b", "a;b", "é"})
  void refusesWhatIsNoName(String name) {
    refused(Errno.EINVAL, () -> modprobe().load(name, parameters()));
    refused(Errno.EINVAL, () -> modprobe().unload(name));
    assertFalse(Files.exists(arguments));
  }

  /** The kernel would split them. */
  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\nb", "\"a\"", "a\tb", "é"})
  void refusesWhatIsNoValue(String value) {
    refused(Errno.EINVAL, () -> modprobe().load("nvme", parameters("p", value)));
    refused(Errno.EINVAL, () -> modprobe().load("nvme", parameters(value, "1")));
    assertFalse(Files.exists(arguments));
  }

  private static Refusal refused(Errno errno, org.junit.jupiter.api.function.Executable call) {
    Refusal refusal = assertThrows(Refusal.class, call);
    assertEquals(errno, refusal.errno());
    assertEquals(Refusal.Operation.MODPROBE, refusal.operation());
    return refusal;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EINVAL | modprobe: ERROR: could not insert 'nvmet_rdma': Invalid argument",
        "EBUSY  | modprobe: FATAL: Module nvme is in use.",
        "EBUSY  | rmmod: ERROR: Module nvmet is in use by: nvmet_rdma",
        "EBUSY  | modprobe: FATAL: Module nvme is builtin.",
        "ENOENT | modprobe: FATAL: Module nvmee not found in directory /lib/modules/6.1.0",
        "EPERM  | modprobe: ERROR: could not insert 'nvme': Operation not permitted",
        "UNKNOWN | modprobe: something else",
      })
  void understandsWhatModprobeSays(Errno errno, String text) throws IOException {
    Files.writeString(answer, text + "\n");
    Refusal refusal = refused(errno, () -> modprobe().load("nvmet_rdma", parameters()));
    assertEquals(List.of(text), refusal.log());
    assertEquals("modprobe /nvmet_rdma: " + errno.words(), refusal.getMessage());
  }

  @Test
  void saysThatThereIsNoModprobe() {
    Modprobe none = new Modprobe(List.of(program.resolveSibling("not here")), null);
    Refusal refusal = refused(Errno.ENOENT, () -> none.unload("nvme"));
    assertEquals(List.of("there is no program modprobe on this machine"), refusal.log());
  }
}
