package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KeySource;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.Placeholder;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.TargetTree;
import java.util.Map;
import java.util.Optional;

/**
 * A change as the line that a person types for it: what hints and mends end in. Paths are absolute,
 * so the line does the same wherever the shell is.
 */
public final class TypedLines implements Change.Cases<String> {

  private static final TypedLines INSTANCE = new TypedLines();

  private TypedLines() {}

  public static String of(Change change) {
    return change.match(INSTANCE);
  }

  /** The line that sets an attribute. */
  public static String set(NvmetPath directory, String attribute, String value) {
    return "set " + Quoting.path(directory) + " " + Quoting.assignment(attribute, value);
  }

  /** The line that sets several. */
  public static String set(NvmetPath directory, Map<String, String> values) {
    return "set " + Quoting.path(directory) + assignments(values);
  }

  /** The line that makes a directory as it is now, should it have been removed. */
  public static String anew(TargetTree tree, NvmetPath directory) {
    StringBuilder line = new StringBuilder("create ").append(Quoting.path(directory));
    NodeKind kind = directory.kind().orElse(NodeKind.ROOT);
    for (Attribute row : NvmetSchema.of(kind, tree.flavor())) {
      Optional<String> value = tree.value(directory.child(row.name()));
      boolean written = row.access() == Attribute.Access.READ_WRITE;
      if (written && value.isPresent() && !value.get().equals(row.initial().text())) {
        line.append(' ').append(Quoting.assignment(row.name(), value.get().stripTrailing()));
      }
    }
    return line.toString();
  }

  @Override
  public String create(Change.Create change) {
    return "create " + Quoting.path(change.path());
  }

  @Override
  public String delete(Change.Delete change) {
    return "delete " + Quoting.path(change.path());
  }

  @Override
  public String set(Change.SetAttribute change) {
    if (change.path().name().equals("enable")) {
      String word = change.value().equals("0") ? "disable " : "enable ";
      return word + Quoting.path(change.path().parent());
    }
    boolean hidden = change.isSecret() && !Placeholder.isIn(change.value());
    String value = KeySource.in(change.value()).map(KeySource::text).orElse(change.value());
    return set(change.path().parent(), change.path().name(), hidden ? "KEY" : value);
  }

  @Override
  public String link(Change.Link change) {
    boolean ownName = change.path().name().equals(change.target().name());
    NvmetPath into = ownName ? change.path().ancestor(2) : change.path();
    return "link " + Quoting.path(change.target()) + " " + Quoting.path(into);
  }

  @Override
  public String unlink(Change.Unlink change) {
    return "unlink " + Quoting.path(change.path());
  }

  @Override
  public String loadModule(Change.LoadModule change) {
    return "modules load " + Quoting.word(change.name()) + assignments(change.parameters());
  }

  private static String assignments(Map<String, String> values) {
    StringBuilder words = new StringBuilder();
    for (Map.Entry<String, String> each : values.entrySet()) {
      words.append(' ').append(Quoting.assignment(each.getKey(), each.getValue()));
    }
    return words.toString();
  }

  @Override
  public String unloadModule(Change.UnloadModule change) {
    return "modules unload " + Quoting.word(change.name());
  }

  @Override
  public String setOptions(Change.SetOptions change) {
    return "modules set " + Quoting.word(change.name()) + assignments(change.options());
  }

  @Override
  public String unsetOptions(Change.UnsetOptions change) {
    StringBuilder line = new StringBuilder("modules unset ").append(Quoting.word(change.name()));
    for (String parameter : change.parameters()) {
      line.append(' ').append(Quoting.word(parameter));
    }
    return line.toString();
  }
}
