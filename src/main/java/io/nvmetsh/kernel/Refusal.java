package io.nvmetsh.kernel;

import io.nvmetsh.schema.NvmetPath;
import java.util.List;

/** The kernel's no to one operation: the errno, and the lines it logged meanwhile. */
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1;

  /** The operation that was refused. */
  public enum Operation {
    LIST("list"),
    READ("read"),
    WRITE("write"),
    MKDIR("mkdir"),
    RMDIR("rmdir"),
    SYMLINK("symlink"),
    READLINK("readlink"),
    UNLINK("unlink"),
    MODPROBE("modprobe");

    private final String word;

    Operation(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  private final Operation operation;
  private final transient NvmetPath path;
  private final Errno errno;
  private final String words;
  private final transient List<String> log;

  public Refusal(Operation operation, NvmetPath path, Errno errno) {
    this(operation, path, errno, List.of());
  }

  public Refusal(Operation operation, NvmetPath path, Errno errno, List<String> log) {
    this(operation, path, errno, errno.words(), log);
  }

  /**
   * @param words what the system said; it matters for {@link Errno#UNKNOWN}
   */
  public Refusal(Operation operation, NvmetPath path, Errno errno, String words, List<String> log) {
    super(operation.word() + " " + path + ": " + words, null, false, false);
    this.operation = operation;
    this.path = path;
    this.errno = errno;
    this.words = words;
    this.log = List.copyOf(log);
  }

  public Operation operation() {
    return operation;
  }

  /** What was to be changed; for modprobe the module, as if it were an entry of the root. */
  public NvmetPath path() {
    return path;
  }

  public Errno errno() {
    return errno;
  }

  /** The errno in words; for an errno that is not in our table the system's own. */
  public String words() {
    return words;
  }

  /** The nvmet lines of the kernel log that the operation caused; empty when none are known. */
  public List<String> log() {
    return log;
  }
}
