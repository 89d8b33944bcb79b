package io.nvmetsh.kernel.sim;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.kernel.Refusal.Operation;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * nvmet in memory. This is its file system: what system calls answer before nvmet is asked
 * (fs/configfs and the VFS above it). What nvmet itself answers is in the {@link Rules}.
 */
public final class SimKernel implements Configfs {

  private static final int MOST_NAME = 255;

  private final Nvmet nvmet;
  private final OffloadContexts contexts;
  private final Map<NodeKind, Rules> rules = new EnumMap<>(NodeKind.class);

  SimKernel(Nvmet nvmet) {
    this.nvmet = nvmet;
    this.contexts = new OffloadContexts(nvmet);
    DeviceFiles files = new DeviceFiles(nvmet);
    AddressRules addresses = new AddressRules(nvmet);
    OffloadRules offload = new OffloadRules(nvmet, new PciAddressStore(nvmet));
    OffloadPorts ports = new OffloadPorts(nvmet, offload);
    rules.put(NodeKind.ROOT, new RootRules(nvmet));
    rules.put(NodeKind.HOST, new HostRules(nvmet));
    rules.put(NodeKind.SUBSYSTEM, new SubsystemRules(nvmet, offload));
    rules.put(NodeKind.ALLOWED_HOSTS, new AllowedHostsRules(nvmet));
    rules.put(
        NodeKind.NAMESPACE,
        new NamespaceRules(nvmet, new NamespaceEnabling(nvmet, files, offload, ports), offload));
    rules.put(NodeKind.PASSTHRU, new PassthruRules(nvmet, files));
    rules.put(NodeKind.PORT, new PortRules(nvmet, addresses, ports));
    rules.put(
        NodeKind.PORT_SUBSYSTEMS, new PortLinkRules(nvmet, new PortEnabling(nvmet, ports), ports));
    rules.put(NodeKind.REFERRAL, new ReferralRules(nvmet, addresses));
    rules.put(NodeKind.ANA_GROUP, new AnaGroupRules(nvmet));
    nvmet.modules().setUsers(new ModuleUsers(nvmet));
  }

  /** A new kernel on a machine, with nothing configured. */
  static SimKernel start(
      SimProfile profile, SimWorld world, SimModules modules, SimLog log, SimRandom random) {
    return new SimKernel(new Nvmet(profile, world, modules, log, random));
  }

  Nvmet nvmet() {
    return nvmet;
  }

  public SimLog log() {
    return nvmet.log();
  }

  /** The hosts that could connect to it. */
  SimHosts hosts() {
    return new SimHosts(nvmet);
  }

  // The verbs.

  @Override
  public List<Entry> list(NvmetPath directory) throws Refusal {
    try {
      SimNode node = directory(directory);
      List<Entry> entries = new ArrayList<>();
      for (SimNode child : node.children()) {
        entries.add(new Entry(child.name(), EntryType.DIRECTORY));
      }
      for (String attribute : node.shape().attributes()) {
        entries.add(new Entry(attribute, EntryType.ATTRIBUTE));
      }
      for (String link : node.links().keySet()) {
        entries.add(new Entry(link, EntryType.LINK));
      }
      entries.sort((a, b) -> NaturalOrder.INSTANCE.compare(a.name(), b.name()));
      return entries;
    } catch (Deny e) {
      throw refusal(Operation.LIST, directory, e, nvmet.log().begin());
    }
  }

  @Override
  public List<String> glance(NvmetPath directory, int most) throws Refusal {
    List<String> names = new ArrayList<>();
    try {
      SimNode node = directory(directory);
      for (SimNode child : node.children()) {
        if (names.size() == most) {
          return names;
        }
        names.add(child.name());
      }
      for (String link : node.links().keySet()) {
        if (names.size() == most) {
          return names;
        }
        names.add(link);
      }
      for (String attribute : node.shape().attributes()) {
        if (names.size() == most) {
          return names;
        }
        names.add(attribute);
      }
      return names;
    } catch (Deny e) {
      throw refusal(Operation.LIST, directory, e, nvmet.log().begin());
    }
  }

