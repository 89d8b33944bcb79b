package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Choice;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.docs.ReferenceDocs;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.plan.Cause;
import io.nvmetsh.schema.ExitStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The pages of the reference that come from the roster of commands and the table of errnos. */
class CommandReferenceTest {

  @Test
  void commands() throws IOException {
    StringBuilder page =
        ReferenceDocs.page(
            "Commands",
            """
            A line is a command with its words; a path before the command runs it there. Words can be
            quoted, `#` begins a comment. A person may type the beginning of a command, scripts use
            whole words.\
            """);
    page.append("\n## Every command\n");
    options(page, CommandSpec.COMMON);
    for (Group group : Group.values()) {
      List<CommandSpec> specs =
          HelpCommand.specs(Commands.roster()).stream()
              .filter(spec -> spec.group() == group)
              .toList();
      if (!specs.isEmpty()) {
        String title = group.title();
        page.append("\n## ")
            .append(title.substring(0, 1).toUpperCase(Locale.ROOT))
            .append(title.substring(1))
            .append('\n');
        specs.forEach(spec -> command(page, spec));
      }
    }
    ReferenceDocs.check("commands.md", page);
  }

  private static void command(StringBuilder page, CommandSpec spec) {
    page.append("\n### ").append(spec.name()).append("\n\n");
    page.append("    ").append(spec.usage()).append("\n\n");
    String summary = spec.summary();
    page.append(summary.substring(0, 1).toUpperCase(Locale.ROOT))
        .append(summary.substring(1))
        .append(".\n\n")
        .append(spec.help())
        .append('\n');
    for (Argument argument : spec.arguments()) {
      if (!argument.choices().isEmpty()) {
        ReferenceDocs.head(page, argument.name(), "");
        for (Choice choice : argument.choices()) {
          ReferenceDocs.row(page, "`" + choice.word() + "`", choice.help());
        }
      }
    }
    options(page, spec.options());
    if (!spec.aliases().isEmpty()) {
      page.append("\nThe same: `").append(String.join("`, `", spec.aliases())).append("`.\n");
    }
    page.append("\nFor example:\n\n");
    spec.examples().forEach(example -> page.append("    ").append(example).append('\n'));
  }

  private static void options(StringBuilder page, List<Option> options) {
    if (options.isEmpty()) {
      return;
    }
    ReferenceDocs.head(page, "option", "");
    for (Option option : options) {
      String letter = option.letter() == 0 ? "" : "`-" + option.letter() + "`, ";
      String value = option.isSwitch() ? "" : " " + option.value();
      ReferenceDocs.row(page, letter + "`--" + option.name() + value + "`", option.help());
    }
  }

  @Test
  void errors() throws IOException {
    StringBuilder page =
        ReferenceDocs.page(
            "Errors",
            """
            What the exit status says, and what nvmet means by its answers. In the shell `explain EBUSY`
            shows what can be meant on the kernel at hand; after a refusal `why` says which of these
            it was.\
            """);
    page.append("\n## Exit status\n");
    ReferenceDocs.head(page, "status", "");
    for (ExitStatus status : ExitStatus.values()) {
      ReferenceDocs.row(page, Integer.toString(status.code()), status.description());
    }
    page.append("\n## Answers of the kernel\n");
    for (Errno errno : Errno.values()) {
      List<Cause> causes =
          Arrays.stream(Cause.values()).filter(cause -> cause.errno() == errno).toList();
      if (!causes.isEmpty()) {
        page.append("\n### ").append(errno.name()).append(": ");
        page.append(errno.words().toLowerCase(Locale.ROOT)).append('\n');
        ReferenceDocs.head(page, "when", "answered by", "what helps");
        for (Cause cause : causes) {
          String where = cause.where().map(text -> " (" + text + ")").orElse("");
          ReferenceDocs.row(page, cause.when() + where, cause.function(), code(cause.mend()));
        }
      }
    }
    ReferenceDocs.check("errors.md", page);
  }

  /** What stands behind two blanks is to be typed. */
  private static String code(String mend) {
    int at = mend.indexOf("  ");
    return at < 0 ? mend : mend.substring(0, at + 1) + "`" + mend.substring(at + 2) + "`";
  }
}
