package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.sim.SimWorld.OffloadLimits;
import io.nvmetsh.schema.NodeKind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the adapter does for hosts that are connected, as far as the tree and the log show it. A
 * context, the vendor's XRQ, belongs to a port, a subsystem and one of the port's
 * param_offload_queues; it comes with the first host's I/O queue, takes a staging buffer, and goes
 * with the last host. In it each enabled namespace has a back-end controller, which takes one of
 * the peer-to-peer queues that its drive granted. A queue that becomes free is given to who goes
 * without at once; whether the driver does so is not known.
 */
record OffloadContexts(Nvmet nvmet) {

  private static final String RDMA = "nvmet_rdma";

  private record Context(SimNode port, SimNode subsystem, int queue) {}

  /** Brings the back ends in line with the tree and with who is connected. */
  void settle() {
    if (nvmet.controllers().isEmpty() && nvmet.backends().isEmpty()) {
      return;
    }
    Set<Context> wanted = contexts();
    for (SimBackend backend : List.copyOf(nvmet.backends())) {
      if (!wanted.contains(context(backend)) || !isServed(backend.namespace())) {
        remove(backend);
      }
    }
    for (Context context : wanted) {
      fill(context);
    }
    nvmet.backends().forEach(OffloadContexts::show);
  }

  /** A back end for each namespace that has none yet. */
  private void fill(Context context) {
    Set<SimNode> served = new HashSet<>();
    boolean pooled = false;
    for (SimBackend backend : nvmet.backends()) {
      if (context(backend).equals(context)) {
        served.add(backend.namespace());
        pooled = backend.pooled();
      }
    }
    for (SimNode namespace : OffloadRules.enabled(context.subsystem())) {
      if (!served.contains(namespace) && !hasQueues(namespace, 1)) {
        continue;
      }
      if (served.isEmpty()) {
        pooled = takeBuffer();
      }
      if (served.add(namespace)) {
        add(new SimBackend(freeId(), context.port(), namespace, context.queue(), pooled));
      }
    }
  }

  /**
   * nvmet_rdma's back end for one more namespace, for the hosts that are connected.
   *
   * @throws Deny when the drive has no queue left, or takes smaller transfers than the adapter
   */
  void checkBackends(SimNode namespace) throws Deny {
    long queues = 0;
    for (Context context : contexts()) {
      if (context.subsystem() == namespace.parent().parent()) {
        queues++;
        checkBackend(namespace, context.port(), queues);
      }
    }
  }

  /**
   * The back ends for a host that connects.
   *
   * @throws Deny likewise
   */
  void checkBackends(SimNode subsystem, SimNode port) throws Deny {
    for (Context context :
        port.flag(OffloadPorts.OFFLOAD) ? of(subsystem, port) : Set.<Context>of()) {
      for (SimNode namespace : OffloadRules.enabled(subsystem)) {
        boolean served =
            nvmet.backends().stream()
                .anyMatch(each -> context(each).equals(context) && each.namespace() == namespace);
        if (!served) {
          checkBackend(namespace, port, context.queue() + 1L);
        }
      }
    }
  }

  private void checkBackend(SimNode namespace, SimNode port, long queues) throws Deny {
    if (!hasQueues(namespace, queues)) {
      throw deny(Errno.ENODEV, "Failed to get peer resource");
    }
    Optional<String> drive = drive(namespace);
    OptionalInt takes = drive.isPresent() ? nvmet.world().mdts(drive.get()) : OptionalInt.empty();
    int needs = OffloadPorts.limits(nvmet, port).map(OffloadLimits::mdts).orElse(0);
    if (nvmet.has(Quirk.DRIVE_MDTS) && takes.isPresent() && takes.getAsInt() < needs) {
      throw deny(
          Errno.EINVAL,
          "Device "
              + drive.get()
              + " MDTS "
              + takes.getAsInt()
              + " is smaller than P2P MDTS "
              + needs);
    }
  }

  private Deny deny(Errno errno, String line) {
    nvmet.log().print(RDMA, line);
    return new Deny(errno);
  }

  private boolean hasQueues(SimNode namespace, long wanted) {
    Optional<String> drive = drive(namespace);
    OptionalInt granted =
        drive.isPresent() ? nvmet.world().p2pQueues(drive.get()) : OptionalInt.empty();
    long taken =
        nvmet.backends().stream().filter(each -> drive(each.namespace()).equals(drive)).count();
    return granted.isEmpty() || taken + wanted <= granted.getAsInt();
  }

