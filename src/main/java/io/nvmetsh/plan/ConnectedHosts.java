package io.nvmetsh.plan;

import io.nvmetsh.device.SysTree;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.plan.Disruption.Loss;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which hosts are connected, from nvmet's debugfs (6.11 and later, where it is built in). Nothing
 * else in the kernel tells, so where it is absent the answer is unknown and never zero.
 */
public final class ConnectedHosts {

  private static final String ROOT = "/sys/kernel/debug/nvmet";
  private static final int NQN_BYTES = 223;

  private final SysTree sys;

  public ConnectedHosts(SysTree sys) {
    this.sys = sys;
  }

  /** How many hosts are connected to whatever is here; the subsystem of discovery counts too. */
  public OptionalInt all() {
    if (sys.kind(ROOT) != FileKind.DIRECTORY) {
      return OptionalInt.empty();
    }
    Set<String> hosts = new HashSet<>();
    for (String nqn : sys.list(ROOT)) {
      add(new Loss(nqn, Optional.empty()), hosts);
    }
    return OptionalInt.of(hosts.size());
  }

  /** How many hosts use any of these. */
  OptionalInt among(Collection<Loss> losses) {
    if (sys.kind(ROOT) != FileKind.DIRECTORY) {
      return OptionalInt.empty();
    }
    Set<String> hosts = new HashSet<>();
    for (Loss loss : losses) {
      add(loss, hosts);
    }
    return OptionalInt.of(hosts.size());
  }

  private void add(Loss loss, Set<String> hosts) {
    String subsystem = ROOT + "/" + cut(loss.nqn());
    for (String name : sys.list(subsystem)) {
      String controller = subsystem + "/" + name;
      if (name.startsWith("ctrl") && isOn(loss.port(), controller)) {
        // a controller whose host cannot be read still is one
        hosts.add(sys.read(controller + "/hostnqn").map(String::strip).orElse(controller));
      }
    }
  }

  /** The file has the port's number, whatever its directory is called. */
  private boolean isOn(Optional<String> port, String controller) {
    return port.isEmpty()
        || KernelNumber.same(
            sys.read(controller + "/port").map(String::strip).orElse(port.get()), port.get());
  }

  private static String cut(String nqn) {
    byte[] bytes = nqn.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= NQN_BYTES
        ? nqn
        : new String(bytes, 0, NQN_BYTES, StandardCharsets.UTF_8);
  }
}