  @Override
  public String read(NvmetPath attribute) throws Refusal {
    try {
      SimNode node = attributeOwner(attribute);
      if (!row(node, attribute).isReadable()) {
        throw new Deny(Errno.EACCES);
      }
      String shown = rules(node).show(node, attribute.name());
      return rules(node).printsWithinPage() ? Page.shown(shown) : Page.text(shown + "\n");
    } catch (Deny e) {
      throw refusal(Operation.READ, attribute, e, nvmet.log().begin());
    }
  }

  /** configfs_write_iter. */
  @Override
  public void write(NvmetPath attribute, String value) throws Refusal {
    long begin = nvmet.log().begin();
    try {
      SimNode node = attributeOwner(attribute);
      if (!row(node, attribute).isWritable()) {
        throw new Deny(Errno.EACCES);
      }
      if (node.shape().isForeign(attribute.name())) {
        // the copy of a kernel has it; that kernel alone knows what it takes
        node.set(attribute.name(), Page.of(value).line());
      } else if (!value.isEmpty()) {
        rules(node).store(node, attribute.name(), Page.of(value));
      } else if (nvmet.has(Quirk.EMPTY_WRITE_FAULTS)) {
        throw new Deny(Errno.EFAULT);
      }
      contexts.settle();
    } catch (Deny e) {
      throw refusal(Operation.WRITE, attribute, e, begin);
    }
  }

  /** configfs_mkdir, configfs_attach_group. */
  @Override
  public void mkdir(NvmetPath directory) throws Refusal {
    long begin = nvmet.log().begin();
    try {
      SimNode parent = newEntry(directory);
      Optional<NodeKind> kind = parent.kind().member();
      if (kind.isEmpty() || !kind.get().isMade()) {
        throw new Deny(Errno.EPERM);
      }
      SimNode node = nvmet.create(kind.get(), directory.name(), parent, false);
      rules(node).make(node);
      parent.add(node);
    } catch (Deny e) {
      throw refusal(Operation.MKDIR, directory, e, begin);
    }
  }

  /** configfs_rmdir. */
  @Override
  public void rmdir(NvmetPath directory) throws Refusal {
    long begin = nvmet.log().begin();
    try {
      SimNode parent = directory.isRoot() ? nvmet.root() : directory(directory.parent());
      SimNode node = directory.isRoot() ? nvmet.root() : parent.child(directory.name());
      if (node == null) {
        requireEntry(parent, directory.name());
        throw new Deny(Errno.ENOTDIR);
      }
      if (node.isDefaultGroup()) {
        throw new Deny(Errno.EPERM);
      }
      requireFree(node);
      parent.remove(node);
      rules(node).release(node);
      contexts.settle();
    } catch (Deny e) {
      throw refusal(Operation.RMDIR, directory, e, begin);
    }
  }

  /** configfs_detach_prep, which looks into default groups, too. */
  private static void requireFree(SimNode node) throws Deny {
    if (!node.linkedFrom().isEmpty()) {
      throw new Deny(Errno.EBUSY);
    }
    if (!node.links().isEmpty()) {
      throw new Deny(Errno.ENOTEMPTY);
    }
    for (SimNode child : node.children()) {
      if (!child.isDefaultGroup()) {
        throw new Deny(Errno.ENOTEMPTY);
      }
      requireFree(child);
    }
  }

  /** configfs_symlink: the target is looked up at once, and has to be a directory. */
  @Override
  public void symlink(NvmetPath link, NvmetPath target) throws Refusal {
    long begin = nvmet.log().begin();
    try {
      SimNode directory = newEntry(link);
      if (directory.kind().linkTarget().isEmpty()) {
        throw new Deny(Errno.EPERM);
      }
      SimNode item = directory(target);
      rules(directory).allowLink(directory, item);
      directory.addLink(link.name(), item);
    } catch (Deny e) {
      throw refusal(Operation.SYMLINK, link, e, begin);
    }
  }

