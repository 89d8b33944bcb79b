package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Modules;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Where every operation that changes a simulated kernel passes, as words; looking goes by freely.
 */
abstract class Passage {

  /** One operation. */
  interface Step {
    void run() throws Refusal;
  }

  /**
   * Lets an operation pass, or does not.
   *
   * @param words what it is: the name of the system call and what it is given
   */
  abstract void pass(Refusal.Operation operation, List<String> words, Step step) throws Refusal;

  /** A kernel's file system behind this. */
  final Configfs of(Configfs kernel) {
    return new Files(kernel);
  }

  /** A kernel's modules behind this. */
  final Modules of(Modules modules) {
    return new Loader(modules);
  }

  private final class Files implements Configfs {
    private final Configfs kernel;

    Files(Configfs kernel) {
      this.kernel = kernel;
    }

    @Override
    public List<Entry> list(NvmetPath directory) throws Refusal {
      return kernel.list(directory);
    }

    @Override
    public List<String> glance(NvmetPath directory, int most) throws Refusal {
      return kernel.glance(directory, most);
    }

    @Override
    public String read(NvmetPath attribute) throws Refusal {
      return kernel.read(attribute);
    }

    @Override
    public NvmetPath readlink(NvmetPath link) throws Refusal {
      return kernel.readlink(link);
    }

    @Override
    public void write(NvmetPath attribute, String value) throws Refusal {
      pass(
          Refusal.Operation.WRITE,
          List.of("write", attribute.toString(), value),
          () -> kernel.write(attribute, value));
    }

    @Override
    public void mkdir(NvmetPath directory) throws Refusal {
      pass(
          Refusal.Operation.MKDIR,
          List.of("mkdir", directory.toString()),
          () -> kernel.mkdir(directory));
    }

    @Override
    public void rmdir(NvmetPath directory) throws Refusal {
      pass(
          Refusal.Operation.RMDIR,
          List.of("rmdir", directory.toString()),
          () -> kernel.rmdir(directory));
    }

    @Override
    public void symlink(NvmetPath link, NvmetPath target) throws Refusal {
      pass(
          Refusal.Operation.SYMLINK,
          List.of("symlink", link.toString(), target.toString()),
          () -> kernel.symlink(link, target));
    }

    @Override
    public void unlink(NvmetPath link) throws Refusal {
      pass(Refusal.Operation.UNLINK, List.of("unlink", link.toString()), () -> kernel.unlink(link));
    }
  }

  private final class Loader implements Modules {
    private final Modules modules;

    Loader(Modules modules) {
      this.modules = modules;
    }

    @Override
    public void load(String name, SortedMap<String, String> parameters) throws Refusal {
      pass(
          Refusal.Operation.MODPROBE,
          words("modprobe", name, parameters),
          () -> modules.load(name, parameters));
    }

    private List<String> words(String operation, String name, Map<String, String> values) {
      List<String> words = new ArrayList<>(List.of(operation, name));
      for (Map.Entry<String, String> each : values.entrySet()) {
        words.add(each.getKey());
        words.add(each.getValue());
      }
      return words;
    }

    @Override
    public void unload(String name) throws Refusal {
      pass(Refusal.Operation.MODPROBE, List.of("rmmod", name), () -> modules.unload(name));
    }

    @Override
    public void setOptions(String name, SortedMap<String, String> options) throws Refusal {
      pass(
          Refusal.Operation.MODPROBE,
          words("options", name, options),
          () -> modules.setOptions(name, options));
    }

    @Override
    public void unsetOptions(String name, SortedSet<String> parameters) throws Refusal {
      List<String> words = new ArrayList<>(List.of("nooptions", name));
      words.addAll(parameters);
      pass(Refusal.Operation.MODPROBE, words, () -> modules.unsetOptions(name, parameters));
    }
  }
}
