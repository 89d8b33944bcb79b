package io.nvmetsh.journal;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A store as a rehearsal sees it: what is there already, and what the rehearsal would write, which
 * stays in memory and goes with it.
 */
final class RehearsalStore implements Store {

  private final Store live;
  private final MemoryStore own = new MemoryStore();

  /** The files that are other than in the store itself, or not there any more. */
  private final Set<String> covered = new HashSet<>();

  RehearsalStore(Store live) {
    this.live = live;
  }

  @Override
  public List<String> names(String folder) {
    Set<String> names = new TreeSet<>(own.names(folder));
    for (String name : live.names(folder)) {
      if (!covered.contains(folder + "/" + name)) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  @Override
  public Optional<List<String>> lines(String name) {
    return covered.contains(name) ? own.lines(name) : live.lines(name);
  }

  @Override
  public Log begin(String name) {
    covered.add(name);
    return own.begin(name);
  }

  @Override
  public Log resume(String name) {
    if (covered.add(name)) {
      live.lines(name).ifPresent(lines -> own.replace(name, lines));
    }
    return own.resume(name);
  }

  @Override
  public void replace(String name, List<String> lines) {
    covered.add(name);
    own.replace(name, lines);
  }

  @Override
  public void rename(String name, String other) {
    Optional<List<String>> lines = lines(name);
    delete(name);
    lines.ifPresent(each -> replace(other, each));
  }

  @Override
  public void delete(String name) {
    covered.add(name);
    own.delete(name);
  }

  /** Nobody else is in a rehearsal. */
  @Override
  public Optional<Hold> lock(Owner owner) {
    return own.lock(owner);
  }

  @Override
  public Optional<Owner> owner() {
    return live.owner();
  }

  @Override
  public Optional<Path> directory() {
    return live.directory();
  }
}
