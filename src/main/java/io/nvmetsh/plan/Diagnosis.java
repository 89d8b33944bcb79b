package io.nvmetsh.plan;

import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why the kernel refused a change: what the checks, which refuse beforehand, would have had against
 * it in this very state. An errno says little; one that a check foresees says which rule it was.
 *
 * @param objection what a check has against the change, foreseeing this errno; empty when none has
 * @param causes otherwise what it can be: what the kernel logs and what only the kernel knows
 */
record Diagnosis(Optional<Problem> objection, List<Cause> causes) {

  /**
   * @param heard whether the kernel's log can be read, so that silence means something
   * @param tree as it is now that the kernel has refused
   */
  static Diagnosis of(
      Change change, Refusal refusal, boolean heard, TargetTree tree, ChangeCheck check) {
    List<Cause> causes = new ArrayList<>();
    for (Cause cause : Cause.values()) {
      if (cause.errno() == refusal.errno() && cause.concerns(change, tree)) {
        causes.add(cause);
      }
    }
    List<Cause> logged = causes.stream().filter(each -> each.isIn(refusal.log())).toList();
    List<Cause> meant = logged.isEmpty() ? causes : logged;
    for (Problem objection : check.objections(change, tree)) {
      if (Cause.of(objection).filter(meant::contains).isPresent()) {
        return new Diagnosis(Optional.of(objection), List.of());
      }
    }
    if (!logged.isEmpty()) {
      return new Diagnosis(Optional.empty(), logged);
    }
    // what a check did not see, or the kernel did not say, is not the case; unless nothing is left
    List<Cause> unseen =
        causes.stream()
            .filter(each -> each.known() != Cause.Known.BY_CHECK && !(heard && each.isLogged()))
            .toList();
    return new Diagnosis(Optional.empty(), unseen.isEmpty() ? causes : unseen);
  }
}
