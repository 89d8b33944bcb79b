package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be told of the words of a line while it is typed: which is the command, which name
 * something, and which can only be wrong. It goes by what is there at this moment and runs nothing;
 * where that does not tell, a word is not marked.
 */
public final class LineMarks {

  /** With these, what is to be made may be there, or the place for it may not. */
  private static final Set<String> LENIENT = Set.of("-p", "--parents", "--if-missing");

  private final Context context;
  private final int cursor;
  private final boolean lenient;
  private final List<Span> spans = new ArrayList<>();
  private boolean filtering;

  private LineMarks(Context context, int cursor, boolean lenient) {
    this.context = context;
    this.cursor = cursor;
    this.lenient = lenient;
  }

  /** What a part of the line is. */
  public enum Mark {
    COMMAND,
    OPTION,
    /** It names something that is there. */
    THERE,
    COMMENT,
    /** Nothing is called so; the line would be refused. */
    WRONG
  }

  /**
   * @param start where it begins in the line
   * @param end behind its last character
   */
  public record Span(int start, int end, Mark mark) {}

  /**
   * @param cursor where the cursor is in the line: of the word it is at, more may be typed
   */
  public static List<Span> of(Context context, String line, int cursor) {
    Tokenizer.Unfinished typed = Tokenizer.unfinished(line);
    boolean lenient = typed.before().stream().anyMatch(word -> LENIENT.contains(word.text()));
    LineMarks marks = new LineMarks(context, cursor, lenient);
    List<String> before = new ArrayList<>();
    int end = 0;
    for (Tokenizer.Word word : typed.before()) {
      if (word.isPipe()) {
        before.clear();
        marks.filtering = true;
      } else {
        marks.word(before, word);
        before.add(word.text());
      }
      end = word.end();
    }
    if (typed.comment()) {
      marks.spans.add(new Span(line.indexOf('#', end), line.length(), Mark.COMMENT));
    } else if (!typed.word().text().isEmpty()) {
      marks.word(before, typed.word());
    }
    return marks.spans;
  }

  private void word(List<String> before, Tokenizer.Word word) {
    if (word.text().indexOf('$') >= 0) {
      return; // what a parameter stands for is not known here
    }
    if (filtering && before.isEmpty()) {
      mark(word, Standing.among(Filters.names(), word.text()), Mark.COMMAND);
    } else if (filtering) {
      Filters.find(before.get(0)).ifPresent(filter -> behind(context, filter.spec(), before, word));
    } else if (before.isEmpty() && !CommandLine.isPath(word.text())) {
      // a directory is entered by its name and a slash, which may be still to come
      Standing entered = isGrowing(word) ? entered(word.text()) : Standing.ABSENT;
      mark(word, command(word.text()).or(entered), Mark.COMMAND);
    } else if (before.isEmpty()) {
      mark(word, new PathStanding(context).of(word.text()), Mark.THERE);
    } else if (!CommandLine.isPath(before.get(0))) {
      behindCommand(context, before, word);
    } else {
      Optional<NvmetPath> place = new Lookup(context).find(before.get(0));
      if (place.isPresent() && before.size() == 1) {
        mark(word, command(word.text()), Mark.COMMAND);
      } else if (place.isPresent()) {
        behindCommand(context.at(place.get()), before.subList(1, before.size()), word);
      }
    }
  }

  private void behindCommand(Context place, List<String> before, Tokenizer.Word word) {
    Optional<Command> command = place.commands().meant(before.get(0));
    if (command.isPresent()) {
      behind(place, command.get().spec(), before, word);
    }
  }

