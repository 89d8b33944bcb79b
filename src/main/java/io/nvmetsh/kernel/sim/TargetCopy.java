package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.TcpListener;
import io.nvmetsh.kernel.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A target as it is at this moment, in a simulated kernel of the same release on the same machine:
 * what is tried on the copy is answered as the original would answer, and happens to nobody.
 *
 * <p>The whole tree is read, keys included, which stay in memory. The machine is not copied but
 * looked at: nothing can be changed through it.
 *
 * @param target the copy
 * @param notes what the copy could not be made of, or is not sure to be like
 */
public record TargetCopy(Target target, List<String> notes) {

  public TargetCopy {
    notes = List.copyOf(notes);
  }

  /**
   * Copies a target.
   *
   * @throws io.nvmetsh.schema.NvmetshException when a directory cannot be listed
   */
  public static TargetCopy of(Target live) {
    Inventory inventory = new Inventory(live.sys());
    SimProfile profile = SimProfile.running(live.flavor(), inventory);
    SimTarget copy = SimTarget.running(profile, live.sys());
    List<String> notes = new ArrayList<>();
    if (!live.simulated()) {
      noteDoubts(profile, notes);
    }
    Nvmet nvmet = copy.kernel().nvmet();
    new TreeCopy(live.configfs(), nvmet, notes).make();
    takeAddresses(inventory, nvmet);
    return new TargetCopy(copy.target(live.hazards(), List.of()), notes);
  }

  /** Of the sockets that listen, those of the target's ports are the copy's own. */
  private static void takeAddresses(Inventory inventory, Nvmet nvmet) {
    List<SocketAddress> own = new ArrayList<>();
    for (SimNode port : nvmet.root().group("ports").children()) {
      if (Nvmet.isEnabled(port) && port.value("addr_trtype").equals("tcp")) {
        PortEnabling.of(nvmet, port).ifPresent(own::add);
      }
    }
    for (TcpListener listener : inventory.tcpListeners()) {
      boolean v6 = listener.address().indexOf(':') >= 0;
      Optional<SocketAddress> address =
          SocketAddress.parse(
              v6, listener.address(), Integer.toString(listener.port()), nvmet.world());
      if (address.isPresent() && !isAmong(own, address.get())) {
        nvmet.taken().add(address.get());
      }
    }
  }

  private static boolean isAmong(List<SocketAddress> addresses, SocketAddress wanted) {
    for (SocketAddress address : addresses) {
      if (address.port() == wanted.port() && address.sameAddress(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** How far the rules are from having been seen: a simulated kernel is what it is. */
  private static void noteDoubts(SimProfile profile, List<String> notes) {
    SimProfile nearest = profile.nearest();
    if (profile.flavor().ofed().isPresent()) {
      notes.add(
          "rehearsed by the rules of "
              + profile.flavor().describe()
              + ", which are read from its source and were never seen running");
    } else if (!profile.flavor().linux().equals(nearest.flavor().linux())) {
      notes.add(
          "rehearsed by the rules of "
              + profile.flavor().describe()
              + ", which are read from its source; those compared with a real kernel are of "
              + nearest.flavor().describe());
    }
  }
}
