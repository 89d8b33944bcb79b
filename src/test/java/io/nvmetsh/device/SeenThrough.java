package io.nvmetsh.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A machine seen through something that shows all of it but what its own methods say otherwise. */
public interface SeenThrough extends SysTree {

  SysTree machine();

  @Override
  default List<String> list(String directory) {
    return machine().list(directory);
  }

  @Override
  default Optional<String> read(String file) {
    return machine().read(file);
  }

  @Override
  default OptionalInt word(String file, int offset) {
    return machine().word(file, offset);
  }

  @Override
  default Optional<String> link(String path) {
    return machine().link(path);
  }

  @Override
  default Map<String, String> links(String directory) {
    return machine().links(directory);
  }

  @Override
  default Optional<String> realPath(String path) {
    return machine().realPath(path);
  }

  @Override
  default FileKind kind(String path) {
    return machine().kind(path);
  }
}
