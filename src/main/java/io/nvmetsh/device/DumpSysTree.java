package io.nvmetsh.device;

import io.nvmetsh.device.DumpEntry.Directory;
import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Problem.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A machine written down in one file by {@link MachineDump}: what simulated machines and tests look
 * at, so that the reader of a dump is the reader of the real thing. Never changes; {@link #with}
 * and {@link #without} give another machine.
 */
public final class DumpSysTree implements SysTree {

  private static final int MOST_BYTES = 64 << 20;

  /** Null until the default machine is looked at, which many a line does not do. */
  private @Nullable Directory root;

  private DumpSysTree(@Nullable Directory root) {
    this.root = root;
  }

  /**
   * Reads a dump from a file.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it cannot be read or is no dump
   */
  public static DumpSysTree load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw unreadable(file, "is larger than 64 MiB, so it is no dump");
      }
      return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + FileFailure.reading(e));
    }
  }

  private static RuntimeException unreadable(Path file, String what) {
    return Problem.of(
            Kind.FILE,
            "machine dump " + file + " " + what,
            "make one on the machine in question:  nvmetsh machine dump > FILE")
        .with("path", file.toString())
        .asException();
  }

  /**
   * Reads a dump from memory.
   *
   * @param name what errors call it
   * @throws io.nvmetsh.schema.NvmetshException when it is no dump
   */
  public static DumpSysTree parse(String name, String text) {
    return new DumpSysTree(new DumpReader(name, text).read());
  }

  /** The machine that a simulated kernel runs on unless another one is named. */
  public static DumpSysTree defaultMachine() {
    return new DumpSysTree(null);
  }

  private Directory root() {
    if (root == null) {
      root = new DumpReader("of the default machine", DefaultMachine.TEXT).read();
    }
    return root;
  }

  /**
   * This machine with a file of this content, in place of what was at the path.
   *
   * @throws IllegalArgumentException when something else than directories is above it
   */
  public DumpSysTree with(String file, String content) {
    DumpBuilder builder = new DumpBuilder(root().copy());
    builder.put(here(file), new DumpEntry.RegularFile(content));
    return new DumpSysTree(builder.root());
  }

  /** This machine without what is at a path and below it. A link goes, not what it leads to. */
  public DumpSysTree without(String path) {
    DumpBuilder builder = new DumpBuilder(root().copy());
    builder.remove(here(path));
    return new DumpSysTree(builder.root());
  }

  /** The path with the links on the way to its last part followed. */
  private String here(String path) {
    String absolute = Links.absolute("/", path);
    Place parent = walk(Links.parent(absolute));
    return parent == null ? absolute : Links.child(parent.path, Links.name(absolute));
  }

  @Override
  public List<String> list(String directory) {
    Place place = walk(directory);
    if (place == null || !(place.entry instanceof Directory found)) {
      return List.of();
    }
    String[] names = found.entries().keySet().toArray(new String[0]);
    Arrays.sort(names, NaturalOrder.INSTANCE);
    return List.of(names);
  }

  @Override
  public Optional<String> read(String file) {
    Place place = walk(file);
    return place != null && place.entry instanceof DumpEntry.RegularFile found
        ? Optional.ofNullable(found.content())
        : Optional.empty();
  }

  @Override
  public OptionalInt word(String file, int offset) {
    return DumpWords.at(read(file).orElse(""), offset);
  }

  @Override
  public Optional<String> link(String path) {
    String absolute = Links.absolute("/", path);
    Place parent = walk(Links.parent(absolute));
    return parent != null
            && parent.entry instanceof Directory directory
            && directory.entries().get(Links.name(absolute)) instanceof DumpEntry.Link link
        ? Optional.of(link.target())
        : Optional.empty();
  }

  @Override
  public Map<String, String> links(String directory) {
    Place place = walk(directory);
    Map<String, String> links = new LinkedHashMap<>();
    if (place != null && place.entry instanceof Directory found) {
      for (String name : list(place.path)) {
        if (found.entries().get(name) instanceof DumpEntry.Link link) {
          links.put(name, link.target());
        }
      }
    }
    return links;
  }

  @Override
  public Optional<String> realPath(String path) {
    Place place = walk(path);
    return place == null ? Optional.empty() : Optional.of(place.path);
  }

  @Override
  public FileKind kind(String path) {
    Place place = walk(path);
    if (place == null) {
      return FileKind.ABSENT;
    } else if (place.entry instanceof Directory) {
      return FileKind.DIRECTORY;
    }
    return place.entry instanceof DumpEntry.Node node ? node.kind() : FileKind.REGULAR;
  }

  /** Where a walk ended; never a link. */
  private record Place(String path, DumpEntry entry) {}

  /** Follows a path and every link on it; null when it leads nowhere. */
  private @Nullable Place walk(String path) {
    String todo = Links.absolute("/", path);
    DumpEntry at = root();
    int start = 1;
    int links = 0;
    while (start < todo.length()) {
      int slash = todo.indexOf('/', start);
      int end = slash < 0 ? todo.length() : slash;
      DumpEntry next =
          at instanceof Directory directory
              ? directory.entries().get(todo.substring(start, end))
              : null;
      if (next == null || links > Links.MOST) {
        return null;
      }
      if (next instanceof DumpEntry.Link link) {
        todo = Links.join(link.target(), todo.substring(end));
        at = root();
        start = 1;
        links++;
      } else {
        at = next;
        start = end + 1;
      }
    }
    return new Place(todo, at);
  }
}
