package io.nvmetsh.script;

import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.command.SecretMask;
import io.nvmetsh.command.Words;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Printable;
import io.nvmetsh.script.ShellWords.NotUnderstood;
import io.nvmetsh.script.ShellWords.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a shell script of the sort that vendor pages have into one of ours: {@code modprobe},
 * {@code mkdir}, {@code echo}, {@code printf}, {@code ln -s}, {@code rm}, {@code rmdir}. Nothing of
 * it is run. What is repaired, missing or not understood is said with its line; what is not
 * understood stays as a comment.
 */
public final class ShellImport {

  /**
   * What became of a shell script.
   *
   * @param lines of the new script
   * @param notes what was repaired, what is missing, what was left out
   * @param complete whether every line was understood
   */
  public record Result(List<String> lines, List<String> notes, boolean complete) {
    public Result {
      lines = List.copyOf(lines);
      notes = List.copyOf(notes);
    }
  }

  /** What begins a line that is typed rather than a comment, where pages show the prompt. */
  private static final List<String> COMMANDS =
      List.of(
          "modprobe",
          "mkdir",
          "echo",
          "printf",
          "ln",
          "rm",
          "rmdir",
          "cd",
          "cat",
          "sudo",
          "nvme",
          "mount");

  private final List<String> source;
  private final KernelFlavor flavor;
  private final Map<String, String> parameters;
  private final ShellCommands commands = new ShellCommands();
  private final SecretMask mask = new SecretMask();
  private final List<String> lines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Change> pending = new ArrayList<>();
  private final Set<Integer> repaired = new LinkedHashSet<>();
  private final UnaskedOffload unasked = new UnaskedOffload();
  private boolean complete = true;