  private Optional<String> drive(SimNode namespace) {
    return nvmet
        .world()
        .at(Page.text(namespace.value("device_path")))
        .nvme()
        .map(SimWorld.NvmeDevice::controller);
  }

  private Set<Context> contexts() {
    Set<Context> contexts = new LinkedHashSet<>();
    for (SimController controller : nvmet.controllers()) {
      if (controller.port().flag(OffloadPorts.OFFLOAD)) {
        contexts.addAll(of(controller.subsystem(), controller.port()));
      }
    }
    return contexts;
  }

  private static Set<Context> of(SimNode subsystem, SimNode port) {
    Set<Context> contexts = new LinkedHashSet<>();
    boolean many = port.shape().has("param_offload_queues");
    int queues = many ? Integer.parseInt(port.value("param_offload_queues")) : 1;
    for (int queue = 0; queue < queues; queue++) {
      contexts.add(new Context(port, subsystem, queue));
    }
    return contexts;
  }

  private static Context context(SimBackend backend) {
    return new Context(backend.port(), backend.subsystem(), backend.queue());
  }

  private static boolean isServed(SimNode namespace) {
    return namespace.flag("enable") && namespace.parent().child(namespace.name()) == namespace;
  }

  /**
   * Each context takes a buffer of the pool as long as there is one. How the line goes on is not
   * known.
   */
  private boolean takeBuffer() {
    SortedMap<String, String> parameters = nvmet.modules().parameters(RDMA);
    long size = Long.parseLong(parameters.getOrDefault("offload_mem_size", "0"));
    long buffer = Long.parseLong(parameters.getOrDefault("offload_buffer_size", "0"));
    boolean pool = buffer > 0 && !parameters.getOrDefault("offload_mem_start", "0").equals("0");
    Set<Context> taken = new HashSet<>();
    for (SimBackend backend : nvmet.backends()) {
      if (backend.pooled()) {
        taken.add(context(backend));
      }
    }
    boolean pooled = pool && taken.size() < size / buffer;
    nvmet.log().print(RDMA, "using " + (pooled ? "static" : "dynamic") + " staging buffer");
    return pooled;
  }

  private int freeId() {
    int id = 0;
    while (isTaken(id)) {
      id++;
    }
    return id;
  }

  private boolean isTaken(int id) {
    return nvmet.backends().stream().anyMatch(each -> each.id() == id);
  }

  private void add(SimBackend backend) {
    nvmet.backends().add(backend);
    SimNode directory = backend.namespace().child("offload_ctxs");
    if (directory != null) {
      directory.add(
          nvmet.create(NodeKind.OFFLOAD_CTX, Integer.toString(backend.id()), directory, true));
    }
  }

  private void remove(SimBackend backend) {
    nvmet.backends().remove(backend);
    node(backend).forEach((directory, node) -> directory.remove(node));
  }

  private static void show(SimBackend backend) {
    for (SimNode node : node(backend).values()) {
      node.set("traddr", backend.port().value("addr_traddr"));
      node.set("trsvcid", backend.port().value("addr_trsvcid"));
      node.set("stat", backend.stat());
    }
  }

  /** The directory that shows a back end, by the one it is in, where this release has them. */
  private static Map<SimNode, SimNode> node(SimBackend backend) {
    SimNode directory = backend.namespace().child("offload_ctxs");
    SimNode node = directory == null ? null : directory.child(Integer.toString(backend.id()));
    return directory == null || node == null ? Map.of() : Map.of(directory, node);
  }

  /** The hosts of a couple read and write, on each of its namespaces. */
  void serve(SimNode subsystem, SimNode port, long reads, long writes) {
    for (SimBackend backend : nvmet.backends()) {
      if (backend.port() == port && backend.subsystem() == subsystem && backend.queue() == 0) {
        backend.serve(reads, writes);
      }
    }
    settle();
  }

  /** What a counter of a namespace shows: the sum over its back ends. */
  String sum(SimNode namespace, String counter) {
    int index = SimBackend.COUNTERS.indexOf(counter);
    long sum = 0;
    for (SimBackend backend : nvmet.backends()) {
      sum += backend.namespace() == namespace && index >= 0 ? backend.counts().get(index) : 0;
    }
    return Long.toString(sum);
  }
}
