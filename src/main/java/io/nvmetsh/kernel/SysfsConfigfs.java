package io.nvmetsh.kernel;

import io.nvmetsh.kernel.Refusal.Operation;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The configfs of a running kernel, or a directory laid out like one. Each verb is one system call
 * plus what Java needs around it; nothing is remembered between two calls.
 */
public final class SysfsConfigfs implements Configfs {

  /** What fstat(2) says of every attribute; the size of one page. */
  private static final int ATTRIBUTE_SIZE = 4096;

  private final Path root;
  private final @Nullable Kmsg log;

  /** The tree below {@code root}, without a look at any kernel's log. */
  public SysfsConfigfs(Path root) {
    this(root, null);
  }

  SysfsConfigfs(Path root, @Nullable Kmsg log) {
    this.root = root.toAbsolutePath().normalize();
    this.log = log;
  }

  @Override
  public List<Entry> list(NvmetPath directory) throws Refusal {
    Path path = path(Operation.LIST, directory);
    Optional<NodeKind> kind = directory.kind();
    List<Entry> entries = new ArrayList<>();
    try {
      for (String name : names(path)) {
        entries.add(new Entry(name, type(kind, path, name)));
      }
    } catch (IOException e) {
      throw refusal(Operation.LIST, directory, e);
    }
    entries.sort((a, b) -> NaturalOrder.INSTANCE.compare(a.name(), b.name()));
    return entries;
  }

  @Override
  public List<String> glance(NvmetPath directory, int most) throws Refusal {
    Path path = path(Operation.LIST, directory);
    try {
      if (most == 0) {
        return none(path);
      }
      return most == Integer.MAX_VALUE ? names(path) : names(path, most);
    } catch (IOException e) {
      throw refusal(Operation.LIST, directory, e);
    }
  }

  /** The stat(2) that tells a directory, where a stream of its names takes five calls. */
  private static List<String> none(Path directory) throws IOException {
    if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    return List.of();
  }

  /** All names, without a {@link Path} of each: the garbage of ten thousand can be felt. */
  private static List<String> names(Path directory) throws IOException {
    String[] names = directory.toFile().list();
    // when there are none it does not say why; the stream does
    return names == null ? names(directory, Integer.MAX_VALUE) : Arrays.asList(names);
  }

