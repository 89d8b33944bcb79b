package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.Place;

/** Opening the machine's files from within the kernel. */
record DeviceFiles(Nvmet nvmet) {

  private static final int MOST_NAME = 255;
  private static final int MOST_PATH = 4095;

  /**
   * blkdev_get_by_path, for reading and writing.
   *
   * @throws Deny ENOTBLK when it is something else
   */
  Place openBlock(String path) throws Deny {
    Place place = find(path);
    if (place.kind() != FileKind.BLOCK_DEVICE) {
      throw new Deny(Errno.ENOTBLK);
    }
    if (place.readOnly()) {
      throw new Deny(Errno.EACCES);
    }
    return place;
  }

  /**
   * filp_open, for reading and writing.
   *
   * @param direct with O_DIRECT, which not every file takes
   */
  Place open(String path, boolean direct) throws Deny {
    Place place = find(path);
    switch (place.kind()) {
      case DIRECTORY -> throw new Deny(Errno.EISDIR);
      case CHARACTER_DEVICE -> requireBuffered(direct);
      case REGULAR -> {
        if (!place.directIo() && !nvmet.has(Quirk.TMPFS_DIRECT)) {
          requireBuffered(direct);
        }
      }
      case OTHER -> throw new Deny(Errno.ENXIO);
      case BLOCK_DEVICE, ABSENT -> {}
    }
    if (place.readOnly()) {
      throw new Deny(place.kind() == FileKind.BLOCK_DEVICE ? Errno.EACCES : Errno.EROFS);
    }
    return place;
  }

  private static void requireBuffered(boolean direct) throws Deny {
    if (direct) {
      throw new Deny(Errno.EINVAL);
    }
  }

  /** A relative path starts at whatever directory the writer is in: never at the right one. */
  private Place find(String path) throws Deny {
    if (path.length() > MOST_PATH) {
      throw new Deny(Errno.ENAMETOOLONG);
    }
    Place place = path.startsWith("/") ? at(path) : Place.of(FileKind.ABSENT);
    boolean directory = place.kind() == FileKind.DIRECTORY;
    if (place.kind() == FileKind.ABSENT || (path.endsWith("/") && !directory)) {
      throw new Deny(obstacle(path));
    }
    return place;
  }

  private Place at(String path) {
    return nvmet.world().at(Page.text(path));
  }

  /** Where walking a path ends that leads nowhere (link_path_walk). */
  private Errno obstacle(String path) {
    int start = path.startsWith("/") ? 1 : 0;
    for (int slash = path.indexOf('/', start); ; slash = path.indexOf('/', start)) {
      int end = slash < 0 ? path.length() : slash;
      if (end - start > MOST_NAME) {
        return Errno.ENAMETOOLONG;
      }
      FileKind kind = path.startsWith("/") ? at(path.substring(0, end)).kind() : FileKind.ABSENT;
      if (kind == FileKind.ABSENT || slash < 0) {
        return Errno.ENOENT;
      } else if (kind != FileKind.DIRECTORY) {
        return Errno.ENOTDIR;
      }
      start = end + 1;
    }
  }
}
