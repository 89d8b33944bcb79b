package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.command.CommandSpec.Option;
import io.nvmetsh.plan.Plan;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sets attributes. */
final class SetCommand implements Command {

  static final Option FORCE =
      Option.toggle("force", 'f', "ask the kernel although a check objects; never a hazard");

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "set",
        List.of(),
        Group.CHANGE,
        "set attributes",
        List.of(Argument.many("[PATH] ATTRIBUTE=VALUE", Kind.ASSIGNMENT)),
        List.of(FORCE),
        """
        Several assignments are made in the order given. A value equal to the present one is not
        written. Setting device_path fills pci_device_path where the kernel has it, unless it is
        given or was set before; pci_device_path=clear in the same line keeps it clear, for a
        namespace without offload. A key is asked for (dhchap_key=?), read from a file (=@FILE) or
        made up and written to one (=generate@FILE, =generate:sha256@FILE); it is never shown.
        nvmetcli's form is understood: set addr trtype=rdma.\
        """,
        List.of(
            "set /subsystems/testsubsystem attr_allow_any_host=1",
            "set /ports/1 addr_trtype=rdma addr_adrfam=ipv4"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    List<String> words = new ArrayList<>(arguments.words());
    NvmetPath directory = context.here();
    if (!words.isEmpty() && !isOurs(context, words.get(0), directory)) {
      directory = new Lookup(context).directory(words.remove(0));
    }
    List<String> attributes = context.tree().attributes(directory);
    String group = takeGroup(words, attributes);
    Assignments assignments = new Assignments(context, directory, attributes);
    if (words.isEmpty()) {
      throw assignments.nothing();
    }
    if (arguments.has("force")) {
      assignments.force();
    }
    assignments.add(group, words);
    return new Effect.Apply(
        new Plan(assignments.changes(), arguments.has("force")), assignments.notes());
  }

  /** Takes nvmetcli's group off the words, if it is there. */
  private static String takeGroup(List<String> words, List<String> attributes) {
    boolean grouped =
        !words.isEmpty()
            && !Assignments.isAssignment(words.get(0))
            && Assignments.isGroup(words.get(0), attributes);
    return grouped ? words.remove(0) : "";
  }

  @Override
  public List<Candidate> complete(Context context, Arguments before, String word) {
    List<String> words = new ArrayList<>(before.words());
    if (words.isEmpty() && word.indexOf('=') < 0) {
      Offer offer = new Offer(context, word);
      new AssignmentCompletion(context, context.here(), "", words).addNames(offer);
      PathCompletion.add(context, offer, PathCompletion.DIRECTORY);
      return offer.candidates();
    }
    NvmetPath directory = context.here();
    if (!words.isEmpty() && !isOurs(context, words.get(0), directory)) {
      Optional<NvmetPath> found = new Lookup(context).find(words.remove(0));
      if (found.isEmpty()) {
        return List.of();
      }
      directory = found.get();
    }
    String group = takeGroup(words, context.tree().attributes(directory));
    return new AssignmentCompletion(context, directory, group, words).of(word);
  }

  /** Whether a word is about this directory's attributes and not the path of another directory. */
  private static boolean isOurs(Context context, String word, NvmetPath here) {
    List<String> attributes = context.tree().attributes(here);
    return Assignments.isAssignment(word)
        || attributes.contains(word)
        || Assignments.isGroup(word, attributes);
  }
}
