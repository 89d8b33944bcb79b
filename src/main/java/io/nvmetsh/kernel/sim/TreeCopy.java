package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Configfs.Entry;
import io.nvmetsh.kernel.Configfs.EntryType;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.sim.SimWorld.NvmeDevice;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills a simulated kernel with what another one shows. Nothing is replayed, so no rule is asked
 * whether it may be: it is. What a kernel knows and does not show is taken from what follows of it,
 * such as a passthru's controller from its path.
 */
final class TreeCopy {

  private final Configfs original;
  private final Nvmet nvmet;
  private final List<String> notes;
  private final Set<NodeKind> learnt = EnumSet.noneOf(NodeKind.class);
  private final List<Link> links = new ArrayList<>();
  private int unreadable;

  private record Link(SimNode directory, String name, NvmetPath target) {}

  /**
   * @param notes where to say what could not be copied
   */
  TreeCopy(Configfs original, Nvmet nvmet, List<String> notes) {
    this.original = original;
    this.nvmet = nvmet;
    this.notes = notes;
  }

  void make() {
    directory(nvmet.root(), list(NvmetPath.ROOT).orElse(List.of()));
    for (Link link : links) {
      @Nullable SimNode target = find(link.target());
      if (target != null) {
        link.directory().addLink(link.name(), target);
      }
    }
    settlePorts();
    settlePassthru();
    nvmet.modules().countTarget();
    if (unreadable > 0) {
      notes.add(
          (unreadable == 1 ? "1 value" : unreadable + " values")
              + " cannot be read, and count as never set in the rehearsal");
    }
  }

  private void directory(SimNode node, List<Entry> entries) {
    NvmetPath path = node.path();
    for (Entry entry : entries) {
      if (entry.type() == EntryType.ATTRIBUTE) {
        attribute(node, entry.name());
      } else if (entry.type() == EntryType.LINK) {
        link(node, path.child(entry.name()));
      }
    }
    for (Entry entry : entries) {
      if (entry.type() == EntryType.DIRECTORY) {
        child(node, path.child(entry.name()));
      }
    }
  }

  private void child(SimNode parent, NvmetPath path) {
    Optional<NodeKind> kind = parent.kind().entry(path.name());
    if (kind.isEmpty() || kind.get() == NodeKind.OFFLOAD_CTX) {
      return;
    }
    Optional<List<Entry>> found = list(path);
    if (found.isEmpty()) {
      return; // it went away meanwhile
    }
    List<Entry> entries = found.get();
    if (learnt.add(kind.get()) && kind.get().isMade()) {
      learn(kind.get(), path, entries);
    }
    SimNode node = parent.child(path.name());
    if (node == null) {
      if (!kind.get().isMade()) {
        return;
      }
      node = nvmet.create(kind.get(), path.name(), parent, false);
      if (kind.get().isNumbered() && !isNumber(node)) {
        notes.add(path + " is no number and left out of the rehearsal");
        return;
      }
      parent.add(node);
    }
    directory(node, entries);
  }

  private static boolean isNumber(SimNode node) {
    try {
      Nvmet.number(node);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /**
   * What directories of a kind have in that kernel, with the default groups that are made with
   * them: the files decide, as they do everywhere.
   */
  private void learn(NodeKind kind, NvmetPath path, List<Entry> entries) {
    nvmet.learn(
        kind,
        new Shape(kind, names(entries, EntryType.ATTRIBUTE), names(entries, EntryType.DIRECTORY)));
    for (String name : names(entries, EntryType.DIRECTORY)) {
      Optional<NodeKind> group = kind.entry(name);
      boolean isFirst = kind == NodeKind.ANA_GROUPS || group.filter(NodeKind::isMade).isEmpty();
      if (group.isPresent() && isFirst && learnt.add(group.get())) {
        learn(group.get(), path.child(name), list(path.child(name)).orElse(List.of()));
      }
    }
  }

  private static List<String> names(List<Entry> entries, EntryType type) {
    List<String> names = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.type() == type) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /** What it shows is what it holds, but for what it shows of nothing. */
  private void attribute(SimNode node, String name) {
    Attribute row = node.shape().attribute(name);
    if (row == null || !row.isReadable() || !row.isWritable()) {
      return;
    }
    Optional<String> read = read(node.path().child(name));
    if (read.isEmpty()) {
      return;
    }
    String value = Page.bytes(read.get());
    switch (name) {
      case "ana_state" -> node.parent().parent().set(AnaGroupRules.key(node), value);
      case "addr_tsas" -> {
        if (value.equals("tls1.3")) {
          node.set(AddressRules.TSAS, AddressRules.TSAS_TLS13);
        }
      }
      default -> {
        boolean initial = row.initial().known() && row.initial().text().equals(value);
        if (!initial && (!SimState.INTEGERS.contains(name) || isInteger(value))) {
          node.set(name, value);
        }
        if (name.equals("addr_trtype") && value.equals("rdma")) {
          node.set(AddressRules.TSAS, AddressRules.TSAS_RDMA);
        }
      }
    }
  }

  private static boolean isInteger(String value) {
    try {
      Integer.parseInt(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Optional<String> read(NvmetPath attribute) {
    try {
      String text = original.read(attribute);
      return Optional.of(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    } catch (Refusal e) {
      unreadable += e.errno() == Errno.ENOENT ? 0 : 1;
      return Optional.empty();
    }
  }

  private void link(SimNode directory, NvmetPath path) {
    try {
      links.add(new Link(directory, path.name(), original.readlink(path)));
    } catch (Refusal e) {
      unreadable += e.errno() == Errno.ENOENT ? 0 : 1;
    }
  }

  private @Nullable SimNode find(NvmetPath path) {
    @Nullable SimNode node = nvmet.root();
    for (NvmetPath each : path.way()) {
      node = node == null ? null : node.child(each.name());
    }
    return node;
  }

  /** What is in a directory; empty when that is gone by now. */
  private Optional<List<Entry>> list(NvmetPath directory) {
    try {
      return Optional.of(original.list(directory));
    } catch (Refusal e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw Problem.of(
              Problem.Kind.REFUSED,
              directory + " cannot be listed, so nothing can be rehearsed: " + e.words(),
              "what usually causes it:  explain " + e.errno())
          .with("path", directory.toString())
          .with("errno", e.errno().name())
          .asException();
    }
  }

  private void settlePorts() {
    OffloadPorts offload =
        new OffloadPorts(nvmet, new OffloadRules(nvmet, new PciAddressStore(nvmet)));
    for (SimNode port : nvmet.root().group("ports").children()) {
      offload.portFound(port);
    }
  }

  private void settlePassthru() {
    for (SimNode subsystem : nvmet.root().group("subsystems").children()) {
      SimNode passthru = subsystem.child("passthru");
      if (passthru != null && passthru.flag("enable")) {
        String path = Page.text(passthru.value("device_path"));
        nvmet
            .world()
            .at(path)
            .nvme()
            .map(NvmeDevice::controller)
            .ifPresent(controller -> passthru.set(PassthruRules.CONTROLLER, controller));
      }
    }
  }
}
