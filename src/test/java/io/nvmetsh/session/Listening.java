package io.nvmetsh.session;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Passes everything on and remembers what is written. */
final class Listening implements Configfs {

  private final Configfs kernel;
  private final Map<NvmetPath, String> written = new TreeMap<>();
  private final Map<NvmetPath, Errno> refused = new TreeMap<>();

  Listening(Configfs kernel) {
    this.kernel = kernel;
  }

  @Override
  public List<Entry> list(NvmetPath directory) throws Refusal {
    return kernel.list(directory);
  }

  @Override
  public String read(NvmetPath attribute) throws Refusal {
    return kernel.read(attribute);
  }

  @Override
  public void write(NvmetPath attribute, String value) throws Refusal {
    refuse(Refusal.Operation.WRITE, attribute);
    written.put(attribute, value);
    kernel.write(attribute, value);
  }

  @Override
  public void mkdir(NvmetPath directory) throws Refusal {
    refuse(Refusal.Operation.MKDIR, directory);
    kernel.mkdir(directory);
  }

  private void refuse(Refusal.Operation operation, NvmetPath path) throws Refusal {
    if (refused.containsKey(path)) {
      throw new Refusal(operation, path, refused.get(path));
    }
  }

  @Override
  public void rmdir(NvmetPath directory) throws Refusal {
    written.keySet().removeIf(path -> path.isAtOrBelow(directory));
    kernel.rmdir(directory);
  }

  @Override
  public void symlink(NvmetPath link, NvmetPath target) throws Refusal {
    kernel.symlink(link, target);
  }

  @Override
  public NvmetPath readlink(NvmetPath link) throws Refusal {
    return kernel.readlink(link);
  }

  @Override
  public void unlink(NvmetPath link) throws Refusal {
    kernel.unlink(link);
  }

  /** From now on making or writing this is answered so. */
  void refuse(NvmetPath path, Errno errno) {
    refused.put(path, errno);
  }

  void accept(NvmetPath path) {
    refused.remove(path);
  }

  /** What was written last into each attribute that is there. */
  Map<NvmetPath, String> written() {
    return written;
  }
}
