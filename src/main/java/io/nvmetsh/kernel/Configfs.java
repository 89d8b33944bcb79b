package io.nvmetsh.kernel;

import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's own verbs on nvmet's configfs tree, and nothing more: what a system call can do, one
 * call each. Paths are below {@code /sys/kernel/config/nvmet}. Every refusal is a {@link Refusal}
 * that carries the errno.
 */
public interface Configfs {

  /** What an entry of a directory is. */
  enum EntryType {
    DIRECTORY,
    ATTRIBUTE,
    LINK
  }

  /** One entry of a directory. */
  record Entry(String name, EntryType type) {}

  /**
   * The entries of a directory, in natural order of their names whatever order the kernel gives.
   *
   * @throws Refusal ENOENT, ENOTDIR
   */
  List<Entry> list(NvmetPath directory) throws Refusal;

  /**
   * The names of some entries of a directory, in no order: all, or {@code most} where there are
   * more. Whether a directory holds anything, or very much, is then known without listing it; for
   * none, whether it is there at all.
   *
   * @throws Refusal ENOENT, ENOTDIR
   */
  default List<String> glance(NvmetPath directory, int most) throws Refusal {
    List<String> names = new ArrayList<>();
    for (Entry entry : list(directory)) {
      if (names.size() < most) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /**
   * A number that changes when something is made in a directory or removed from it; always 0 where
   * nobody else can.
   */
  default long stamp(NvmetPath directory) {
    return 0;
  }

  /**
   * What one read of an attribute returns, the final newline included.
   *
   * @throws Refusal ENOENT; EACCES for write-only attributes
   */
  String read(NvmetPath attribute) throws Refusal;

  /**
   * Writes {@code value} in one {@code write(2)}, exactly as given. Every write is a complete,
   * independent store: a short count is not continued, since {@code discovery_nqn} counts without
   * the newline. To empty an attribute write {@code "\n"}: a write of nothing never reaches the
   * store function.
   *
   * @throws Refusal whatever the attribute's store function answers
   */
  void write(NvmetPath attribute, String value) throws Refusal;

  void mkdir(NvmetPath directory) throws Refusal;

  void rmdir(NvmetPath directory) throws Refusal;

  /** Makes the link {@code link} to the item {@code target}. */
  void symlink(NvmetPath link, NvmetPath target) throws Refusal;

  /** The item that a link leads to, as a path in this tree. */
  NvmetPath readlink(NvmetPath link) throws Refusal;

  void unlink(NvmetPath link) throws Refusal;
}
