package io.nvmetsh.device;

import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.schema.NaturalOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a machine down in one file, for {@link DumpSysTree} to be that machine: to try a target's
 * configuration elsewhere, to report a fault, to test. Takes what the {@link Inventory} looks at
 * and nothing else.
 */
public final class MachineDump {

  /** Modules that may be built in, and then are on no list of loaded ones. */
  private static final String[] MODULES = {
    "configfs", "ib_core", "mlx5_core", "mlx5_ib", "mlx_compat", "nvme", "nvme_core",
    "nvme_fabrics", "nvme_loop", "nvme_rdma", "nvme_tcp", "nvmet", "nvmet_fc", "nvmet_rdma",
    "nvmet_tcp", "rdma_cm", "rdma_rxe", "siw"
  };

  private final StringBuilder out = new StringBuilder(DumpText.FIRST_LINE).append('\n');

  private MachineDump() {}

  /** The dump of a machine, as text. */
  public static String of(SysTree tree) {
    Footprint footprint = new Footprint(tree);
    lookAtAll(new Inventory(footprint));
    MachineDump dump = new MachineDump();
    dump.write("/", footprint.root());
    return dump.out.toString();
  }

  private static void lookAtAll(Inventory inventory) {
    inventory.hostName();
    inventory.kernelRelease();
    inventory.kernelCommandLine();
    inventory.ofedRelease();
    inventory.kernelConfiguration();
    inventory.kernelMemory();
    inventory.installedMemory();
    lookAtModules(inventory);
    inventory.moduleConfig();
    Initramfs.of(inventory);
    BootLoader.of(inventory);
    for (NvmeDrive drive : inventory.drives()) {
      lookAt(drive);
      inventory.fileKind(drive.path());
      inventory.driveAt(drive.pciAddress());
      inventory.memoryBuffer(drive);
      lookAtWay(inventory.topology(), drive.pciAddress());
    }
    for (FabricsController controller : inventory.fabricsControllers()) {
      inventory.fileKind(controller.path());
    }
    for (BlockDevice device : inventory.blockDevices()) {
      lookAt(device);
      inventory.driveBehind(device.path());
      inventory.stableNames(device);
      if (device.kind() == BlockDevice.Kind.LOOP && device.label().isPresent()) {
        inventory.fileKind(device.label().get());
      }
    }
    for (RdmaDevice device : inventory.rdmaDevices()) {
      if (device.pciAddress().isPresent()) {
        inventory.pciDevice(device.pciAddress().get());
        lookAtWay(inventory.topology(), device.pciAddress().get());
      }
    }
    for (PciDevice provider : inventory.peerMemoryProviders()) {
      inventory.peerMemory(provider.address());
      lookAtWay(inventory.topology(), provider.address());
    }
    inventory.topology().iommus();
    inventory.addresses();
  }

  private static void lookAt(NvmeDrive drive) {
    drive.model();
    drive.serial();
    drive.firmware();
    drive.numaNode();
    drive.state();
    drive.p2pQueues();
    drive.namespaces();
  }

  private static void lookAt(BlockDevice device) {
    device.path();
    device.blockBytes();
    device.readOnly();
    device.label();
    device.partitions();
    device.members();
    device.uses();
  }

  private static void lookAtWay(PciTopology topology, String address) {
    topology.iommuGroup(address);
    Optional<PciPath> path = topology.path(address);
    for (String device : path.isPresent() ? path.get().devices() : List.<String>of()) {
      topology.redirects(device);
    }
  }

  private static void lookAtModules(Inventory inventory) {
    for (String name : MODULES) {
      inventory.module(name);
    }
    for (KernelModule module : inventory.modules()) {
      if (DumpFilter.isOurs(module.name())) {
        lookAtModule(inventory, module.name());
      }
    }
    for (String name : MODULES) {
      Optional<KernelModule> module = inventory.module(name);
      if (module.isPresent() && module.get().builtIn()) {
        lookAtModule(inventory, name);
      }
    }
  }

  private static void lookAtModule(Inventory inventory, String name) {
    inventory.moduleVersion(name);
    inventory.parameters(name);
  }

  /** First what is in a directory, then the directories in it, each under a path of its own. */
  private void write(String path, DumpEntry.Directory directory) {
    List<String> names = new ArrayList<>(directory.entries().keySet());
    names.sort(NaturalOrder.INSTANCE);
    boolean isHeadWritten = false;
    for (String name : names) {
      DumpEntry entry = directory.entries().get(name);
      if (entry != null && !(entry instanceof DumpEntry.Directory)) {
        if (!isHeadWritten) {
          head(path);
          isHeadWritten = true;
        }
        write(name, entry);
      }
    }
    if (names.isEmpty()) {
      head(path);
    }
    for (String name : names) {
      if (directory.entries().get(name) instanceof DumpEntry.Directory inner) {
        write(Links.child(path, name), inner);
      }
    }
  }

  private void head(String path) {
    out.append('\n');
    DumpText.appendWord(out, path);
    out.append('\n');
  }

  private void write(String name, DumpEntry entry) {
    int start = out.length();
    out.append("  ");
    DumpText.appendWord(out, name);
    if (entry instanceof DumpEntry.Link link) {
      out.append(" -> ");
      DumpText.appendLine(out, link.target());
    } else if (entry instanceof DumpEntry.RegularFile file && file.content() != null) {
      content(file.content(), out.length() - start);
    } else {
      FileKind kind = entry instanceof DumpEntry.Node node ? node.kind() : FileKind.REGULAR;
      out.append(" : ").append(DumpText.word(kind));
    }
    out.append('\n');
  }

  /** The further lines of a file stand below its first one, their bars below its equals sign. */
  private void content(String content, int indent) {
    out.append(" =");
    int start = 0;
    while (true) {
      int end = content.indexOf('\n', start);
      String line = content.substring(start, end < 0 ? content.length() : end);
      out.append(line.isEmpty() ? "" : " ");
      DumpText.appendLine(out, line);
      if (end < 0) {
        out.append(line.isEmpty() ? " \\" : "\\");
        return;
      }
      if (end == content.length() - 1) {
        return;
      }
      start = end + 1;
      out.append('\n').append(" ".repeat(indent + 1)).append('|');
    }
  }
}
