package io.nvmetsh.command;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.OffloadRules;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.offload.rules.QueuesEnough;
import io.nvmetsh.offload.rules.QueuesGranted;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.ChangeCheck;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.DraftTree;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with the answers, with what to answer instead. The same is asked after each of them
 * and before anything is done.
 */
final class SetupCheck {

  private final Context context;
  private final SetupAnswers answers;
  private final SetupPlan plan;
  private final SetupAdvice advice;
  private final boolean force;

  /**
   * @param force whether what the administrator may overrule is
   */
  SetupCheck(
      Context context, SetupAnswers answers, SetupPlan plan, SetupAdvice advice, boolean force) {
    this.context = context;
    this.answers = answers;
    this.plan = plan;
    this.advice = advice;
    this.force = force;
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException naming the first thing that cannot be
   */
  void refuse() {
    answers.drive().filter(drive -> !Placeholder.isIn(drive)).ifPresent(this::drive);
    answers.addresses().stream().filter(each -> !Placeholder.isIn(each)).forEach(this::address);
    subsystem();
    kernel();
    rules();
    plan.drive().ifPresent(this::queues);
  }

  private void drive(String path) {
    Optional<BlockDevice> device = context.inventory().blockDevice(path);
    if (device.isEmpty()) {
      throw instead(Problem.Kind.INVALID, "no block device is at " + path, SetupKey.DRIVE);
    }
    List<String> uses = new ArrayList<>(advice.exports().uses(device.get()));
    uses.remove("exported by " + plan.namespacePath());
    List<NvmetPath> exported = advice.exports().of(device.get());
    if (!uses.isEmpty() && exported.size() == 1 && uses.size() == 1 && answers.nqn().isPresent()) {
      String other = exported.get(0).name(1);
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "offload setup: " + path + " is exported by subsystem " + other + " already",
              "write:  " + SetupPlan.said(SetupKey.NQN, other))
          .asException();
    } else if (!uses.isEmpty()) {
      throw instead(
          Problem.Kind.CONFLICT, path + " is in use: " + String.join(", ", uses), SetupKey.DRIVE);
    }
  }

  private void address(String address) {
    if (context.inventory().address(address).isEmpty()) {
      throw instead(
          Problem.Kind.INVALID, "this machine has no address " + address, SetupKey.ADDRESS);
    }
  }

  /** A subsystem of that name is the one that is meant, or is not touched. */
  private void subsystem() {
    Subsystem there = new Subsystem(context.tree(), plan.path());
    if (!context.tree().isDirectory(plan.path())) {
      return;
    }
    List<Namespace> namespaces = there.namespaces();
    String what = "";
    if (there.isPassthru()) {
      what = "passes a whole controller through";
    } else if (namespaces.size() > 1) {
      what = "has " + namespaces.size() + " namespaces";
    } else if (!namespaces.isEmpty() && answers.drive().isPresent()) {
      String device = namespaces.get(0).device().orElse("nothing");
      what = plan.isSame(device, answers.drive().get()) ? "" : "exports " + device;
    }
    if (!what.isEmpty()) {
      throw instead(
          Problem.Kind.CONFLICT, plan.path() + " is there already, and " + what, SetupKey.NQN);
    } else if (!namespaces.isEmpty() && !there.asksForOffload()) {
      throw Problem.of(
              Problem.Kind.CONFLICT,
              "offload setup: " + plan.path() + " is there already, without offload",
              "have it offloaded:  offload on " + Words.quote(plan.path().toString()))
          .asException();
    }
  }

  /** What the kernel would refuse, or must not be sent. */
  private void kernel() {
    ChangeCheck check = new ChangeCheck(context.inventory());
    DraftTree then = new DraftTree(context.tree());
    for (Change change : plan.changes()) {
      boolean open = change instanceof Change.SetAttribute set && Placeholder.isIn(set.value());
      Optional<Problem> problem = open ? Optional.empty() : check.problem(change, then, force);
      if (problem.isPresent()) {
        boolean ofDrive = change.path().isAtOrBelow(plan.namespacePath());
        throw ofDrive ? otherDrive(problem.get()) : problem.get().asException();
      }
      change.applyTo(then);
    }
  }

  /** There is no namespace yet that the hints could be about. */
  private RuntimeException otherDrive(Problem problem) {
    String message = problem.message();
    String lead = plan.namespacePath() + ": ";
    return instead(
        problem.kind(),
        message.startsWith(lead) ? message.substring(lead.length()) : message,
        SetupKey.DRIVE,
        problem.hints().stream().filter(hint -> hint.contains("explain ")).toArray(String[]::new));
  }

  /** What could not be offloaded is not begun. */
  private void rules() {
    List<Finding> findings =
        force
            ? List.of()
            : OffloadRules.precluding(plan.draft(), context.inventory(), Set.of(plan.path()));
    if (!findings.isEmpty()) {
      Finding first = findings.get(0);
      SetupKey key = first.path().startsWith("/ports") ? SetupKey.ADDRESS : SetupKey.DRIVE;
      throw instead(
          Problem.Kind.CONFLICT,
          first.summary() + " (" + first.rule() + ")",
          key,
          "more:  explain " + first.rule());
    }
  }

  /** Hosts that come when all queues are taken are turned away, or see a drive of size 0. */
  private void queues(NvmeDrive drive) {
    OffloadView view = new OffloadView(plan.draft(), context.inventory());
    Subsystem then = new Subsystem(plan.draft(), plan.path());
    long granted = drive.p2pQueues().orElse(0);
    long needed = Math.max(1, QueuesEnough.needed(view, view.subsystemsAround(then), drive));
    if (force || granted >= needed) {
      return;
    }
    String rule = granted == 0 ? new QueuesGranted().id() : new QueuesEnough().id();
    Problem problem =
        Problem.of(
                Problem.Kind.CONFLICT,
                "offload setup: drive "
                    + drive.name()
                    + " was granted "
                    + (granted == 0 ? "no" : Long.toString(granted))
                    + (granted > 1 ? " P2P queues" : " P2P queue")
                    + ", and "
                    + needed
                    + (needed == 1 ? " is" : " are")
                    + " needed: one for each port ("
                    + rule
                    + ")")
            .with("rule", rule);
    if (drive.p2pQueues().isPresent()) {
      problem =
          problem
              .hint("mend:  modules set nvme num_p2p_queues=" + needed)
              .hint("which counts when nvme is loaded anew, as at boot:  modules");
    }
    if (granted > 0 && answers.addresses().size() > 1) {
      problem =
          problem.hint(
              "or with one path:  " + SetupPlan.said(SetupKey.ADDRESS, answers.addresses().get(0)));
    }
    throw problem.hint("more:  explain " + rule).asException();
  }

  /** What cannot be, and an answer that can. */
  private RuntimeException instead(
      Problem.Kind kind, String message, SetupKey key, String... more) {
    Problem problem = Problem.of(kind, "offload setup: " + message);
    // a name may be suggested because of the drive, and still be the one that cannot be
    Optional<String> better =
        advice.suggestion(key).filter(answer -> !answer.equals(plan.path().name()));
    if (better.isPresent()) {
      problem = problem.hint("write for instance:  " + SetupPlan.said(key, better.get()));
    }
    for (String line : more) {
      problem = problem.hint(line);
    }
    return problem.hint(SetupAdvice.look(key)).asException();
  }
}
