package io.nvmetsh.offload.rules;

import io.nvmetsh.device.AdapterGeneration.Offload;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Port;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The link asks the adapter for one capability bit and is refused without it. */
public record CapableAdapter() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-PORT-RDMA";
  }

  @Override
  public boolean precludes() {
    return true;
  }

  @Override
  public String title() {
    return "the port is RDMA, on an adapter that can do peer-to-peer (ConnectX-5 or later)";
  }

  @Override
  public String explanation() {
    return """
        The driver asks the adapter for the capability "NVMe-oF target offload" when the first
        subsystem is linked, and answers EINVAL without a line in the log where it lacks.
        ConnectX-4 and before, other makers' adapters and software RDMA never have it. Which
        firmware of a later one has, only the link tells for certain.""";
  }

  @Override
  public List<Finding> port(OffloadView view, Port port) {
    Optional<String> clause = clause(view, port);
    return clause.isEmpty()
        ? List.of()
        : List.of(warning(port.path(), clause.get(), relinked(view, port)));
  }

  private static Optional<String> clause(OffloadView view, Port port) {
    if (!port.transport().equals("rdma")) {
      return port.transport().isEmpty()
          ? Optional.empty()
          : Optional.of("listens over " + port.transport() + ", and offload needs rdma");
    }
    Optional<LocalAddress> address = view.listening(port);
    if (address.isEmpty()) {
      return Optional.empty(); // whether it is there at all is asked elsewhere
    }
    Optional<RdmaDevice> rdma = address.get().rdma();
    if (rdma.isEmpty()) {
      return Optional.of(port.address() + " is on no RDMA adapter");
    }
    return rdma.get().offload() == Offload.INCAPABLE
        ? Optional.of(
            port.address()
                + " is on "
                + rdma.get().name()
                + ", "
                + rdma.get().generation().title()
                + ", which cannot offload")
        : Optional.empty();
  }

  private static List<String> relinked(OffloadView view, Port port) {
    List<String> lines = new ArrayList<>();
    List<TargetTree.Link> links = view.tree().links(port.linksDirectory());
    for (TargetTree.Link link : links) {
      lines.add(Mend.unlink(port.linksDirectory().child(link.name())));
    }
    lines.addAll(moved(view, port));
    for (TargetTree.Link link : links) {
      lines.add(
          TypedLines.of(new Change.Link(port.linksDirectory().child(link.name()), link.target())));
    }
    return lines;
  }

  /** Sets an address of this machine that can offload; nothing where there is none. */
  private static List<String> moved(OffloadView view, Port port) {
    Optional<LocalAddress> capable = view.capableAddress(port.family());
    if (capable.isEmpty()) {
      return List.of();
    }
    StringBuilder line = new StringBuilder("set ").append(port.path());
    if (!port.transport().equals("rdma")) {
      line.append(" addr_trtype=rdma");
    }
    String family = capable.get().isIpv6() ? "ipv6" : "ipv4";
    if (!port.family().equals(family)) {
      line.append(" addr_adrfam=").append(family);
    }
    if (!port.address().equals(capable.get().text())) {
      line.append(" addr_traddr=").append(Quoting.word(capable.get().text()));
    }
    if (port.service().isEmpty() || isTaken(view, port, capable.get().text())) {
      String service = Mend.freeService(view, capable.get().text());
      line.append(" addr_trsvcid=").append(service);
    }
    return List.of(line.toString());
  }

  private static boolean isTaken(OffloadView view, Port port, String address) {
    for (Port other : view.ports()) {
      if (!other.path().equals(port.path())
          && other.address().equals(address)
          && other.service().equals(port.service())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Said of the address already, where it costs nothing to change, and of the first link without
   * the lines that would undo it: the kernel will not take it.
   */
  @Override
  public List<Finding> step(Change change, OffloadView before, OffloadView after) {
    if (change instanceof Change.Link link && link.path().depth() == 4) {
      Port port = before.port(link.path().ancestor(2));
      Optional<String> clause = clause(before, port);
      if (clause.isEmpty() || port.isLinked() || !after.subsystem(link.target()).asksForOffload()) {
        return List.of();
      }
      List<String> mend = new ArrayList<>(moved(before, port));
      mend.add(Mend.link(after.subsystem(link.target()), port.path()));
      return List.of(warning(port.path(), clause.get(), mend));
    }
    NvmetPath directory = change.path().parent();
    boolean address =
        change instanceof Change.SetAttribute set
            && (set.path().name().equals("addr_traddr") || set.path().name().equals("addr_trtype"))
            && directory.kind().equals(Optional.of(NodeKind.PORT));
    Optional<String> clause = address ? clause(after, after.port(directory)) : Optional.empty();
    return clause.isEmpty()
        ? List.of()
        : List.of(note(directory, clause.get(), moved(after, after.port(directory))));
  }
}
