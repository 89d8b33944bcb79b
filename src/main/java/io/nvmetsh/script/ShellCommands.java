package io.nvmetsh.script;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.script.ShellWords.NotUnderstood;
import io.nvmetsh.script.ShellWords.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the commands of a shell script do to nvmet's configfs and the modules. Keeps what a shell
 * would keep from line to line: the directory and the variables.
 */
final class ShellCommands {

  private static final String ROOT = NvmetPath.MOUNT;

  /** Commands that do nothing to a target, and why they are left out. */
  private static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("mount", "configfs is mounted where nvmetsh runs"),
          Map.entry("set", "a script stops at the first failure anyway"),
          Map.entry("exit", "a script ends with its last line"),
          Map.entry("sleep", "nothing here waits"),
          Map.entry("sync", "nothing here waits"),
          Map.entry("cat", "it only shows something"),
          Map.entry("ls", "it only shows something"),
          Map.entry("tree", "it only shows something"),
          Map.entry("lsmod", "it only shows something"),
          Map.entry("lsblk", "it only shows something"),
          Map.entry("dmesg", "it only shows something"),
          Map.entry("nvme", "it is for the host, not the target"));

  /** Where commands are; a script may say so. */
  private static final Set<String> COMMAND_FOLDERS =
      Set.of("/bin", "/sbin", "/usr/bin", "/usr/sbin");

  /**
   * What a line does.
   *
   * @param ifMissing whether what it makes may be there already
   */
  record Meaning(List<Change> changes, boolean ifMissing, List<String> notes) {}

  private final Map<String, String> variables = new LinkedHashMap<>();
  private final UnsaidValues unsaid = new UnsaidValues();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final ShellModules modules = new ShellModules(changes, notes, unsaid);
  private String folder = "/";
  private boolean ifMissing;

  Map<String, String> variables() {
    return variables;
  }

  /** What the script does not say. */
  List<UnsaidValues.Value> unsaid() {
    return unsaid.values();
  }

  /** What a line does; nothing is kept of a line that is not understood as a whole. */
  Meaning meaning(int line, List<Token> tokens) throws NotUnderstood {
    unsaid.begin(line);
    changes.clear();
    notes.clear();
    ifMissing = false;
    Map<String, String> variablesBefore = new LinkedHashMap<>(variables);
    String folderBefore = folder;
    try {
      for (List<Token> command : split(tokens)) {
        run(command);
      }
    } catch (NotUnderstood e) {
      variables.clear();
      variables.putAll(variablesBefore);
      unsaid.forgetLine();
      folder = folderBefore;
      throw e;
    }
    return new Meaning(List.copyOf(changes), ifMissing, List.copyOf(notes));
  }

  /** After a line that was not understood, what it may have changed is not known. */
  void forget(String line) {
    for (String word : line.split("[\\s;&|(]+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        variables.remove(word.substring(0, equals));
      }
      if (word.equals("cd") || word.equals("pushd") || word.equals("popd")) {
        folder = "/";
      }
    }
  }

  private static List<List<Token>> split(List<Token> tokens) {
    List<List<Token>> commands = new ArrayList<>();
    List<Token> command = new ArrayList<>();
    for (Token token : tokens) {
      if (token.isOperator() && (token.text().equals(";") || token.text().equals("&&"))) {
        commands.add(command);
        command = new ArrayList<>();
      } else {
        command.add(token);
      }
    }
    commands.add(command);
    commands.removeIf(List::isEmpty);
    return commands;
  }

  private void run(List<Token> tokens) throws NotUnderstood {
    List<String> words = new ArrayList<>();
    Optional<String> file = redirect(tokens, words);
    if (!words.isEmpty() && words.get(0).equals("sudo")) {
      words.remove(0);
    }
    if (words.isEmpty()) {
      throw new NotUnderstood("it has no command");
    }
    if (assign(words)) {
      return;
    }
    String command = withoutFolder(words.remove(0));
    if (file.isPresent() && !command.equals("echo") && !command.equals("printf")) {
      throw new NotUnderstood("what " + command + " writes is not known");
    }
    switch (command) {
      case "modprobe" -> modules.load(words);
      case "rmmod" -> modules.unload(words);
      case "mkdir" -> mkdir(words);
      case "rmdir" -> remove(words, "rmdir");
      case "rm", "unlink" -> remove(words, command);
      case "ln" -> link(words);
      case "cd" -> changeFolder(words);
      case "echo" -> write(Echo.echo(words), file);
      case "printf" -> write(Echo.printf(words), file);
      default -> leaveOut(command);
    }
  }

  private static String withoutFolder(String command) {
    int slash = command.lastIndexOf('/');
    return slash > 0 && COMMAND_FOLDERS.contains(command.substring(0, slash))
        ? command.substring(slash + 1)
        : command;
  }

  private void leaveOut(String command) throws NotUnderstood {
    String why = LEFT_OUT.get(command);
    if (why == null) {
      throw new NotUnderstood("the command " + command + " is not known");
    }
    notes.add(command + " left out: " + why);
  }

  /** Takes redirections and a tee out of a command; where its output goes, if into a file. */
  private static Optional<String> redirect(List<Token> tokens, List<String> words)
      throws NotUnderstood {
    Optional<String> file = Optional.empty();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (!token.isOperator()) {
        words.add(token.text());
        continue;
      }
      if (token.text().equals("|")) {
        return tee(tokens.subList(i + 1, tokens.size()));
      }
      boolean errors = !words.isEmpty() && i > 0 && tokens.get(i - 1).text().startsWith("fd");
      if (i + 1 == tokens.size() || tokens.get(i + 1).isOperator()) {
        throw new NotUnderstood("nothing stands behind its " + token.text());
      }
      String target = tokens.get(++i).text();
      if (errors) {
        words.remove(words.size() - 1);
      } else if (!target.equals("/dev/null")) {
        file = Optional.of(target);
      }
    }
    return file;
  }

  /** {@code echo 1 | sudo tee FILE}. */
  private static Optional<String> tee(List<Token> tokens) throws NotUnderstood {
    List<String> words = new ArrayList<>();
    redirect(tokens, words);
    words.remove("sudo");
    if (words.size() < 2 || !words.remove(0).equals("tee")) {
      throw new NotUnderstood("it hands text from one command to another");
    }
    words.remove("-a");
    if (words.size() != 1) {
      throw new NotUnderstood("it writes more than one file");
    }
    return Optional.of(words.get(0));
  }

  private boolean assign(List<String> words) {
    int first = words.get(0).equals("export") ? 1 : 0;
    for (String word : words.subList(first, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 0 || !Placeholder.isName(word.substring(0, equals))) {
        return false;
      }
    }
    for (String word : words.subList(first, words.size())) {
      int equals = word.indexOf('=');
      variables.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return words.size() > first;
  }

  private void mkdir(List<String> words) throws NotUnderstood {
    ifMissing = words.remove("-p") || words.remove("--parents");
    words.remove("--");
    for (String word : words) {
      NvmetPath path = inTarget(word);
      if (ifMissing) {
        for (NvmetPath each : path.parent().way()) {
          make(each, word);
        }
      }
      make(path, word);
    }
  }

  private void make(NvmetPath path, String word) throws NotUnderstood {
    Optional<NodeKind> kind = path.kind();
    if (kind.isEmpty()) {
      throw new NotUnderstood("nvmet has no directory such as " + word);
    }
    unsaid.need(path.name(), "name in " + path.parent());
    if (kind.get().isMade()) {
      changes.add(new Change.Create(path));
    } else if (!ifMissing) {
      notes.add("mkdir " + path + " left out: the kernel makes it");
    }
  }

  private void remove(List<String> words, String command) throws NotUnderstood {
    words.remove("-f");
    words.remove("--");
    for (String word : words) {
      if (word.startsWith("-")) {
        throw new NotUnderstood(command + "'s option " + word + " is not known");
      }
      NvmetPath path = inTarget(word);
      if (isLink(path)) {
        changes.add(new Change.Unlink(path));
      } else if (command.equals("rmdir") && path.kind().filter(NodeKind::isMade).isPresent()) {
        changes.add(new Change.Delete(path));
      } else {
        throw new NotUnderstood(command + " cannot remove " + path);
      }
    }
  }

  private static boolean isLink(NvmetPath path) {
    return !path.isRoot() && path.parent().kind().flatMap(NodeKind::linkTarget).isPresent();
  }

  private void link(List<String> words) throws NotUnderstood {
    boolean symbolic = false;
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      symbolic |= option.equals("--symbolic") || option.indexOf('s') > 0;
    }
    if (!symbolic || words.isEmpty() || words.size() > 2) {
      throw new NotUnderstood("it is no  ln -s TARGET LINK");
    }
    NvmetPath target = inTarget(words.get(0));
    NvmetPath link = inTarget(words.size() == 2 ? words.get(1) : folder);
    if (link.kind().flatMap(NodeKind::linkTarget).isPresent()) {
      link = link.child(target.name());
    }
    if (!isLink(link)) {
      throw new NotUnderstood("nvmet takes no link at " + link);
    }
    unsaid.need(target.toString(), "name of what is linked");
    changes.add(new Change.Link(link, target));
  }

  private void changeFolder(List<String> words) throws NotUnderstood {
    if (words.size() != 1 || words.get(0).equals("-") || Placeholder.isIn(words.get(0))) {
      throw new NotUnderstood("where it goes is not known");
    }
    folder = absolute(words.get(0));
  }

  private void write(String text, Optional<String> file) throws NotUnderstood {
    if (file.isEmpty()) {
      notes.add("echo left out: it only shows something");
      return;
    }
    NvmetPath path = inTarget(file.get());
    if (path.isRoot() || path.kind().isPresent() || path.parent().kind().isEmpty()) {
      throw new NotUnderstood("nvmet has no attribute such as " + file.get());
    }
    Attribute row = new Change.SetAttribute(path, "").row();
    String value = text.strip();
    String of = row.name() + " of " + described(path.parent());
    if (row.isSecret()) {
      value = unsaid.parameter(row.name(), of, "", true);
    } else if (value.isEmpty()) {
      value = unsaid.parameter(shortName(row.name()), "no value for " + of, kind(row), false);
    }
    unsaid.need(value, "value for " + of);
    changes.add(new Change.SetAttribute(path, value));
  }

  /** {@code port 1}, {@code subsystem x}, {@code namespace 1 of subsystem x}. */
  private static String described(NvmetPath path) {
    String term = path.kind().map(NodeKind::term).orElse("");
    return path.depth() > 2
        ? term + " " + path.name() + " of " + described(path.ancestor(2))
        : (term + " " + path.name()).strip();
  }

  /** {@code addr_traddr} is asked for as {@code traddr}. */
  private static String shortName(String attribute) {
    return attribute.startsWith("addr_") || attribute.startsWith("attr_")
        ? attribute.substring(5)
        : attribute;
  }

  private static String kind(Attribute row) {
    String name = row.type().name();
    return name.substring(name.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT);
  }

  /** A path of the target; a slash at its end, or two in it, mean nothing. */
  private NvmetPath inTarget(String word) throws NotUnderstood {
    String path = absolute(word);
    if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
      throw new NotUnderstood(word + " is not in " + ROOT);
    }
    NvmetPath target = NvmetPath.parse(path.substring(ROOT.length()));
    unsaid.need(target.parent().toString(), "name in " + word);
    return target;
  }

  private String absolute(String word) {
    String path = NvmetPath.parse(folder).resolve(word).toString();
    // where older pages mount configfs
    return path.startsWith("/config/nvmet") ? "/sys/kernel" + path : path;
  }
}
