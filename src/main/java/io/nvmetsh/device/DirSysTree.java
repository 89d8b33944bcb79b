package io.nvmetsh.device;

import io.nvmetsh.schema.NaturalOrder;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * This machine, or a copy of one below some directory. With a directory other than {@code /}, links
 * are resolved inside it, so that a copied {@code /sys} shows the machine it came from and never
 * this one.
 */
public final class DirSysTree implements SysTree {

  private static final int TYPE_MASK = 0xf000;
  private static final int CHARACTER = 0x2000;
  private static final int DIRECTORY = 0x4000;
  private static final int BLOCK = 0x6000;
  private static final int REGULAR = 0x8000;

  private final Links.Reader links =
      new Links.Reader() {
        @Override
        public @Nullable String target(String path) {
          return DirSysTree.this.target(path);
        }
      };

  /** Without a trailing slash; empty when the root is this machine's own. */
  private final String root;

  public DirSysTree() {
    this(Path.of("/"));
  }

  public DirSysTree(Path root) {
    String text = root.toAbsolutePath().normalize().toString();
    this.root = text.equals("/") ? "" : text;
  }

  @Override
  public List<String> list(String directory) {
    String place = place(directory);
    String[] names = place == null ? null : new File(place).list();
    if (names == null) {
      return List.of();
    }
    Arrays.sort(names, NaturalOrder.INSTANCE);
    return List.of(names);
  }

  @Override
  public Optional<String> read(String file) {
    String place = place(file);
    if (place == null) {
      return Optional.empty();
    }
    try (FileInputStream in = new FileInputStream(place)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalInt word(String file, int offset) {
    String place = place(file);
    if (place == null) {
      return OptionalInt.empty();
    }
    try (RandomAccessFile in = new RandomAccessFile(place, "r")) {
      in.seek(offset);
      return OptionalInt.of(Integer.reverseBytes(in.readInt()));
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  @Override
  public Optional<String> link(String path) {
    String absolute = Links.absolute("/", path);
    String directory = real(Links.parent(absolute));
    String target = directory == null ? null : target(Links.child(directory, Links.name(absolute)));
    return Optional.ofNullable(target);
  }

  /** {@inheritDoc} The way to the directory is followed once. */
  @Override
  public Map<String, String> links(String directory) {
    String real = real(directory);
    Map<String, String> links = new LinkedHashMap<>();
    if (real == null) {
      return links;
    }
    for (String name : list(real)) {
      String target = named(Links.child(real, name));
      if (target != null) {
        links.put(name, target);
      }
    }
    return links;
  }

  @Override
  public Optional<String> realPath(String path) {
    String real = real(path);
    return real != null && (root.isEmpty() || new File(root + real).exists())
        ? Optional.of(real)
        : Optional.empty();
  }

  @Override
  public FileKind kind(String path) {
    String place = place(path);
    if (place == null) {
      return FileKind.ABSENT;
    }
    try {
      int mode = (Integer) Files.getAttribute(Path.of(place), "unix:mode");
      return switch (mode & TYPE_MASK) {
        case DIRECTORY -> FileKind.DIRECTORY;
        case REGULAR -> FileKind.REGULAR;
        case BLOCK -> FileKind.BLOCK_DEVICE;
        case CHARACTER -> FileKind.CHARACTER_DEVICE;
        default -> FileKind.OTHER;
      };
    } catch (IOException | InvalidPathException e) {
      return FileKind.ABSENT;
    }
  }

  /** Where to find a path; links are left to the kernel unless they could leave the root. */
  private @Nullable String place(String path) {
    if (root.isEmpty()) {
      return path;
    }
    String real = real(path);
    return real == null ? null : root + real;
  }

  private @Nullable String real(String path) {
    if (!root.isEmpty()) {
      return Links.follow(path, links);
    }
    try {
      return Path.of(path).toRealPath().toString();
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private @Nullable String target(String path) {
    try {
      return Files.isSymbolicLink(Path.of(root + path)) ? named(path) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** What the link at a path names; null where readlink(2) answers EINVAL, as there is none. */
  private @Nullable String named(String path) {
    try {
      String target = Files.readSymbolicLink(Path.of(root + path)).toString();
      return Links.absolute(Links.parent(path), target);
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }
}