  private void behind(Context place, CommandSpec spec, List<String> before, Tokenizer.Word word) {
    Arguments.Unfinished words = Arguments.unfinished(spec, before.subList(1, before.size()));
    List<String> positional = words.bound().words();
    if (words.awaiting().isPresent()) {
      mark(word, ofKind(place, words.awaiting().get().kind(), word.text()), Mark.THERE);
    } else if (words.open() && word.text().startsWith("-") && word.text().length() > 1) {
      option(spec, word);
    } else {
      Optional<Argument> argument = spec.argument(positional.size());
      Kind kind = argument.map(Argument::kind).orElse(Kind.WORD);
      if (argument.isEmpty()) {
        mark(word, Standing.ABSENT, Mark.WRONG); // one word too many
      } else if (kind == Kind.LINE) {
        int begins = spec.arguments().size() - 1;
        word(positional.subList(Math.min(begins, positional.size()), positional.size()), word);
      } else if (kind == Kind.CHOICE) {
        List<String> choices = argument.get().choices().stream().map(Choice::word).toList();
        mark(word, Standing.among(choices, word.text()), Mark.COMMAND);
      } else if (kind == Kind.ASSIGNMENT
          || (kind == Kind.NEW_NODE && Assignments.isAssignment(word.text()))) {
        assignment(place, positional, word);
      } else {
        mark(word, ofKind(place, kind, word.text()), Mark.THERE);
      }
    }
  }

  private void option(CommandSpec spec, Tokenizer.Word word) {
    String text = word.text();
    if (!text.startsWith("--")) {
      boolean known = text.chars().skip(1).allMatch(c -> spec.option((char) c).isPresent());
      mark(word, known ? Standing.THERE : Standing.OPEN, Mark.OPTION);
      return;
    }
    List<String> names = new ArrayList<>();
    for (List<Option> options : List.of(spec.options(), spec.common())) {
      options.forEach(option -> names.add("--" + option.name()));
    }
    int equals = text.indexOf('=');
    mark(word, Standing.among(names, equals < 0 ? text : text.substring(0, equals)), Mark.OPTION);
  }

  /** A path, nvmetcli's word for a group of attributes, or {@code attribute=value}. */
  private void assignment(Context place, List<String> before, Tokenizer.Word word) {
    AssignmentStanding assignment = new AssignmentStanding(place, before);
    int equals = word.text().indexOf('=');
    if (equals < 0) {
      Standing path = before.isEmpty() ? new PathStanding(place).of(word.text()) : Standing.ABSENT;
      mark(word, path.or(assignment.unassigned(word.text())), Mark.THERE);
      return;
    }
    Standing name = assignment.name(word.text().substring(0, equals));
    // a quote in the word moves what is behind it, and then all of it is marked
    int behind = word.quoted() ? word.start() : word.start() + equals + 1;
    if (name != Standing.THERE) {
      mark(word, Standing.ABSENT, Mark.WRONG);
    } else {
      mark(
          new Tokenizer.Word(word.text(), behind, word.end(), word.quoted()),
          assignment.value(word.text().substring(0, equals), word.text().substring(equals + 1)),
          Mark.THERE);
    }
  }

  private void mark(Tokenizer.Word word, Standing standing, Mark good) {
    if (standing == Standing.THERE) {
      spans.add(new Span(word.start(), word.end(), good));
    } else if (standing == Standing.ABSENT || (standing == Standing.BEGUN && !isGrowing(word))) {
      spans.add(new Span(word.start(), word.end(), Mark.WRONG));
    }
  }

  /** Whether the cursor is at the word, so that more of it may be typed. */
  private boolean isGrowing(Tokenizer.Word word) {
    return word.start() < cursor && cursor <= word.end();
  }

  /** A full word, or the beginning of one command alone, which is as good. */
  private Standing command(String word) {
    if (context.commands().meant(word).isPresent()) {
      return Standing.THERE;
    }
    List<String> words = new ArrayList<>();
    for (Command command : context.commands().all()) {
      words.add(command.spec().name());
      words.addAll(command.spec().aliases());
    }
    return Standing.among(words, word);
  }

  private Standing entered(String word) {
    Standing standing = Standing.among(context.tree().directories(context.here()), word);
    return standing == Standing.ABSENT ? Standing.ABSENT : Standing.BEGUN;
  }

  private Standing ofKind(Context place, Kind kind, String word) {
    PathStanding paths = new PathStanding(place);
    return switch (kind) {
      case NODE, ENTRY, REMOVABLE, SWITCHED, HOLDER -> paths.of(word);
      case LINK, LINK_TARGET -> paths.ofMember(word);
      case NEW_NODE -> lenient ? Standing.OPEN : paths.ofNew(word);
      // what a host is called is the host's business
      case HOST, COMMAND, FILE, SCRIPT, ASSIGNMENT, CHOICE, LINE, WORD -> Standing.OPEN;
    };
  }
}
