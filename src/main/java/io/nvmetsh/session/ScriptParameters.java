package io.nvmetsh.session;

import io.nvmetsh.command.Arguments;
import io.nvmetsh.command.CommandLine;
import io.nvmetsh.command.Effect;
import io.nvmetsh.command.ParamCommand;
import io.nvmetsh.command.Words;
import io.nvmetsh.config.SecretFile;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.script.ParameterUses;
import io.nvmetsh.script.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a script and how they come to their values. All that are missing are found
 * before the first line runs, and named together.
 */
final class ScriptParameters {

  /** A parameter, and the line that declares it. */
  record Declaration(int number, Effect.Declare effect) {}

  private final Script script;
  private final List<Declaration> declarations = new ArrayList<>();

  ScriptParameters(Script script) {
    this.script = script;
    Map<String, String> values = new LinkedHashMap<>();
    for (Script.Step step : script.steps()) {
      Optional<Effect.Declare> declared = declaration(step, values);
      if (declared.isPresent()) {
        if (values.containsKey(declared.get().name())) {
          throw script
              .at(
                  step.number(),
                  Problem.of(
                      Problem.Kind.CONFLICT,
                      "param " + declared.get().name() + " is declared already",
                      "give one of the two another name"))
              .asException();
        }
        values.put(declared.get().name(), declared.get().initial().orElse(""));
        declarations.add(new Declaration(step.number(), declared.get()));
      }
    }
  }

  List<Declaration> declarations() {
    return declarations;
  }

  /** What a line declares; a default may refer to parameters declared before. */
  private Optional<Effect.Declare> declaration(Script.Step step, Map<String, String> values) {
    if (step.mayFail() || !step.text().startsWith(ParamCommand.NAME)) {
      return Optional.empty();
    }
    try {
      CommandLine line = CommandLine.parse(step.text(), values);
      return line.command().equals(ParamCommand.NAME)
          ? Optional.of(
              ParamCommand.declaration(Arguments.bind(new ParamCommand().spec(), line.words())))
          : Optional.empty();
    } catch (NvmetshException e) {
      throw script.at(step.number(), e.problem()).asException();
    }
  }

  /**
   * A value for every parameter: the one given, the default, or, for a secret, what the terminal is
   * asked for.
   *
   * @throws NvmetshException naming all that have none
   */
  Map<String, String> values(Map<String, String> given, Path folder, Output output) {
    checkNames(given);
    Map<String, String> values = new LinkedHashMap<>();
    List<Declaration> missing = new ArrayList<>();
    for (Declaration declaration : declarations) {
      Optional<String> value = value(declaration.effect(), given, folder, output);
      if (value.isPresent()) {
        values.put(declaration.effect().name(), value.get());
      } else {
        missing.add(declaration);
      }
    }
    if (!missing.isEmpty()) {
      throw missing(missing);
    }
    return values;
  }

  /**
   * A value for every parameter that is not secret: the one given, or the default.
   *
   * @throws NvmetshException naming all that have none
   */
  Map<String, String> known(Map<String, String> given) {
    checkNames(given);
    Map<String, String> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Declaration each : declarations) {
      Effect.Declare declared = each.effect();
      Optional<String> value = Optional.ofNullable(given.get(declared.name()));
      if (value.isPresent() || declared.initial().isPresent()) {
        values.put(declared.name(), value.or(declared::initial).orElseThrow());
      } else if (!declared.secret()) {
        missing.add(declared.name());
      }
    }
    if (!missing.isEmpty()) {
      throw Problem.of(
              Problem.Kind.USAGE,
              script.name() + " needs values for its parameters: " + String.join(", ", missing),
              "supply them, add to the line:  --param " + missing.get(0) + "=VALUE")
          .asException();
    }
    checkTypes(values);
    return values;
  }

  /**
   * Looks at values by the type of the attributes that they are for.
   *
   * @throws NvmetshException for the first that is none of its type
   */
  void checkTypes(Map<String, String> values) {
    Map<String, ParameterUses.Use> uses = ParameterUses.of(script);
    for (Declaration declaration : declarations) {
      ParameterUses.Use use = uses.get(declaration.effect().name());
      if (use != null && values.containsKey(declaration.effect().name())) {
        check(declaration, use, values.getOrDefault(declaration.effect().name(), ""));
      }
    }
  }

  private void check(Declaration declaration, ParameterUses.Use use, String value) {
    Attribute attribute = use.attribute();
    try {
      attribute.type().canonical(value);
    } catch (InvalidValue e) {
      boolean secret = declaration.effect().secret() || attribute.isSecret();
      throw script
          .at(
              declaration.number(),
              Problem.of(
                  Problem.Kind.INVALID,
                  declaration.effect().name()
                      + " is a value of "
                      + attribute.name()
                      + " (line "
                      + use.line()
                      + "), which takes "
                      + attribute.type().hint()
                      + "; "
                      + (secret ? "the value" : Words.quote(value))
                      + " "
                      + e.getMessage(),
                  "more:  explain " + attribute.name()))
          .hint("nothing was done")
          .asException();
    }
  }

  private void checkNames(Map<String, String> given) {
    for (String name : given.keySet()) {
      if (declarations.stream().noneMatch(each -> each.effect().name().equals(name))) {
        throw Problem.of(
                Problem.Kind.USAGE,
                script.name() + " has no parameter " + Words.quote(name),
                "see what it has:  script info " + Words.quote(script.name()))
            .asException();
      }
    }
  }

  private Optional<String> value(
      Effect.Declare declared, Map<String, String> given, Path folder, Output output) {
    Optional<String> value = Optional.ofNullable(given.get(declared.name()));
    if (!declared.secret()) {
      return value.isPresent() ? value : declared.initial();
    }
    if (value.isEmpty()) {
      return output.secret(declared.name() + ": ").filter(text -> !text.isEmpty());
    }
    if (!value.get().startsWith("@")) {
      // what stands on a command line is seen by ps and kept by the shell's history
      throw Problem.of(
              Problem.Kind.USAGE,
              declared.name() + " is secret and not given on a line",
              "put it into a file:  --param " + declared.name() + "=@FILE")
          .asException();
    }
    String file = value.get().substring(1);
    return Optional.of(SecretFile.text(folder.resolve(file), file).strip());
  }

  private RuntimeException missing(List<Declaration> missing) {
    StringBuilder names = new StringBuilder();
    StringBuilder options = new StringBuilder();
    for (Declaration each : missing) {
      Effect.Declare declared = each.effect();
      names.append(names.length() == 0 ? "" : ", ").append(declared.name());
      names.append(" (line ").append(each.number()).append(declared.secret() ? ", secret)" : ")");
      options.append(" --param ").append(declared.name());
      options.append(declared.secret() ? "=@FILE" : "=VALUE");
    }
    return Problem.of(
            Problem.Kind.USAGE,
            script.name() + " needs values for its parameters: " + names,
            "supply them:  replay " + Words.quote(script.name()) + options)
        .asException();
  }
}
