package io.nvmetsh.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What came of a run of the program.
 *
 * @param data standard output
 * @param talk standard error
 */
record Program(int status, String data, String talk) {

  /** Runs it in this process: everything but what only a process has. */
  static Program run(String... words) {
    StringWriter data = new StringWriter();
    StringWriter talk = new StringWriter();
    int status = NvmetshApplication.run(words, new PrintWriter(data), new PrintWriter(talk));
    return new Program(status, data.toString(), talk.toString());
  }

  /** Runs it in a process of its own, with this on standard input. */
  static Program process(Map<String, String> environment, String input, String... words)
      throws IOException, InterruptedException {
    return process(environment, input, command(System.getProperty("java.class.path"), words));
  }

  static Program process(Map<String, String> environment, String input, List<String> command)
      throws IOException, InterruptedException {
    Path data = Files.createTempFile("nvmetsh", ".out");
    Path talk = Files.createTempFile("nvmetsh", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(data.toFile()).redirectError(talk.toFile());
      builder.environment().keySet().removeAll(List.of("NO_COLOR", "COLUMNS"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command);
      }
      return new Program(process.exitValue(), Files.readString(data), Files.readString(talk));
    } finally {
      Files.delete(data);
      Files.delete(talk);
    }
  }

  /** The words that start it. */
  static List<String> command(String classPath, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath));
    command.add(NvmetshApplication.class.getName());
    command.addAll(List.of(words));
    return command;
  }
}
