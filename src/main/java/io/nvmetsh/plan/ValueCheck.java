package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.schema.ValueType.Word;
import io.nvmetsh.tree.TargetTree;
import java.util.List;
import java.util.Optional;

/** Whether an attribute is there, may be written at all, and takes the value. */
final class ValueCheck implements Check {

  private final TargetTree tree;

  ValueCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    NvmetPath directory = set.path().parent();
    if (!tree.attributes(directory).contains(set.path().name())) {
      return Optional.of(absent(directory, set.path().name()));
    }
    Attribute row = set.row();
    if (!row.isWritable()) {
      return Optional.of(
          Cause.READ_ONLY.foresees(
              Problem.of(
                      Problem.Kind.CONFLICT,
                      set.path() + " is read-only: " + row.help(),
                      "look at it:  get " + Quoting.path(set.path()))
                  .with("path", directory.toString())
                  .with("attribute", row.name())
                  .with("rule", "read-only")));
    }
    Optional<Problem> form = form(set, row);
    return form.isPresent() ? form : word(set, row);
  }

  private Problem absent(NvmetPath directory, String attribute) {
    boolean there = tree.isDirectory(directory);
    String look = there ? "get --all " : "create ";
    return Cause.ABSENT.foresees(
        Problem.of(
                Problem.Kind.NOT_FOUND,
                there
                    ? directory + " has no attribute " + attribute
                    : directory + "/" + attribute + ": there is no " + directory,
                (there ? "see what there is:  " : "create it first:  ")
                    + look
                    + Quoting.path(directory))
            .with("path", directory.toString())
            .with("attribute", attribute));
  }

  private static Optional<Problem> form(Change.SetAttribute set, Attribute row) {
    try {
      // one write is one value: nothing that is sent may hold a line break
      if (set.value().indexOf('\n') >= 0 || set.value().indexOf('\0') >= 0) {
        throw new InvalidValue("has a line break or NUL");
      }
      row.type().canonical(set.value());
      return Optional.empty();
    } catch (InvalidValue e) {
      return Optional.of(cause(set).foresees(invalid(set, row, String.valueOf(e.getMessage()))));
    }
  }

  private static Cause cause(Change.SetAttribute set) {
    return switch (set.path().name()) {
      case "p2pmem" -> Cause.P2PMEM;
      case "ana_grpid" ->
          KernelNumber.parse(set.value()).orElse(0) > 0xffff_ffffL
              ? Cause.NUMBER_TOO_LARGE
              : Cause.VALUE;
      default -> Cause.VALUE;
    };
  }

  /** That the value is not one that the attribute takes. */
  static Problem invalid(Change.SetAttribute set, Attribute row, String clause) {
    return about(
        set,
        row,
        Problem.Kind.INVALID,
        row.name() + " takes " + row.type().hint() + "; " + shown(set, row) + " " + clause,
        "more:  explain " + row.name());
  }

  /** Vendors take words over from later kernels, so this is a guess that can be overruled. */
  private Optional<Problem> word(Change.SetAttribute set, Attribute row) {
    for (Word word : row.type().words()) {
      if (word.text().equals(set.value()) && !word.since().covers(tree.flavor())) {
        return Optional.of(
            Cause.VALUE.foresees(
                about(
                        set,
                        row,
                        Problem.Kind.UNSUPPORTED,
                        "this is "
                            + tree.flavor().describe()
                            + "; "
                            + row.name()
                            + "="
                            + set.value()
                            + " exists "
                            + word.since().span(),
                        "it knows: " + known(row.type()))
                    .hint(ChangeCheck.FORCE)));
      }
    }
    return Optional.empty();
  }

  private String known(ValueType type) {
    List<Word> words = type.words(tree.flavor());
    StringBuilder text = new StringBuilder();
    for (Word word : words) {
      text.append(text.length() == 0 ? "" : ", ").append(word.text());
    }
    return text.toString();
  }

  private static String shown(Change.SetAttribute set, Attribute row) {
    return row.isSecret() ? "the value" : Quoting.word(set.value());
  }

  private static Problem about(
      Change.SetAttribute set, Attribute row, Problem.Kind kind, String message, String hint) {
    return Problem.of(kind, set.path().parent() + ": " + message, hint)
        .with("path", set.path().parent().toString())
        .with("attribute", row.name())
        .with("value", row.isSecret() ? "***" : set.value())
        .with("rule", row.type().name());
  }
}
