package io.nvmetsh.plan;

import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import io.nvmetsh.tree.TargetTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values that are right by themselves and exclude each other. */
final class ExclusionCheck implements Check {

  private final TargetTree tree;

  ExclusionCheck(TargetTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<Problem> set(Change.SetAttribute set) {
    NvmetPath directory = set.path().parent();
    NodeKind kind = directory.kind().orElse(NodeKind.OFFLOAD_CTX);
    return switch (kind) {
      case ROOT -> discovery(set);
      case SUBSYSTEM -> subsystem(set, new Subsystem(tree, directory));
      case PASSTHRU -> passthru(set, new Subsystem(tree, directory.parent()));
      case NAMESPACE -> namespace(set, new Namespace(tree, directory));
      case PORT -> port(set, directory);
      default -> Optional.empty();
    };
  }

  /** The kernel compares as many bytes as the new name has. */
  private Optional<Problem> discovery(Change.SetAttribute set) {
    if (!set.path().name().equals("discovery_nqn")) {
      return Optional.empty();
    }
    for (String nqn : tree.directories(NvmetPath.of("subsystems"))) {
      if (nqn.startsWith(set.value())) {
        NvmetPath subsystem = NvmetPath.of("subsystems", nqn);
        return Optional.of(
            conflict(
                Cause.DISCOVERY_PREFIX,
                set,
                "subsystem " + nqn + " begins with " + set.value(),
                "discovery prefix",
                "choose a name that no subsystem begins with, or delete that one:  delete -r "
                    + Quoting.path(subsystem)));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> subsystem(Change.SetAttribute set, Subsystem subsystem) {
    return switch (set.path().name()) {
      case "attr_allow_any_host" -> anyHost(set, subsystem);
      case "attr_cntlid_min" -> cntlids(set, set.value(), other(set, "attr_cntlid_max", "65519"));
      case "attr_cntlid_max" -> cntlids(set, other(set, "attr_cntlid_min", "1"), set.value());
      case "attr_version" -> version(set, subsystem);
      default -> Optional.empty();
    };
  }

  private String other(Change.SetAttribute set, String attribute, String otherwise) {
    return tree.value(set.path().parent(), attribute, otherwise);
  }

  /** Switching it off always works. */
  private Optional<Problem> anyHost(Change.SetAttribute set, Subsystem subsystem) {
    NvmetPath directory = subsystem.path().child("allowed_hosts");
    List<NvmetPath> links = new ArrayList<>();
    for (String host : tree.linkNames(directory)) {
      links.add(directory.child(host));
    }
    if (links.isEmpty() || set.value().equals("0")) {
      return Optional.empty();
    }
    return Optional.of(
        LockCheck.unlinkFirst(
            conflict(
                Cause.HOSTS_LINKED,
                set,
                "hosts are linked into allowed_hosts",
                "any host or these hosts"),
            links));
  }

  private Optional<Problem> cntlids(Change.SetAttribute set, String least, String most) {
    int order = Long.compare(number(least), number(most));
    // the kernel compared with >= before 6.8
    boolean mayBeEqual = tree.flavor().linux().atLeast(6, 8);
    if (order < 0 || (order == 0 && mayBeEqual)) {
      return Optional.empty();
    }
    String clause =
        order == 0
            ? "attr_cntlid_min and attr_cntlid_max would both be " + least
            : "attr_cntlid_min would be " + least + " and attr_cntlid_max " + most;
    boolean isMin = set.path().name().equals("attr_cntlid_min");
    String line =
        isMin
            ? TypedLines.set(set.path().parent(), "attr_cntlid_max", "65519")
            : TypedLines.set(set.path().parent(), "attr_cntlid_min", "1");
    return Optional.of(
        conflict(
            Cause.CNTLID_ORDER,
            set,
            clause,
            "cntlid order",
            "set the other one first, such as:  " + line));
  }

  private static long number(String text) {
    return KernelNumber.parse(text).orElse(0);
  }

  /** While a controller is passed through its own version is shown. */
  private Optional<Problem> version(Change.SetAttribute set, Subsystem subsystem) {
    return subsystem.isPassthru()
        ? Optional.of(
            conflict(
                Cause.PASSTHRU_VERSION,
                set,
                "the version is that of the controller passed through",
                "passthru",
                "switch it off first:  disable "
                    + Quoting.path(subsystem.path().child("passthru"))))
        : Optional.empty();
  }

  private Optional<Problem> passthru(Change.SetAttribute set, Subsystem subsystem) {
    if (!set.path().name().equals("enable") || set.value().equals("0")) {
      return Optional.empty();
    }
    NvmetPath passthru = set.path().parent();
    String device = tree.value(passthru, "device_path", "(null)");
    if (device.isEmpty() || device.equals("(null)")) {
      return Optional.of(
          conflict(
              Cause.PASSTHRU_NO_PATH,
              set,
              "device_path is not set",
              "needs a controller",
              "set it first:  " + TypedLines.set(passthru, "device_path", "/dev/nvme0")));
    }
    KernelFlavor flavor = tree.flavor();
    for (Namespace namespace : subsystem.namespaces()) {
      // up to 6.12 a namespace that is not enabled is in nobody's way
      if (namespace.isEnabled() || flavor.linux().atLeast(6, 14)) {
        return Optional.of(
            conflict(
                Cause.PASSTHRU_NAMESPACES,
                set,
                "the subsystem has namespace " + namespace.nsid(),
                "passthru or namespaces",
                "delete it first:  " + TypedLines.of(new Change.Delete(namespace.path()))));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> namespace(Change.SetAttribute set, Namespace namespace) {
    if (!set.path().name().equals("enable") || set.value().equals("0")) {
      return Optional.empty();
    }
    if (namespace.subsystem().isPassthru()) {
      // nvmet_ns_enable returns 0 and does nothing
      NvmetPath passthru = namespace.subsystem().path().child("passthru");
      return Optional.of(
          Problem.of(
                  Problem.Kind.CONFLICT,
                  namespace.path()
                      + ": cannot be enabled, a controller is passed through (the kernel reports"
                      + " success and does nothing)",
                  "switch that off first:  disable " + Quoting.path(passthru))
              .with("path", namespace.path().toString())
              .with("attribute", "enable")
              .with("rule", "passthru or namespaces"));
    }
    if (namespace.device().isEmpty()) {
      return Optional.of(
          conflict(
              Cause.NO_DEVICE_PATH,
              set,
              "device_path is not set",
              "needs a device",
              "set it first:  " + TypedLines.set(namespace.path(), "device_path", "/dev/nvme0n1")));
    }
    return twin(set, namespace);
  }

  /** Older kernels die of it (HAZ-NSID-TWICE), newer ones do not let the directory be made. */
  private Optional<Problem> twin(Change.SetAttribute set, Namespace namespace) {
    for (Namespace other : namespace.subsystem().namespaces()) {
      if (!other.nsid().equals(namespace.nsid())
          && KernelNumber.same(other.nsid(), namespace.nsid())
          && other.isEnabled()) {
        return Optional.of(
            conflict(
                Cause.NSID_ENABLED,
                set,
                "its nsid is enabled already, as " + other.path(),
                "one namespace an nsid",
                "remove one of the two:  " + TypedLines.of(new Change.Delete(namespace.path()))));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> port(Change.SetAttribute set, NvmetPath port) {
    return switch (set.path().name()) {
      case "addr_tsas" -> tsas(set, tree.value(port, "addr_trtype", ""));
      case "addr_treq" -> treq(set, port);
      default -> Optional.empty();
    };
  }

  private static Optional<Problem> tsas(Change.SetAttribute set, String transport) {
    boolean fits =
        switch (transport) {
          case "tcp" -> !set.value().equals("connected");
          case "rdma" -> set.value().equals("connected");
          default -> false;
        };
    if (fits) {
      return Optional.empty();
    }
    String which = transport.isEmpty() ? "a port without addr_trtype" : transport;
    String wanted = set.value().equals("connected") ? "rdma" : "tcp";
    return Optional.of(
        conflict(
            Cause.TSAS_TRTYPE,
            set,
            set.value() + " is not for " + which,
            "addr_tsas fits addr_trtype",
            "set the transport first:  "
                + TypedLines.set(set.path().parent(), "addr_trtype", wanted)));
  }

  /** TLS without a secure channel is a contradiction. */
  private Optional<Problem> treq(Change.SetAttribute set, NvmetPath port) {
    boolean tls =
        tree.value(port, "addr_trtype", "").equals("tcp")
            && tree.value(port, "addr_tsas", "").equals("tls1.3");
    return tls && set.value().equals("not specified")
        ? Optional.of(
            conflict(
                Cause.TREQ_TLS,
                set,
                "addr_tsas is tls1.3",
                "addr_treq fits addr_tsas",
                "switch TLS off first:  " + TypedLines.set(port, "addr_tsas", "none")))
        : Optional.empty();
  }

  private static Problem conflict(
      Cause cause, Change.SetAttribute set, String clause, String rule, String... hints) {
    return cause
        .foresees(
            Problem.of(
                Problem.Kind.CONFLICT,
                set.path().parent()
                    + ": cannot set "
                    + set.path().name()
                    + "="
                    + Quoting.word(set.value())
                    + ": "
                    + clause
                    + cause.answer(),
                hints))
        .with("path", set.path().parent().toString())
        .with("attribute", set.path().name())
        .with("value", set.value())
        .with("rule", rule);
  }
}
