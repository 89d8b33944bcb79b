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

/** A port is of one kind. */
public record AllSubsystemsOffloaded() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-PORT-ALL";
  }

  @Override
  public boolean precludes() {
    return true;
  }

  @Override
  public String title() {
    return "a port is offloaded only if all its subsystems are, and has none of the other kind";
  }

  @Override
  public String explanation() {
    return """
        The first subsystem linked decides. Linking one of the other kind afterwards is refused with
        EINVAL in all releases ("can only link subsystems to ports with the same offloadble
        polarity"). A subsystem that changes its kind while linked is not noticed by MLNX_OFED 4.1
        and 4.2: the port stays what it was.""";
  }

  @Override
  public List<Finding> port(OffloadView view, Port port) {
    List<String> plain = new ArrayList<>();
    List<String> mend = new ArrayList<>();
    for (Subsystem subsystem : port.subsystems()) {
      if (!subsystem.asksForOffload()) {
        plain.add(subsystem.nqn());
        for (NvmetPath link : subsystem.links()) {
          if (link.isAtOrBelow(port.path())) {
            mend.add(Mend.unlink(link));
          }
        }
      }
    }
    return plain.isEmpty()
        ? List.of()
        : List.of(
            warning(
                port.path(),
                "exports offloaded subsystems, and not offloaded ones: " + String.join(", ", plain),
                mend));
  }

  /** The kernel will not take the link, so the mend is another port. */
  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    if (!(change instanceof Change.Link link) || link.path().depth() != 4) {
      return List.of();
    }
    Port port = before.port(link.path().ancestor(2));
    Subsystem subsystem = after.subsystem(link.target());
    boolean asks = subsystem.asksForOffload();
    for (Subsystem other : port.subsystems()) {
      if (other.asksForOffload() != asks) {
        return List.of(
            warning(
                port.path(),
                (asks
                        ? "offloaded and plain subsystems do not share a port, and here is a plain"
                            + " one: "
                        : "plain and offloaded subsystems do not share a port, and here is an"
                            + " offloaded one: ")
                    + other.nqn(),
                Mend.ownPort(after, port, subsystem)));
      }
    }
    return List.of();
  }
}