  private static List<String> names(Path directory, int most) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        if (names.size() == most) {
          break;
        }
        names.add(entry.getFileName().toString());
      }
    } catch (DirectoryIteratorException e) {
      IOException cause = e.getCause();
      throw cause == null ? new IOException(e) : cause;
    }
    return names;
  }

  /**
   * What an entry is, from its place where the place decides: a directory of 5,000 subsystems holds
   * nothing else, and a stat(2) for each would cost more than the listing.
   */
  private static EntryType type(Optional<NodeKind> directory, Path place, String name)
      throws IOException {
    if (directory.isPresent()) {
      NodeKind kind = directory.get();
      if (kind.linkTarget().isPresent()) {
        return EntryType.LINK;
      } else if (kind.entry(name).isPresent()) {
        return EntryType.DIRECTORY;
      } else if (NvmetSchema.find(kind, name).isPresent()) {
        return EntryType.ATTRIBUTE;
      }
    }
    return type(place.resolve(name));
  }

  private static EntryType type(Path entry) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return found.isDirectory()
        ? EntryType.DIRECTORY
        : found.isSymbolicLink() ? EntryType.LINK : EntryType.ATTRIBUTE;
  }

  @Override
  public long stamp(NvmetPath directory) {
    try {
      Path place = path(Operation.LIST, directory);
      return Files.getLastModifiedTime(place).to(TimeUnit.NANOSECONDS);
    } catch (IOException | Refusal e) {
      return 0;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>By a stream: {@code save} of a thousand subsystems reads 14,000 of these, and a channel does
   * several times the work for each.
   */
  @Override
  public String read(NvmetPath attribute) throws Refusal {
    Path path = path(Operation.READ, attribute);
    try (FileInputStream file = new FileInputStream(path.toFile())) {
      byte[] page = new byte[ATTRIBUTE_SIZE];
      int length = file.read(page);
      return new String(page, 0, Math.max(length, 0), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw refusal(Operation.READ, attribute, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A value of no bytes is refused with EINVAL here: Java makes no system call for it, and the
   * kernel would do nothing (up to 5.14) or answer EFAULT.
   */
  @Override
  public void write(NvmetPath attribute, String value) throws Refusal {
    Path path = path(Operation.WRITE, attribute);
    if (value.isEmpty()) {
      throw new Refusal(Operation.WRITE, attribute, Errno.EINVAL);
    }
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
    long moment = System.nanoTime();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      int written = channel.write(bytes);
      long size = channel.size();
      if (size > written && size != ATTRIBUTE_SIZE) {
        // An ordinary file, in a copy of a tree: what stood there before must not show through.
        channel.truncate(written);
      }
    } catch (IOException e) {
      throw refusal(Operation.WRITE, attribute, e, moment);
    }
  }

  @Override
  public void mkdir(NvmetPath directory) throws Refusal {
    Path path = path(Operation.MKDIR, directory);
    long moment = System.nanoTime();
    try {
      Files.createDirectory(path);
    } catch (IOException e) {
      throw refusal(Operation.MKDIR, directory, e, moment);
    }
  }

  @Override
  public void rmdir(NvmetPath directory) throws Refusal {
    Path path = path(Operation.RMDIR, directory);
    long moment = System.nanoTime();
    try {
      remove(path, true);
    } catch (IOException e) {
      throw refusal(Operation.RMDIR, directory, e, moment);
    }
  }

  @Override
  public void symlink(NvmetPath link, NvmetPath target) throws Refusal {
    Path path = path(Operation.SYMLINK, link);
    Path to = path(Operation.SYMLINK, target);
    long moment = System.nanoTime();
    try {
      // Absolute: configfs resolves it at once, from the working directory of the process.
      Files.createSymbolicLink(path, to);
    } catch (IOException e) {
      throw refusal(Operation.SYMLINK, link, e, moment);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The kernel makes up a relative target such as {@code ../../../../nvmet/hosts/NAME}. Only
   * hosts and subsystems can be linked, so its last two names say all, from whichever mount.
   */
  @Override
  public NvmetPath readlink(NvmetPath link) throws Refusal {
    Path path = path(Operation.READLINK, link);
    try {
      Path target = Files.readSymbolicLink(path);
      int names = target.getNameCount();
      if (names < 2) {
        throw new Refusal(Operation.READLINK, link, Errno.EINVAL);
      }
      return NvmetPath.of(
          target.getName(names - 2).toString(), target.getName(names - 1).toString());
    } catch (IOException e) {
      throw refusal(Operation.READLINK, link, e);
    }
  }

  @Override
  public void unlink(NvmetPath link) throws Refusal {
    Path path = path(Operation.UNLINK, link);
    long moment = System.nanoTime();
    try {
      remove(path, false);
    } catch (IOException e) {
      throw refusal(Operation.UNLINK, link, e, moment);
    }
  }

  /**
   * rmdir(2) or unlink(2), and not whichever fits: {@link Files#delete} looks first and would
   * unlink a link where rmdir(2) answers ENOTDIR.
   */
  private static void remove(Path path, boolean directory) throws IOException {
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null) {
      throw new NotDirectoryException(path.toString());
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
      if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
        throw new IOException("unlinkat(2) is not available");
      } else if (directory) {
        secure.deleteDirectory(name);
      } else {
        secure.deleteFile(name);
      }
    }
  }

  /** Where a path is; names that would lead elsewhere are refused. */
  private Path path(Operation operation, NvmetPath path) throws Refusal {
    for (NvmetPath at = path; !at.isRoot(); at = at.parent()) {
      String name = at.name();
      if (name.isEmpty()
          || name.equals(".")
          || name.equals("..")
          || name.indexOf('/') >= 0
          || name.indexOf('\0') >= 0) {
        throw new Refusal(operation, path, Errno.EINVAL);
      }
    }
    try {
      return path.isRoot() ? root : root.resolve(path.toString().substring(1));
    } catch (InvalidPathException e) {
      // The locale has no bytes for a character of the name.
      throw new Refusal(operation, path, Errno.EINVAL);
    }
  }

  private static Refusal refusal(Operation operation, NvmetPath path, IOException failure) {
    return refusal(operation, path, failure, List.of());
  }

  /** The refusal of a change that began at {@code moment}, with what the kernel said about it. */
  private Refusal refusal(Operation operation, NvmetPath path, IOException failure, long moment) {
    return refusal(operation, path, failure, log == null ? List.of() : log.since(moment));
  }

  private static Refusal refusal(
      Operation operation, NvmetPath path, IOException failure, List<String> lines) {
    Errno errno = Errno.of(failure);
    String text = Errno.textOf(failure);
    return errno == Errno.UNKNOWN && text != null
        ? new Refusal(operation, path, errno, text, lines)
        : new Refusal(operation, path, errno, lines);
  }
}
