package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Argument;
import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.CommandSpec.Kind;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.Optional;

/** Declares a parameter, in a script or for the lines typed from here on. */
public final class ParamCommand implements Command {

  public static final String NAME = "param";

  /** What stands in the place of a default that must not be written down. */
  public static final String SECRET = "secret";

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        NAME,
        List.of(),
        Group.SESSIONS,
        "declare a parameter of a script",
        List.of(
            Argument.required("NAME", Kind.WORD), Argument.optional("DEFAULT|secret", Kind.WORD)),
        List.of(),
        """
        The lines that follow may use $NAME or ${NAME}; the value stays one word whatever is in it.
        A parameter of a script without default must be given: replay FILE --param NAME=VALUE. All
        that are missing are named before the first line runs. A secret one is asked for without
        echo, or read from a file: --param NAME=@FILE. Typed, the line gives the parameter its
        value.""",
        List.of("param traddr 192.168.1.1"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    return declaration(arguments);
  }

  /** What the words behind {@code param} declare. */
  public static Effect.Declare declaration(Arguments arguments) {
    String name = arguments.required(0);
    checkName(name);
    boolean secret = arguments.word(1).filter(SECRET::equals).isPresent();
    return new Effect.Declare(name, secret ? Optional.empty() : arguments.word(1), secret);
  }

  /**
   * @throws io.nvmetsh.schema.NvmetshException when no parameter can be called so
   */
  public static void checkName(String name) {
    if (!Placeholder.isName(name)) {
      throw Problem.of(
              Problem.Kind.INVALID,
              "param: " + Words.quote(name) + " cannot be the name of a parameter",
              "take letters, digits and _, not beginning with a digit:  param traddr")
          .asException();
    }
  }
}
