package io.nvmetsh.session;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A target among whose changes the process ends. */
final class DyingTarget {

  /** The end of the process: nothing in the shell holds it up. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private DyingTarget() {}

  /**
   * @param left how many links can still be made or removed
   */
  static Target of(Target target, AtomicInteger left) {
    Configfs configfs =
        (Configfs)
            Proxy.newProxyInstance(
                Configfs.class.getClassLoader(),
                new Class<?>[] {Configfs.class},
                (proxy, method, arguments) -> {
                  boolean link = method.getName().endsWith("link") && arguments.length > 0;
                  boolean changes = link && !method.getName().equals("readlink");
                  if (changes && left.getAndDecrement() <= 0) {
                    throw new Killed();
                  }
                  try {
                    return method.invoke(target.configfs(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Target(
        configfs,
        target.sys(),
        target.modules(),
        target.log(),
        target.flavor(),
        target.label(),
        target.simulated(),
        target.hazards());
  }
}
