package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nvmetsh.TestShell;
import io.nvmetsh.kernel.KernelLog;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The transcripts {@code refusals-*} are the list of what the kernel refuses, each with its cause;
 * this holds that the list leaves nothing out that a real kernel refused in a trace.
 */
class RefusalTranscriptsTest {

  private static final Path RESOURCES = Path.of("src/test/resources");

  /** What the shell does not let come to the kernel, so that no transcript can show it. */
  private static final Set<String> NEVER_SENT =
      Set.of(
          // a line break in place of nothing is written
          "write EFAULT",
          // what is not there is not looked for in the kernel
          "rmdir ENOENT",
          "unlink ENOENT",
          "symlink ENOENT",
          // a second spelling of a number, and the directory that only another tool makes
          "mkdir NAMESPACE ENOMEM",
          // attributes are not links
          "unlink EPERM",
          // link takes a port or a subsystem to link into
          "symlink EPERM",
          // an interface with an address of its own and without an RDMA device
          "symlink ENODEV",
          // a socket behind a namespace, which no line of a transcript can make
          "write NAMESPACE ENXIO",
          // directories are neither written nor taken for links
          "write ALLOWED_HOSTS EISDIR",
          "write NAMESPACES EISDIR",
          "write PORT_SUBSYSTEMS EISDIR",
          "write PORT EISDIR",
          "write PORTS EISDIR",
          "write SUBSYSTEMS EISDIR",
          "rmdir NAMESPACE ENOTDIR",
          "write SUBSYSTEM EISDIR",
          "unlink EISDIR",
          // nothing is below an attribute, and none is removed
          "rmdir PORT ENOTDIR",
          "rmdir SUBSYSTEM ENOTDIR",
          "mkdir STRANGER ENOTDIR",
          "write STRANGER ENOTDIR",
          "unlink STRANGER ENOTDIR");

  /** An answer of the kernel: to what, about what kind of object, with which errno. */
  private record Answer(String operation, String object, String errno) {
    static Answer of(String operation, String path, String errno) {
      NvmetPath at = NvmetPath.parse(path);
      NvmetPath of = operation.equals("write") || at.kind().isEmpty() ? at.parent() : at;
      return new Answer(operation, of.kind().map(NodeKind::name).orElse("STRANGER"), errno);
    }

    boolean isNeverSent() {
      return NEVER_SENT.contains(operation + " " + errno)
          || NEVER_SENT.contains(operation + " " + object + " " + errno);
    }
  }

  private static List<Path> files(String folder, String start, String end) throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .filter(file -> file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files("transcripts", "refusals-", ".nvmetsh")) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  /** Of "#> error: write "x" to /ports/1/addr_trtype: the kernel answers EINVAL (...)" the path. */
  private static String path(String line) {
    String operation = line.substring("#> error: ".length(), line.indexOf(": the kernel answers "));
    int arrow = operation.indexOf(" -> ");
    String left = arrow < 0 ? operation : operation.substring(0, arrow);
    int to = left.lastIndexOf(" to /");
    return left.substring(to >= 0 ? to + 4 : left.indexOf(' ') + 1);
  }

  private static Set<Answer> explained() throws IOException {
    Set<Answer> answers = new HashSet<>();
    for (String line : lines()) {
      int at = line.indexOf(": the kernel answers ");
      if (at >= 0 && !line.contains("modprobe")) {
        String operation = line.split(" ", 4)[2];
        String errno = line.substring(at).split(" ", -1)[4];
        answers.add(Answer.of(operation, path(line), errno));
      }
    }
    return answers;
  }

  private static Set<Answer> traced() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Set<Answer> answers = new HashSet<>();
    for (Path file : files("traces", "", ".jsonl.gz")) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        reader.readLine();
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          JsonNode line = json.readTree(text);
          String operation = line.get("op").asText();
          if (line.has("errno") && !line.get("errno").asText().isEmpty()) {
            String path = "/" + line.get("path").asText();
            answers.add(Answer.of(operation, path, line.get("errno").asText()));
          }
        }
      }
    }
    Set<String> ofOthers = Set.of("read", "connect");
    answers.removeIf(answer -> ofOthers.contains(answer.operation()));
    return answers;
  }

  @Test
  void everyErrnoOfTheTracesIsExplained() throws IOException {
    Set<Answer> explained = explained();
    Set<String> missing = new TreeSet<>();
    for (Answer answer : traced()) {
      // what the kernel says to one kind of object it says to all where configfs answers for it
      boolean known =
          explained.contains(answer)
              || explained.stream()
                  .anyMatch(
                      each ->
                          (each.operation().equals(answer.operation())
                                  // whatever is to be done with it, a name is looked up first
                                  || each.errno().equals("ENAMETOOLONG"))
                              && each.errno().equals(answer.errno())
                              && Set.of("EPERM", "EEXIST", "ENOENT", "ENOTDIR", "ENAMETOOLONG")
                                  .contains(each.errno()));
      if (!known && !answer.isNeverSent()) {
        missing.add(answer.toString());
      }
    }
    assertEquals(Set.of(), missing);
  }

  /** By its cause and the attribute or kind of object it is about. */
  @Test
  void thereAreManyDistinctOnes() throws IOException {
    Set<String> causes = new HashSet<>();
    Set<String> distinct = new HashSet<>();
    Answer answer = new Answer("", "", "");
    for (String line : lines()) {
      int at = line.indexOf(": the kernel answers ");
      if (at >= 0) {
        answer = Answer.of(line.split(" ", 4)[2], path(line), line.substring(at).split(" ", -1)[4]);
      } else if (line.startsWith("#>   likely cause:  ")) {
        String function = line.substring(line.lastIndexOf('('));
        causes.add(function);
        distinct.add(answer + function);
      }
    }
    assertTrue(distinct.size() >= 40, distinct.size() + " distinct refusals");
    assertTrue(causes.size() >= 30, causes.size() + " functions of the kernel");
  }

  @Test
  void thatTheLogCannotBeReadIsSaidOnce() {
    TestShell shell = TestShell.on("6.1", KernelLog.State.NOT_PERMITTED);
    assertEquals(
        List.of("the kernel log may not be read (/dev/kmsg; root only)"),
        shell.type("create /ports/65536 --force").notes());
    assertEquals(List.of(), shell.type("create /ports/65536 --force").notes());
    TestShell silent = TestShell.on("6.1");
    assertEquals(List.of(), silent.type("create /ports/65536 --force").notes());
  }

  @Test
  void eachSaysOneCauseAndWhatToType() throws IOException {
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("#> error: ")) {
        int next = i + 1;
        while (lines.get(next).startsWith("#>   kernel log:  ")) {
          next++;
        }
        assertTrue(lines.get(next).startsWith("#>   likely cause:  "), lines.get(i));
        assertTrue(lines.get(next + 1).contains(":  "), lines.get(i));
      }
    }
  }
}
