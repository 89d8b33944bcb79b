package io.nvmetsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.TestShell;
import io.nvmetsh.TestShell.Said;
import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script that was rehearsed and then run, and what both came to. */
final class Rehearsed {

  private static final Pattern ANSWER = Pattern.compile("answers (E[A-Z]+)");

  /**
   * How a script ended.
   *
   * @param line the first that failed; 0 when none did
   * @param errno the kernel's, be it answered or foretold by a check; empty for neither
   * @param refused how often the kernel itself said no, also in lines that may fail
   */
  record End(ExitStatus status, int line, String errno, int refused) {

    static End of(Said said) {
      int refused = 0;
      for (Problem problem : said.problems()) {
        refused += problem.kind() == Problem.Kind.REFUSED ? 1 : 0;
      }
      if (said.status() == ExitStatus.DONE) {
        return new End(said.status(), 0, "", refused);
      }
      Problem problem = said.problems().get(said.problems().size() - 1);
      Matcher foretold = ANSWER.matcher(problem.message());
      String errno = detail(problem, "errno");
      return new End(
          said.status(),
          Integer.parseInt("0" + detail(problem, "line")),
          !errno.isEmpty() ? errno : foretold.find() ? foretold.group(1) : "",
          refused);
    }
  }

  private Rehearsed() {}

  /** Rehearses and runs; the end, which must be the same, and the target untouched in between. */
  static End twice(TestShell shell, Path folder, String script, String options) {
    Path file = folder.resolve("s.nvmetsh");
    try {
      Files.writeString(file, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> before = tree(shell.target().configfs());
    String modules = shell.target().sys().read("/proc/modules").orElse("");
    Said rehearsal = shell.type("replay --dry-run " + options + " " + file);
    assertEquals(before, tree(shell.target().configfs()), "the target was changed");
    assertEquals(modules, shell.target().sys().read("/proc/modules").orElse(""));
    Said run = shell.type("replay " + options + " " + file);
    String story = script + "\n" + rehearsal.problems() + "\n" + run.problems();
    assertEquals(End.of(run), End.of(rehearsal), story);
    assertEquals(run.text(), rehearsal.text(), story);
    assertEquals(run.rules(), rehearsal.rules(), story);
    // of lines that may fail as well
    List<String> foretold = new ArrayList<>();
    for (Problem problem : run.problems()) {
      // what is found before the first line is found by both alike
      boolean unbegun = problem.hints().contains("nothing was done");
      foretold.add((unbegun ? "" : "would fail at ") + problem.message());
    }
    assertEquals(foretold, rehearsal.problems().stream().map(Problem::message).toList(), story);
    return End.of(run);
  }

  static String detail(Problem problem, String key) {
    return problem.about().stream()
        .filter(detail -> detail.key().equals(key))
        .map(Problem.Detail::value)
        .findFirst()
        .orElse("");
  }

  /** Every value and link, what the kernel made up included. */
  static Map<String, String> tree(Configfs configfs) {
    Map<String, String> tree = new TreeMap<>();
    try {
      walk(configfs, NvmetPath.ROOT, tree);
    } catch (Refusal e) {
      throw new AssertionError(e);
    }
    return tree;
  }

  private static void walk(Configfs configfs, NvmetPath directory, Map<String, String> tree)
      throws Refusal {
    for (Configfs.Entry entry : configfs.list(directory)) {
      NvmetPath path = directory.child(entry.name());
      String there =
          switch (entry.type()) {
            case DIRECTORY -> "directory";
            case LINK -> configfs.readlink(path).toString();
            case ATTRIBUTE -> value(configfs, path);
          };
      tree.put(path.toString(), there);
      if (entry.type() == Configfs.EntryType.DIRECTORY) {
        walk(configfs, path, tree);
      }
    }
  }

  private static String value(Configfs configfs, NvmetPath attribute) {
    try {
      return configfs.read(attribute);
    } catch (Refusal e) {
      return e.errno().name();
    }
  }
}
