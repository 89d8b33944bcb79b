package io.nvmetsh.session;

import io.nvmetsh.device.SeenThrough;
import io.nvmetsh.device.SysTree;
import java.util.List;

/**
 * A machine whose kernel does not tell who is connected, as kernels without nvmet's debugfs do not:
 * whatever may cut hosts off has to be agreed to.
 */
record Untold(SysTree machine) implements SeenThrough {

  private static final String CONNECTED = "/sys/kernel/debug/nvmet";

  @Override
  public List<String> list(String directory) {
    return directory.startsWith(CONNECTED) ? List.of() : machine.list(directory);
  }

  @Override
  public FileKind kind(String path) {
    return path.startsWith(CONNECTED) ? FileKind.ABSENT : machine.kind(path);
  }
}
