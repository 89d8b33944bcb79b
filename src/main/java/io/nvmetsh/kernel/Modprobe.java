package io.nvmetsh.kernel;

import io.nvmetsh.device.OptionsText;
import io.nvmetsh.kernel.Refusal.Operation;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The running kernel's modules, through {@code modprobe}: it alone knows dependencies, aliases and
 * {@code /etc/modprobe.d}. Started by its absolute path and without a shell, so no name can become
 * a command.
 */
final class Modprobe implements Modules {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/sbin/modprobe"),
          Path.of("/usr/sbin/modprobe"),
          Path.of("/bin/modprobe"),
          Path.of("/usr/bin/modprobe"));

  private final List<Path> places;
  private final @Nullable Kmsg log;

  Modprobe(@Nullable Kmsg log) {
    this(PLACES, log);
  }

  Modprobe(List<Path> places, @Nullable Kmsg log) {
    this.places = places;
    this.log = log;
  }

  @Override
  public void load(String name, SortedMap<String, String> parameters) throws Refusal {
    List<String> words = new ArrayList<>(List.of("--", name));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (!isWord(parameter.getKey()) || !isValue(parameter.getValue())) {
        throw refusal(name, Errno.EINVAL, List.of());
      }
      words.add(parameter.getKey() + "=" + parameter.getValue());
    }
    run(name, words);
  }

  @Override
  public void unload(String name) throws Refusal {
    run(name, List.of("-r", "--", name));
  }

  @Override
  public void setOptions(String name, SortedMap<String, String> options) {
    OptionsFile.edit(text -> OptionsText.with(text, name, options));
  }

  @Override
  public void unsetOptions(String name, SortedSet<String> parameters) {
    OptionsFile.edit(text -> OptionsText.without(text, name, parameters));
  }

  private void run(String name, List<String> words) throws Refusal {
    if (!isWord(name)) {
      throw refusal(name, Errno.EINVAL, List.of());
    }
    List<String> command = new ArrayList<>();
    command.add(program(name).toString());
    command.addAll(words);
    long moment = System.nanoTime();
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.put("LC_ALL", "C");
      environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        List<String> lines = new ArrayList<>(output.lines().toList());
        lines.addAll(log == null ? List.of() : log.since(moment));
        throw refusal(name, errno(output), lines);
      }
    } catch (IOException e) {
      throw refusal(name, Errno.of(e), List.of(program(name) + ": " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal(name, Errno.EINTR, List.of());
    }
  }

  private Path program(String module) throws Refusal {
    for (Path place : places) {
      if (Files.isExecutable(place)) {
        return place;
      }
    }
    throw refusal(module, Errno.ENOENT, List.of("there is no program modprobe on this machine"));
  }

  /**
   * What modprobe said, as an errno: it prints strerror(3) after the last colon, or words of its
   * own.
   */
  private static Errno errno(String output) {
    String text = output.strip();
    if (text.endsWith("is in use.")
        || text.endsWith("is builtin.")
        || text.contains("is in use by")) {
      return Errno.EBUSY;
    } else if (text.contains(" not found in directory ") || text.contains(" is not in kernel")) {
      return Errno.ENOENT;
    }
    return Errno.ofWords(text.substring(text.lastIndexOf(": ") + 1).strip());
  }

  private static Refusal refusal(String name, Errno errno, List<String> lines) {
    return new Refusal(Operation.MODPROBE, NvmetPath.ROOT.child(name), errno, lines);
  }

  /** A name that modprobe cannot take for anything else. */
  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-'))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The kernel splits a module's parameters at blanks. */
  private static boolean isValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f || text.charAt(i) == '"') {
        return false;
      }
    }
    return true;
  }
}
