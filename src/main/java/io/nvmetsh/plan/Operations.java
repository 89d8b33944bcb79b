package io.nvmetsh.plan;

import io.nvmetsh.device.ModuleConfig;
import io.nvmetsh.device.OptionsText;
import io.nvmetsh.schema.Placeholder;
import java.util.Map;

/** A change as the operation it is, in the words of someone who knows configfs. */
public final class Operations implements Change.Cases<String> {

  private static final Operations INSTANCE = new Operations();

  private Operations() {}

  public static String of(Change change) {
    return change.match(INSTANCE);
  }

  @Override
  public String create(Change.Create change) {
    return "mkdir " + change.path();
  }

  @Override
  public String delete(Change.Delete change) {
    return "rmdir " + change.path();
  }

  @Override
  public String set(Change.SetAttribute change) {
    return "write \""
        + (change.isSecret() ? "***" : Placeholder.shown(change.value()))
        + "\" to "
        + change.path();
  }

  @Override
  public String link(Change.Link change) {
    return "symlink " + change.path() + " -> " + change.target();
  }

  @Override
  public String unlink(Change.Unlink change) {
    return "unlink " + change.path();
  }

  @Override
  public String loadModule(Change.LoadModule change) {
    StringBuilder line = new StringBuilder("modprobe ").append(change.name());
    for (Map.Entry<String, String> parameter : change.parameters().entrySet()) {
      line.append(' ').append(parameter.getKey()).append('=').append(parameter.getValue());
    }
    return line.toString();
  }

  @Override
  public String unloadModule(Change.UnloadModule change) {
    return "modprobe -r " + change.name();
  }

  @Override
  public String setOptions(Change.SetOptions change) {
    String line = OptionsText.line(change.name(), change.options());
    return "write \"" + line + "\" to " + ModuleConfig.OWN_FILE;
  }

  @Override
  public String unsetOptions(Change.UnsetOptions change) {
    return "take \"options "
        + (change.name() + " " + String.join(" ", change.parameters())).strip()
        + "\" out of "
        + ModuleConfig.OWN_FILE;
  }
}
