package io.nvmetsh.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tree that notes what is looked at. Whatever a reader needs ends up in a dump because the reader
 * itself walked there: the two cannot drift apart, and nothing else of the machine is written down.
 * What is merely listed does not count until it is looked at; what is absent leaves no trace.
 */
final class Footprint implements SysTree {

  private final SysTree tree;
  private final DumpBuilder seen = new DumpBuilder(new DumpEntry.Directory());
  private final Map<String, Optional<String>> links = new HashMap<>();
  private final Map<String, SortedMap<Integer, Integer>> words = new HashMap<>();

  Footprint(SysTree tree) {
    this.tree = tree;
  }

  DumpEntry.Directory root() {
    return seen.root();
  }

  @Override
  public List<String> list(String directory) {
    return tree.list(directory);
  }

  @Override
  public Optional<String> read(String file) {
    Optional<String> content = tree.read(file);
    String real = content.isPresent() ? Links.follow(file, this::target) : null;
    String kept = real == null ? null : DumpFilter.keep(real, content.get());
    if (real != null && kept != null) {
      noteLinks(file);
      seen.put(real, new DumpEntry.RegularFile(kept));
    }
    return content;
  }

  @Override
  public OptionalInt word(String file, int offset) {
    OptionalInt word = tree.word(file, offset);
    String real = word.isPresent() ? Links.follow(file, this::target) : null;
    if (real != null) {
      noteLinks(file);
      SortedMap<Integer, Integer> seenWords = words.computeIfAbsent(real, each -> new TreeMap<>());
      seenWords.put(offset, word.getAsInt());
      seen.put(real, new DumpEntry.RegularFile(DumpWords.text(seenWords)));
    }
    return word;
  }

  @Override
  public Optional<String> link(String path) {
    Optional<String> target = tree.link(path);
    if (target.isPresent()) {
      noteLinks(path);
    }
    return target;
  }

  @Override
  public Optional<String> realPath(String path) {
    kind(path);
    return tree.realPath(path);
  }

  @Override
  public FileKind kind(String path) {
    FileKind kind = tree.kind(path);
    String real = kind == FileKind.ABSENT ? null : Links.follow(path, this::target);
    if (real != null) {
      noteLinks(path);
      String word = DumpText.word(kind);
      DumpEntry entry = word == null ? null : DumpText.entry(word);
      if (entry == null) {
        seen.directory(real);
      } else if (seen.at(real) == null) {
        seen.put(real, entry);
      }
    }
    return kind;
  }

  private void noteLinks(String path) {
    Links.follow(
        path,
        place -> {
          String target = target(place);
          if (target != null && seen.at(place) == null) {
            seen.put(place, new DumpEntry.Link(target));
          }
          return target;
        });
  }

  /** {@code /proc/self} and {@code /proc/net} lead to the one who asks: kept as directories. */
  private @Nullable String target(String path) {
    Optional<String> target = links.get(path);
    if (target == null) {
      target = path.startsWith("/proc/") ? Optional.empty() : tree.link(path);
      links.put(path, target);
    }
    return target.orElse(null);
  }
}
