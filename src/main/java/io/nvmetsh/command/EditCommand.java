package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import java.util.List;

/** Opens the attributes of an object in an editor, and sets what came out differently. */
final class EditCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "edit",
        List.of(),
        Group.CHANGE,
        "change the attributes of an object in an editor",
        List.of(Argument.optional("PATH", Kind.NODE)),
        List.of(SetCommand.FORCE),
        """
        Opens what can be set of the object at PATH, or of the one the shell is in, as lines
        ATTRIBUTE=VALUE, with what each means and takes beside it, in the editor that VISUAL or EDITOR
        names. Left, what differs is set as by set, in an order the kernel accepts; a line that is
        missing leaves its attribute alone. When something is wrong with it, nothing is lost: edit
        again, or leave it, and the text is kept in a file. An empty file, and an editor that ends with
        a failure (:cq in vi), change nothing. Keys are not in the text; set asks for them. It needs a
        terminal: a script says set.\
        """,
        List.of("edit /ports/1", "edit /subsystems/testsubsystem/namespaces/1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return new Effect.Edit(
        AttributeText.of(
            context,
            new Lookup(context).directoryOrHere(arguments.word(0)),
            arguments.has("force")));
  }
}
