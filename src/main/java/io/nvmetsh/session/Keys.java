package io.nvmetsh.session;

import io.nvmetsh.config.SecretFile;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.DhchapKey;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.ValueType.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts keys where a line only says where they come from. A key that is made up is in its file
 * before the kernel has it, so that it is never the kernel's alone, and the file goes again when
 * the kernel does not get the key.
 */
final class Keys implements AutoCloseable {

  private final Session session;
  private final Session.Line line;
  private final boolean dryRun;
  private final Map<Change, Path> written = new LinkedHashMap<>();

  Keys(Session session, Session.Line line, boolean dryRun) {
    this.session = session;
    this.line = line;
    this.dryRun = dryRun;
  }

  /** The plan with a key in the place of every source of one. */
  Plan fetched(Plan plan) {
    List<Change> changes = new ArrayList<>(plan.changes().size());
    for (Change change : plan.changes()) {
      changes.add(
          change instanceof Change.SetAttribute set && KeySource.in(set.value()).isPresent()
              ? fetched(set, KeySource.in(set.value()).get())
              : change);
    }
    return new Plan(changes, plan.force());
  }

  private Change fetched(Change.SetAttribute set, KeySource source) {
    return switch (source.kind()) {
      case ASKED -> with(set, asked(set));
      case READ -> with(set, read(set, source));
      case GENERATED -> generated(set, source);
    };
  }

  private static Change with(Change.SetAttribute set, String key) {
    return new Change.SetAttribute(set.path(), key);
  }

  private String asked(Change.SetAttribute set) {
    if (dryRun && line.scope().scripts().isEmpty()) {
      // a rehearsal asks nothing, and to the checks one key is as good as another
      return madeUp(DhchapKey.Form.PLAIN_32);
    }
    String name = set.path().name();
    String key =
        line.output()
            .secret(name + " of " + set.path().parent() + ": ")
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    Problem.of(
                            Problem.Kind.UNCONFIRMED,
                            set.path() + ": nobody is here to be asked for the key",
                            "read it from a file:  " + name + "=@FILE",
                            "or make one up, and a file for the host:  " + name + "=generate@FILE",
                            "in a script, a parameter:  param " + name + " secret")
                        .with("path", set.path().toString())
                        .asException());
    return checked(set, key, "what was typed");
  }

  private String read(Change.SetAttribute set, KeySource source) {
    return checked(set, SecretFile.text(file(source), source.file()).strip(), source.file());
  }

  private static String checked(Change.SetAttribute set, String key, String where) {
    try {
      return set.row().type().canonical(key);
    } catch (InvalidValue e) {
      throw Problem.of(
              Problem.Kind.INVALID,
              set.path() + ": no key: " + where + " " + e.getMessage(),
              "keys are made by:  " + set.path().name() + "=generate@FILE",
              "or on a host by:  nvme gen-dhchap-key")
          .with("path", set.path().toString())
          .asException();
    }
  }

  private Change generated(Change.SetAttribute set, KeySource source) {
    Path file = file(source);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw Problem.of(
              Problem.Kind.FILE,
              file + " exists already",
              "choose another name",
              "or, when it is the key that is wanted:  " + set.path().name() + "=@" + source.file())
          .with("path", file.toString())
          .asException();
    }
    String key = madeUp(source.form());
    Change change = with(set, key);
    if (dryRun) {
      line.output().operation("write " + file, false);
    } else {
      PrivateFile.write(file, key + "\n", false);
      written.put(change, file);
    }
    return change;
  }

  private static String madeUp(DhchapKey.Form form) {
    return DhchapKey.generate(form, new SecureRandom());
  }

  private Path file(KeySource source) {
    return session.settings().workingDirectory().resolve(source.file());
  }

  /** What has come of the keys: files of those that the kernel has stay. */
  void settle(Outcome outcome) {
    for (Applier.Done done : written.isEmpty() ? List.<Applier.Done>of() : outcome.made()) {
      Path file = written.remove(done.change());
      if (file != null) {
        line.output()
            .note("written: " + file + ": " + done.change().path().name() + " for the host");
      }
    }
  }

  /** Takes away the files of keys that nobody has. */
  @Override
  public void close() {
    for (Path file : written.values()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        line.output().note(file + " has a key that is not used: " + e.getMessage());
      }
    }
  }
}
