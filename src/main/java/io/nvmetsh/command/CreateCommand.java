package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;

/** Makes a subsystem, namespace, port, host, referral or ANA group. */
final class CreateCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "create",
        List.of("mkdir"),
        Group.CHANGE,
        "make a subsystem, namespace, port, host, referral or ANA group",
        List.of(
            Argument.optional("PATH", Kind.NEW_NODE),
            Argument.many("ATTRIBUTE=VALUE", Kind.ASSIGNMENT)),
        List.of(
            Option.toggle("if-missing", '\0', "do nothing when it is there already"),
            Option.toggle("parents", 'p', "the same, and make what is missing above it"),
            SetCommand.FORCE),
        """
        In namespaces, ports and ana_groups the name may be left out: the next free id is taken.
        Attributes can be set in the same line. In allowed_hosts and in the subsystems of a port it
        links what is there already, as nvmetcli has it.\
        """,
        List.of(
            "create /subsystems/nqn.2024-01.io.example:disk1",
            "create /ports/7 addr_trtype=rdma addr_adrfam=ipv4",
            "create -p /subsystems/nqn.2024-01.io.example:disk2/namespaces/1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    List<String> words = new ArrayList<>(arguments.words());
    NvmetPath typed = takePath(context, words);
    NvmetPath path = Members.complete(context.tree(), typed);
    boolean lenient = arguments.has("if-missing") || arguments.has("parents");
    if (lenient && context.tree().isDirectory(path)) {
      return Effect.Apply.of(Plan.of());
    }
    if (path.parent().kind().flatMap(NodeKind::linkTarget).isPresent() && words.isEmpty()) {
      return Effect.Apply.of(new Plan(List.of(link(context, path)), arguments.has("force")));
    }
    DraftTree draft = new DraftTree(context.tree());
    List<Change> changes = new ArrayList<>();
    if (arguments.has("parents") && path.kind().isPresent()) {
      addMissing(path.parent(), draft, changes);
    }
    changes.add(new Change.Create(path));
    draft.makeDirectory(path);
    Assignments assignments =
        new Assignments(context.seeing(draft), path, draft.attributes(path), true);
    if (arguments.has("force")) {
      assignments.force();
    }
    if (path.kind().isPresent()) {
      // else nothing can be made there, which is the thing to say, whatever it was to have
      assignments.add("", words);
    }
    changes.addAll(assignments.changes());
    List<String> notes = new ArrayList<>(assignments.notes());
    if (!path.equals(typed)) {
      notes.add(0, path + ": the next free id");
    }
    return new Effect.Apply(new Plan(changes, arguments.has("force")), notes);
  }

  /** nvmetcli's way to link: {@code create NQN} in a port's subsystems or in allowed_hosts. */
  private static Change link(Context context, NvmetPath path) {
    NvmetPath target = LinkCommand.groupOf(path.parent()).child(path.name());
    if (!context.tree().isDirectory(target)) {
      throw new Lookup(context).absent(target);
    }
    return new Change.Link(path, target);
  }

  /** Takes the path off the words; without one it is the directory the shell is in. */
  private static NvmetPath takePath(Context context, List<String> words) {
    return words.isEmpty() || Assignments.isAssignment(words.get(0))
        ? context.here()
        : context.resolve(words.remove(0));
  }

  /** The kernel makes groups together with their directory, so only made ones can be missing. */
  private static void addMissing(NvmetPath path, DraftTree draft, List<Change> changes) {
    if (path.isRoot() || draft.isDirectory(path)) {
      return;
    }
    addMissing(path.parent(), draft, changes);
    if (path.kind().filter(NodeKind::isMade).isPresent()) {
      changes.add(new Change.Create(path));
      draft.makeDirectory(path);
    }
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    List<String> words = new ArrayList<>(before.words());
    if (words.isEmpty() && word.indexOf('=') < 0) {
      return Completion.ofArgument(spec(), context, before, word);
    }
    NvmetPath typed = takePath(context, words);
    if (typed.kind().flatMap(NodeKind::member).filter(kind -> !kind.isNumbered()).isPresent()) {
      return List.of();
    }
    NvmetPath path = Members.complete(context.tree(), typed);
    DraftTree draft = new DraftTree(context.tree());
    draft.makeDirectory(path);
    return new AssignmentCompletion(context.seeing(draft), path, "", words).of(word);
  }
}