  @Override
  public NvmetPath readlink(NvmetPath link) throws Refusal {
    try {
      SimNode directory = directory(link.parent());
      SimNode target = directory.link(link.name());
      if (target == null) {
        requireEntry(directory, link.name());
        throw new Deny(Errno.EINVAL);
      }
      return target.path();
    } catch (Deny e) {
      throw refusal(Operation.READLINK, link, e, nvmet.log().begin());
    }
  }

  /** configfs_unlink. */
  @Override
  public void unlink(NvmetPath link) throws Refusal {
    long begin = nvmet.log().begin();
    try {
      SimNode directory = directory(link.parent());
      SimNode target = directory.link(link.name());
      if (target == null) {
        requireEntry(directory, link.name());
        boolean attribute = !link.isRoot() && directory.shape().has(link.name());
        throw new Deny(attribute ? Errno.EPERM : Errno.EISDIR);
      }
      rules(directory).dropLink(directory, target);
      directory.removeLink(link.name());
      contexts.settle();
    } catch (Deny e) {
      throw refusal(Operation.UNLINK, link, e, begin);
    }
  }

  // Looking up.

  /** The directory a path leads to; links on the way and at its end are followed. */
  private SimNode directory(NvmetPath path) throws Deny {
    if (!nvmet.modules().isLoaded(Nvmet.NAME)) {
      throw new Deny(Errno.ENOENT);
    }
    SimNode node = nvmet.root();
    for (NvmetPath each : path.way()) {
      String name = each.name();
      SimNode next = node.child(name);
      next = next == null ? node.link(name) : next;
      if (next == null) {
        requireEntry(node, name);
        throw new Deny(Errno.ENOTDIR);
      }
      node = next;
    }
    return node;
  }

  /**
   * The directory in which an entry of that path can be made: it is there, and the entry is not.
   */
  private SimNode newEntry(NvmetPath path) throws Deny {
    SimNode parent = directory(path.parent());
    if (path.isRoot() || has(parent, path.name())) {
      throw new Deny(Errno.EEXIST);
    }
    requireName(path.name());
    return parent;
  }

  private static void requireEntry(SimNode directory, String name) throws Deny {
    requireName(name);
    if (!name.isEmpty() && !has(directory, name)) {
      throw new Deny(Errno.ENOENT);
    }
  }

  private static boolean has(SimNode directory, String name) {
    return directory.child(name) != null
        || directory.link(name) != null
        || directory.shape().has(name);
  }

  private static void requireName(String name) throws Deny {
    if (Page.bytes(name).length() > MOST_NAME) {
      throw new Deny(Errno.ENAMETOOLONG);
    }
    if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
      throw new Deny(Errno.EINVAL);
    }
  }

  /** The directory that holds an attribute, once it is sure that it does. */
  private SimNode attributeOwner(NvmetPath attribute) throws Deny {
    SimNode directory = directory(attribute.parent());
    if (!attribute.isRoot() && directory.shape().has(attribute.name())) {
      return directory;
    }
    requireEntry(directory, attribute.name());
    throw new Deny(Errno.EISDIR);
  }

  private static Attribute row(SimNode node, NvmetPath attribute) throws Deny {
    @Nullable Attribute row = node.shape().attribute(attribute.name());
    if (row == null) {
      throw new Deny(Errno.ENOENT);
    }
    return row;
  }

  private Rules rules(SimNode node) {
    return rules.getOrDefault(node.kind(), NO_RULES);
  }

  private static final Rules NO_RULES = new Rules() {};

  /** The lines of the operation that began at {@code begin}, as far as they can be read already. */
  private Refusal refusal(Operation operation, NvmetPath path, Deny deny, long begin) {
    return new Refusal(operation, path, deny.errno(), nvmet.log().since(begin));
  }
}
