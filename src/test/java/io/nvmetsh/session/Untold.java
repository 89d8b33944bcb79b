package io.nvmetsh.session;

import io.nvmetsh.device.SysTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A machine whose kernel does not tell who is connected, as kernels without nvmet's debugfs do not:
 * whatever may cut hosts off has to be agreed to.
 */
record Untold(SysTree machine) implements SysTree {

  private static final String CONNECTED = "/sys/kernel/debug/nvmet";

  @Override
  public List<String> list(String directory) {
    return directory.startsWith(CONNECTED) ? List.of() : machine.list(directory);
  }

  @Override
  public Optional<String> read(String file) {
    return machine.read(file);
  }

  @Override
  public OptionalInt word(String file, int offset) {
    return machine.word(file, offset);
  }

  @Override
  public Optional<String> link(String path) {
    return machine.link(path);
  }

  @Override
  public Optional<String> realPath(String path) {
    return machine.realPath(path);
  }

  @Override
  public FileKind kind(String path) {
    return path.startsWith(CONNECTED) ? FileKind.ABSENT : machine.kind(path);
  }
}
