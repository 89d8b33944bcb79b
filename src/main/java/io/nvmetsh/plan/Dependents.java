package io.nvmetsh.plan;

import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.List;

/**
 * What cannot, or must not, be done once a change has failed: what would be in a directory that is
 * not there, and what would let a host in on something that is not as it was meant to be. A
 * namespace without its drive stays off, a host without its key stays out, a port with another
 * address than the wanted one offers nothing; everything else goes on.
 */
public final class Dependents {

  private Dependents() {}

  /** The changes that can still be made. */
  public static List<Change> without(List<Change> changes, Change failed) {
    List<Change> rest = new ArrayList<>();
    for (Change change : changes) {
      if (!depends(change, failed)) {
        rest.add(change);
      }
    }
    return rest;
  }

  private static boolean depends(Change change, Change failed) {
    if (failed instanceof Change.Create || failed instanceof Change.Delete) {
      // not made, or not removed and so not made anew
      return isWithin(change, failed.path());
    } else if (failed instanceof Change.SetAttribute) {
      return opens(change, failed.path().parent());
    } else if (failed instanceof Change.Unlink) {
      // what is linked can be neither changed nor removed
      return change.path().equals(failed.path())
          || failed.path().isAtOrBelow(change.path())
          || change.path().parent().equals(failed.path().ancestor(2));
    }
    return false;
  }

  private static boolean isWithin(Change change, NvmetPath directory) {
    return change.path().isAtOrBelow(directory)
        || (change instanceof Change.Link link && link.target().isAtOrBelow(directory));
  }

  /** Whether a change lets somebody use a directory: switches it on, or links it. */
  private static boolean opens(Change change, NvmetPath directory) {
    if (change instanceof Change.Link link) {
      return link.path().isAtOrBelow(directory) || directory.equals(link.target());
    }
    return change instanceof Change.SetAttribute set
        && set.path().equals(directory.child("enable"))
        && set.value().equals("1");
  }
}
