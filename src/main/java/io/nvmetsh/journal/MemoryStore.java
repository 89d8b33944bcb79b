package io.nvmetsh.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A store for a target that nobody else can reach and that ends with this process. */
public final class MemoryStore implements Store {

  private final NavigableMap<String, List<String>> files = new TreeMap<>();

  @Override
  public List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    String prefix = folder + "/";
    for (String name : files.tailMap(prefix).keySet()) {
      if (!name.startsWith(prefix)) {
        break;
      }
      names.add(name.substring(prefix.length()));
    }
    return names;
  }

  @Override
  public Optional<List<String>> lines(String name) {
    return Optional.ofNullable(files.get(name)).map(List::copyOf);
  }

  @Override
  public Log begin(String name) {
    files.put(name, new ArrayList<>());
    return resume(name);
  }

  @Override
  public Log resume(String name) {
    List<String> lines = files.computeIfAbsent(name, absent -> new ArrayList<>());
    return new Log() {
      @Override
      public void append(String line) {
        lines.add(line);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void replace(String name, List<String> lines) {
    files.put(name, new ArrayList<>(lines));
  }

  @Override
  public void rename(String name, String other) {
    List<String> lines = files.remove(name);
    if (lines != null) {
      files.put(other, lines);
    }
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public Optional<Hold> lock(Owner owner) {
    return Optional.of(() -> {});
  }

  @Override
  public Optional<Owner> owner() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> directory() {
    return Optional.empty();
  }
}
