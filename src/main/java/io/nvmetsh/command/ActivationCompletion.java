package io.nvmetsh.command;

import io.nvmetsh.journal.DeactivatedPorts;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;

/** What can be deactivated, or activated: what is so already is not offered, nor the way there. */
final class ActivationCompletion {

  /** With more of them than this, the way to what is perhaps there is offered without a look. */
  private static final int MANY = 64;

  private static final PathCompletion.Goal GOAL =
      new PathCompletion.Goal(
          kind -> kind.isSwitched() || kind == NodeKind.PORT, kind -> false, false, false);

  private final Context context;
  private final TargetTree tree;
  private final DeactivatedPorts ports;
  private final boolean on;

  private ActivationCompletion(Context context, boolean on) {
    this.context = context;
    this.tree = context.tree();
    this.ports = new DeactivatedPorts(context.journal().store());
    this.on = on;
  }

  static List<Candidate> of(Context context, String word, boolean on) {
    ActivationCompletion completion = new ActivationCompletion(context, on);
    List<Candidate> all = PathCompletion.of(context, word, GOAL);
    List<Candidate> some = new ArrayList<>();
    for (Candidate each : all) {
      completion.add(each, all.size(), some);
    }
    return some;
  }

  /** A port is offered for itself, and once more as the way to its referrals. */
  private void add(Candidate each, int count, List<Candidate> some) {
    NvmetPath path = context.resolve(each.value());
    boolean up = each.value().endsWith("../");
    if (!up && path.kind().filter(NodeKind.PORT::equals).isPresent() && can(path)) {
      String port = each.value().replaceAll("/$", "");
      some.add(new Candidate(port, each.description(), false, each.group()));
    }
    if (up || (each.more() ? count > MANY || leads(path) : can(path))) {
      some.add(each);
    }
  }

  private boolean leads(NvmetPath path) {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    return switch (kind) {
      case PORT -> leads(path.child("referrals"));
      case SUBSYSTEM -> leads(path.child("namespaces")) || can(path.child("passthru"));
      case REFERRALS, NAMESPACES -> {
        for (String name : tree.directories(path)) {
          if (context.patience().isOver() || can(path.child(name))) {
            yield true;
          }
        }
        yield false;
      }
      default -> true;
    };
  }

  private boolean can(NvmetPath path) {
    if (!tree.isDirectory(path)) {
      return false;
    } else if (path.kind().filter(NodeKind.PORT::equals).isPresent()) {
      return on
          ? ports.inForce(path, tree).isPresent()
          : !tree.glance(path.child("subsystems"), 1).isEmpty();
    }
    return tree.isOn(path, "enable") != on;
  }
}
