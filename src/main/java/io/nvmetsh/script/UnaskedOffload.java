package io.nvmetsh.script;

import io.nvmetsh.command.ChangeLines;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Quoting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The namespaces that a shell script makes without asking for offload. Our line that sets their
 * device_path would ask for it, filling in pci_device_path, unless it says that it does not.
 */
final class UnaskedOffload {

  private record DeviceLine(NvmetPath namespace, int index) {}

  private final Set<NvmetPath> made = new HashSet<>();
  private final Set<NvmetPath> asking = new HashSet<>();
  private final List<DeviceLine> devices = new ArrayList<>();

  /** A line of the new script, and where it stands. */
  void note(ChangeLines.Line line, int index) {
    for (Change change : line.changes()) {
      NvmetPath directory = change.path().parent();
      if (change instanceof Change.Create) {
        made.add(change.path());
      } else if (change.path().name().equals("pci_device_path")) {
        asking.add(directory);
      } else if (change.path().name().equals("device_path")
          && directory.kind().filter(NodeKind.NAMESPACE::equals).isPresent()) {
        devices.add(new DeviceLine(directory, index));
      }
    }
  }

  /** Lets the lines say what the shell script meant. */
  void refuse(List<String> lines) {
    for (DeviceLine device : devices) {
      if (made.contains(device.namespace()) && !asking.contains(device.namespace())) {
        lines.set(
            device.index(),
            lines.get(device.index())
                + " "
                + Quoting.assignment("pci_device_path", PciAddress.CLEAR));
      }
    }
  }
}
