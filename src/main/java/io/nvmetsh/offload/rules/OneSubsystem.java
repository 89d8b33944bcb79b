package io.nvmetsh.offload.rules;

import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;

/** Early drivers give a listener to the hardware for one subsystem. */
public record OneSubsystem() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-PORT-ONE";
  }

  @Override
  public boolean precludes() {
    return true;
  }

  @Override
  public String title() {
    return "an offloaded port takes one subsystem (before MLNX_OFED 4.9)";
  }

  @Override
  public String explanation() {
    return """
        A second link is refused with EINVAL ("Offloaded port restricted to have one subsytem
        enabled"). From 4.9 and 5.0 on an adapter that can modify the receive memory pool of a queue
        pair takes more; which one can, only the link tells. Ports with other service ids can share
        an address.""";
  }

  @Override
  public List<Finding> port(OffloadView view, Port port) {
    List<Subsystem> offloaded = offloaded(port);
    if (offloaded.size() < 2 || !view.isBefore(4, 9)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    List<String> mend = new ArrayList<>();
    for (Subsystem subsystem : offloaded) {
      names.add(subsystem.nqn());
      for (NvmetPath link : subsystem.links()) {
        if (names.size() > 1 && link.isAtOrBelow(port.path())) {
          mend.add(Mend.unlink(link));
          mend.addAll(Mend.ownPort(view, port, subsystem));
        }
      }
    }
    return List.of(
        warning(
            port.path(),
            "an offloaded port takes one subsystem, this one has "
                + names.size()
                + ": "
                + String.join(", ", names),
            mend));
  }

  private static List<Subsystem> offloaded(Port port) {
    List<Subsystem> offloaded = new ArrayList<>();
    for (Subsystem subsystem : port.subsystems()) {
      if (subsystem.asksForOffload()) {
        offloaded.add(subsystem);
      }
    }
    return offloaded;
  }

  /** The kernel will not take the link, so the mend is another port. */
  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    if (!(change instanceof Change.Link link)
        || link.path().depth() != 4
        || !after.isBefore(4, 9)) {
      return List.of();
    }
    Port port = before.port(link.path().ancestor(2));
    Subsystem subsystem = after.subsystem(link.target());
    List<Subsystem> there = subsystem.asksForOffload() ? offloaded(port) : List.of();
    return there.isEmpty()
        ? List.of()
        : List.of(
            warning(
                port.path(),
                "an offloaded port takes one subsystem, and has one: " + there.get(0).nqn(),
                Mend.ownPort(after, port, subsystem)));
  }
}
