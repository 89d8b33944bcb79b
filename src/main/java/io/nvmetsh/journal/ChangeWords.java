package io.nvmetsh.journal;

import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A change as the words that a journal keeps of it. A key is not among them. */
final class ChangeWords implements Change.Cases<List<String>> {

  static final ChangeWords INSTANCE = new ChangeWords();

  private ChangeWords() {}

  /** Whether a change that was read lacks what was not written down. */
  static boolean lacksKey(Change change) {
    return change instanceof Change.SetAttribute set && Placeholder.isIn(set.value());
  }

  /** Whether the words tell all of a change: a key is not among them. */
  static boolean sayAll(Change change) {
    return !(change instanceof Change.SetAttribute set && set.isSecret()) || set.value().isEmpty();
  }

  /** The change that words stand for. */
  static Change change(List<String> words) {
    NvmetPath path = NvmetPath.parse(words.get(1));
    return switch (words.get(0)) {
      case "mkdir" -> new Change.Create(path);
      case "rmdir" -> new Change.Delete(path);
      case "write" ->
          new Change.SetAttribute(
              path, words.size() > 2 ? words.get(2) : Placeholder.of(path.name()));
      case "symlink" -> new Change.Link(path, NvmetPath.parse(words.get(2)));
      case "unlink" -> new Change.Unlink(path);
      case "modprobe" -> new Change.LoadModule(words.get(1), parameters(words));
      case "rmmod" -> new Change.UnloadModule(words.get(1));
      case "options" -> new Change.SetOptions(words.get(1), parameters(words));
      case "nooptions" ->
          new Change.UnsetOptions(words.get(1), new TreeSet<>(words.subList(2, words.size())));
      default -> throw new IllegalArgumentException("no change is called " + words.get(0));
    };
  }

  private static SortedMap<String, String> parameters(List<String> words) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (int i = 2; i + 1 < words.size(); i += 2) {
      parameters.put(words.get(i), words.get(i + 1));
    }
    return parameters;
  }

  @Override
  public List<String> create(Change.Create change) {
    return List.of("mkdir", change.path().toString());
  }

  @Override
  public List<String> delete(Change.Delete change) {
    return List.of("rmdir", change.path().toString());
  }

  @Override
  public List<String> set(Change.SetAttribute change) {
    return sayAll(change)
        ? List.of("write", change.path().toString(), change.value())
        : List.of("write", change.path().toString());
  }

  @Override
  public List<String> link(Change.Link change) {
    return List.of("symlink", change.path().toString(), change.target().toString());
  }

  @Override
  public List<String> unlink(Change.Unlink change) {
    return List.of("unlink", change.path().toString());
  }

  @Override
  public List<String> loadModule(Change.LoadModule change) {
    return words("modprobe", change.name(), change.parameters());
  }

  private static List<String> words(
      String operation, String module, SortedMap<String, String> values) {
    List<String> words = new ArrayList<>(List.of(operation, module));
    values.forEach(
        (name, value) -> {
          words.add(name);
          words.add(value);
        });
    return words;
  }

  @Override
  public List<String> unloadModule(Change.UnloadModule change) {
    return List.of("rmmod", change.name());
  }

  @Override
  public List<String> setOptions(Change.SetOptions change) {
    return words("options", change.name(), change.options());
  }

  @Override
  public List<String> unsetOptions(Change.UnsetOptions change) {
    List<String> words = new ArrayList<>(List.of("nooptions", change.name()));
    words.addAll(change.parameters());
    return words;
  }
}
