package io.nvmetsh.session;

import io.nvmetsh.command.Tokenizer;
import io.nvmetsh.command.Words;
import io.nvmetsh.plan.Applier;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.script.Script;
import io.nvmetsh.script.Script.Expectation;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares what a script says it found with what is there: values by the type of their attribute,
 * output line by line, and at the end the values all together.
 */
final class Verification {

  private final Script script;
  private final Map<String, String> parameters;
  private final Output output;
  private final Set<NvmetPath> attributes = new TreeSet<>();
  private int compared;
  private int different;

  Verification(Script script, Map<String, String> parameters, Output output) {
    this.script = script;
    this.parameters = parameters;
    this.output = output;
  }

  /**
   * After a step has run.
   *
   * @param made what it did
   */
  void check(Script.Step step, List<Applier.Done> made, TargetTree tree, List<String> shown) {
    made.forEach(each -> StateHash.forget(each.change(), attributes));
    for (Expectation value : step.values()) {
      value(value, tree);
    }
    if (!step.shown().isEmpty()) {
      shown(step.shown(), shown);
    }
  }

  /** After the last step. */
  void checkEnd(TargetTree tree) {
    String state = script.head().get("state");
    if (state != null && different == 0) {
      compared++;
      String found = StateHash.of(attributes, tree);
      if (!found.equals(state)) {
        differs(
            Problem.of(
                Problem.Kind.DIFFERENT,
                script.name()
                    + ": at the end the values together are not what they were: expected "
                    + state
                    + ", found "
                    + found,
                "a later line changed what an earlier one had set:  script info "
                    + Words.quote(script.name())));
      }
    }
  }

  /** How many things were compared. */
  int compared() {
    return compared;
  }

  int different() {
    return different;
  }

  private void value(Expectation expected, TargetTree tree) {
    NvmetPath path;
    String wanted;
    try {
      List<Tokenizer.Word> words = Tokenizer.tokenize(expected.text(), parameters).words();
      if (words.size() != 2) {
        throw Problem.of(
                Problem.Kind.USAGE,
                "not a path and a value: " + expected.text(),
                "write:  #= /ports/1/addr_trtype rdma")
            .asException();
      }
      path = NvmetPath.parse(words.get(0).text());
      wanted = words.get(1).text();
    } catch (NvmetshException e) {
      throw script.at(expected.number(), e.problem()).asException();
    }
    compared++;
    attributes.add(path);
    Optional<String> found = tree.value(path);
    if (found.filter(value -> StateHash.row(path).type().same(value, wanted)).isEmpty()) {
      String shown =
          found.map(value -> shown(path, StateHash.unpadded(path, value))).orElse("not there");
      differs(
          script.at(
              expected.number(),
              Problem.of(
                      Problem.Kind.DIFFERENT,
                      path + ": expected " + shown(path, wanted) + ", found " + shown,
                      "look at it:  get " + Words.quote(path.toString()))
                  .with("path", path.toString())));
    }
  }

  private static String shown(NvmetPath path, String value) {
    return StateHash.row(path).isSecret() ? "***" : Words.quote(value);
  }

  private void shown(List<Expectation> expected, List<String> found) {
    compared++;
    List<String> wanted = new ArrayList<>();
    for (Expectation line : expected) {
      wanted.add(line.text().stripTrailing());
    }
    for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
      String want = i < wanted.size() ? wanted.get(i) : "nothing more";
      String got = i < found.size() ? found.get(i).stripTrailing() : "nothing more";
      if (!want.equals(got)) {
        int number = expected.get(Math.min(i, expected.size() - 1)).number();
        differs(
            script.at(
                number,
                Problem.of(
                    Problem.Kind.DIFFERENT,
                    "expected \"" + want + "\", found \"" + got + "\"",
                    "when what is found is right, record the script anew")));
        return;
      }
    }
  }

  private void differs(Problem problem) {
    different++;
    output.problem(problem);
  }
}