  private ShellImport(String text, KernelFlavor flavor, Map<String, String> parameters) {
    this.source = (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
    this.flavor = flavor;
    this.parameters = parameters;
  }

  /**
   * @param name of the file, for the head of the new script
   * @param flavor of the kernel that the new script is for
   * @param parameters values for parameters that the shell script leaves without
   */
  public static Result of(
      String name, String text, KernelFlavor flavor, Map<String, String> parameters) {
    if (ConfigImport.isConfig(text)) {
      return ConfigImport.of(name, text, flavor);
    }
    return new ShellImport(text, flavor, parameters).run(name);
  }

  private Result run(String name) {
    boolean prompts = isAPage();
    for (int i = 0; i < source.size(); i++) {
      int number = i + 1;
      String first = withoutPrompt(source.get(i).strip(), prompts);
      int end = first.startsWith("#") ? -1 : ShellBlocks.end(source, i);
      if (first.startsWith("#")) {
        comment(number, first, prompts);
      } else if (end >= 0) {
        block(i, end);
        i = end;
      } else if (!first.isEmpty()) {
        StringBuilder line = new StringBuilder(first);
        while (line.charAt(line.length() - 1) == '\\' && i + 1 < source.size()) {
          line.setLength(line.length() - 1);
          line.append(' ').append(source.get(++i).strip());
        }
        command(number, line.toString());
      }
    }
    flush();
    if (NvmetSchema.find(NodeKind.NAMESPACE, "pci_device_path")
        .filter(row -> row.since().covers(flavor))
        .isPresent()) {
      unasked.refuse(lines);
    }
    if (!repaired.isEmpty()) {
      notes.add(
          0,
          (repaired.size() == 1 ? "line " : "lines ")
              + repaired.toString().replaceAll("[\\[\\]]", "")
              + ": typographic quotes, dashes or blanks were taken for plain ones");
    }
    return new Result(withHead(name), notes, complete);
  }

  /** Whether commands stand behind a root prompt throughout, so that # begins no comment. */
  private boolean isAPage() {
    boolean any = false;
    for (String line : source) {
      String text = line.strip();
      if (COMMANDS.contains(firstWord(text))) {
        return false;
      }
      any |= text.startsWith("# ") && COMMANDS.contains(firstWord(text.substring(2)));
    }
    return any;
  }

  private static String firstWord(String text) {
    String stripped = text.strip();
    int blank = stripped.indexOf(' ');
    return blank < 0 ? stripped : stripped.substring(0, blank);
  }

  /** {@code $}, {@code [root@host ~]#}, {@code root@host:~#}; {@code #} where nothing else is. */
  private static String withoutPrompt(String line, boolean prompts) {
    if (prompts && line.startsWith("# ") && COMMANDS.contains(firstWord(line.substring(2)))) {
      return line.substring(2).strip();
    }
    if (line.startsWith("$ ")) {
      return line.substring(2).strip();
    }
    int end = Math.max(line.indexOf("# "), line.indexOf("$ "));
    int at = line.indexOf('@');
    boolean host = at > 0 && at < end && (line.charAt(0) == '[' || line.lastIndexOf(' ', end) < 0);
    return host ? line.substring(end + 2).strip() : line;
  }

  /** Two blanks: nothing of the source is taken for a mark of ours. */
  private void comment(int number, String line, boolean prompts) {
    if (line.startsWith("#!")) {
      return;
    }
    String text = line.substring(1).strip();
    if (!prompts && COMMANDS.contains(firstWord(text))) {
      notes.add("line " + number + ": taken for a comment: " + mask.line(Printable.text(line)));
    }
    if (!text.isEmpty()) {
      flush();
      lines.add("#  " + mask.line(Printable.text(text)));
    }
  }

  private void command(int number, String line) {
    ShellWords words = new ShellWords(line, commands.variables());
    try {
      List<Token> tokens = words.tokens();
      ShellCommands.Meaning meaning = commands.meaning(number, tokens);
      if (words.repaired()) {
        repaired.add(number);
      }
      meaning.notes().forEach(note -> notes.add("line " + number + ": " + note));
      if (meaning.ifMissing()) {
        flush();
        pending.addAll(meaning.changes());
        flush(" --if-missing");
      } else {
        pending.addAll(meaning.changes());
      }
    } catch (NotUnderstood e) {
      commands.forget(line);
      notUnderstood(number, e.why(), List.of(line));
    }
  }

  private void notUnderstood(int number, String why, List<String> text) {
    complete = false;
    flush();
    lines.add("#? line " + number + " is not understood: " + why);
    for (String line : text) {
      lines.add("#?   " + mask.line(Printable.text(line)));
    }
    String first = mask.line(Printable.text(text.get(0).strip()));
    notes.add("line " + number + ": not understood, kept as a comment (" + why + "):  " + first);
  }

  /** Lines that a shell may run often or never. */
  private void block(int from, int to) {
    List<String> text = source.subList(from, to + 1);
    text.forEach(commands::forget);
    notUnderstood(
        from + 1,
        text.size() == 1
            ? "it is more than one command"
            : "lines " + (from + 1) + " to " + (to + 1) + " are run together",
        text);
  }

  private void flush() {
    flush("");
  }

  private void flush(String optionOfCreate) {
    for (ChangeLines.Line line : ChangeLines.of(pending)) {
      boolean creates = line.changes().get(0) instanceof Change.Create;
      lines.add(line.text() + (creates ? optionOfCreate : ""));
      unasked.note(line, lines.size() - 1);
    }
    pending.clear();
  }

  private List<String> withHead(String name) {
    List<String> script = new ArrayList<>();
    script.add(Script.FIRST_LINE);
    script.add(Script.headLine("reason", "imported from " + name));
    Map<String, String> unused = new LinkedHashMap<>(parameters);
    for (UnsaidValues.Value parameter : commands.unsaid()) {
      String value = unused.remove(parameter.name());
      if (parameter.secret()) {
        script.add("param " + parameter.name() + " secret");
        notes.add(
            parameter.where()
                + " holds a secret, which is not copied; supply it at replay:"
                + "  --param "
                + parameter.name()
                + "=@FILE");
      } else if (value == null) {
        script.add("param " + parameter.name());
        notes.add(
            parameter.where()
                + "; supply it:  --param "
                + parameter.name()
                + "="
                + parameter.kind());
      } else {
        script.add("param " + parameter.name() + " " + Words.quote(value));
      }
    }
    for (String name2 : unused.keySet()) {
      notes.add("no parameter is called " + name2 + "; its value was not used");
    }
    script.addAll(lines);
    return script;
  }
}
