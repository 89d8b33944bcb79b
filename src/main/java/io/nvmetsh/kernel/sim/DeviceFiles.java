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

  /** link_path_walk: each directory on the way has to be one, and the last name be there. */
  private Place find(String path) throws Deny {
    if (path.length() > MOST_PATH) {
      throw new Deny(Errno.ENAMETOOLONG);
    }
    String walked = path.startsWith("/") ? "" : nvmet.world().workingDirectory();
    Place place = at(walked);
    for (String name : path.split("/", -1)) {
      if (place.kind() != FileKind.DIRECTORY) {
        throw new Deny(place.kind() == FileKind.ABSENT ? Errno.ENOENT : Errno.ENOTDIR);
      } else if (name.length() > MOST_NAME) {
        throw new Deny(Errno.ENAMETOOLONG);
      } else if (name.equals("..")) {
        walked = walked.substring(0, Math.max(0, walked.lastIndexOf('/')));
        place = at(walked);
      } else if (!name.isEmpty() && !name.equals(".")) {
        walked += "/" + name;
        place = at(walked);
      }
    }
    if (place.kind() == FileKind.ABSENT) {
      throw new Deny(Errno.ENOENT);
    }
    return place;
  }

  private Place at(String path) {
    return nvmet.world().at(path.isEmpty() ? "/" : Page.text(path));
  }
}
