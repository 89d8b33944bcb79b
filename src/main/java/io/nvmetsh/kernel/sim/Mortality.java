package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Modules;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets a simulated kernel go down as the real one would, where that is what somebody wants to see:
 * the operation that did it gets no answer, and nothing gets one any more.
 */
final class Mortality {

  private final SimLog log;
  private @Nullable SimCrash crash;

  /**
   * @param log where the kernel's last words go
   */
  Mortality(SimLog log) {
    this.log = log;
  }

  boolean isDown() {
    return crash != null;
  }

  /** A kernel's file system, for as long as it lives. */
  Configfs of(Configfs kernel) {
    return new Files(kernel);
  }

  /** A kernel's modules, for as long as it lives. */
  Modules of(Modules modules) {
    return new Loader(modules);
  }

  /** One operation. */
  private interface Operation<R> {
    R run() throws Refusal;
  }

  /** One that answers nothing. */
  private interface Step {
    void run() throws Refusal;
  }

  private void change(Step step) throws Refusal {
    ask(
        () -> {
          step.run();
          return "";
        });
  }

  private <R> R ask(Operation<R> operation) throws Refusal {
    if (crash != null) {
      throw down(crash);
    }
    try {
      return operation.run();
    } catch (SimCrash e) {
      crash = e;
      log.close();
      e.log().forEach(log::add);
      throw goesDown(e);
    }
  }

  private static NvmetshException goesDown(SimCrash crash) {
    Problem problem = Problem.of(Problem.Kind.DOWN, String.valueOf(crash.getMessage()));
    for (String line : crash.log()) {
      problem = problem.hint("kernel log:  " + line);
    }
    return problem
        .hint("the machine would be down here, and this one answers nothing any more")
        .hint("what it is, and how to do without:  explain " + crash.hazard())
        .with("rule", crash.hazard())
        .asException();
  }

  private static NvmetshException down(SimCrash crash) {
    return Problem.of(
            Problem.Kind.DOWN,
            "the simulated machine is down (" + crash.hazard() + ")",
            "start it anew:  nvmetsh --sim --sim-hazards")
        .with("rule", crash.hazard())
        .asException();
  }

  private final class Files implements Configfs {

    private final Configfs kernel;

    Files(Configfs kernel) {
      this.kernel = kernel;
    }

    @Override
    public List<Entry> list(NvmetPath directory) throws Refusal {
      return ask(() -> kernel.list(directory));
    }

    @Override
    public List<String> glance(NvmetPath directory, int most) throws Refusal {
      return ask(() -> kernel.glance(directory, most));
    }

    @Override
    public String read(NvmetPath attribute) throws Refusal {
      return ask(() -> kernel.read(attribute));
    }

    @Override
    public void write(NvmetPath attribute, String value) throws Refusal {
      change(() -> kernel.write(attribute, value));
    }

    @Override
    public void mkdir(NvmetPath directory) throws Refusal {
      change(() -> kernel.mkdir(directory));
    }

    @Override
    public void rmdir(NvmetPath directory) throws Refusal {
      change(() -> kernel.rmdir(directory));
    }

    @Override
    public void symlink(NvmetPath link, NvmetPath target) throws Refusal {
      change(() -> kernel.symlink(link, target));
    }

    @Override
    public NvmetPath readlink(NvmetPath link) throws Refusal {
      return ask(() -> kernel.readlink(link));
    }

    @Override
    public void unlink(NvmetPath link) throws Refusal {
      change(() -> kernel.unlink(link));
    }
  }

  private final class Loader implements Modules {

    private final Modules modules;

    Loader(Modules modules) {
      this.modules = modules;
    }

    @Override
    public void load(String name, SortedMap<String, String> parameters) throws Refusal {
      change(() -> modules.load(name, parameters));
    }

    @Override
    public void unload(String name) throws Refusal {
      change(() -> modules.unload(name));
    }

    @Override
    public void setOptions(String name, SortedMap<String, String> options) throws Refusal {
      change(() -> modules.setOptions(name, options));
    }

    @Override
    public void unsetOptions(String name, SortedSet<String> parameters) throws Refusal {
      change(() -> modules.unsetOptions(name, parameters));
    }
  }
}
