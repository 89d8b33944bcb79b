package io.nvmetsh.offload.rules;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.NvmeDrive;
import io.nvmetsh.offload.Finding;
import io.nvmetsh.offload.Mend;
import io.nvmetsh.offload.OffloadRule;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.plan.TypedLines;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.tree.Namespace;
import io.nvmetsh.tree.Subsystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The driver compares the two when the namespace is enabled. */
public record PciAddressMatches() implements OffloadRule {

  @Override
  public String id() {
    return "OFF-NS-PCI";
  }

  @Override
  public String title() {
    return "pci_device_path is the address of the drive behind device_path";
  }

  @Override
  public String explanation() {
    return """
        MLNX_OFED 4.1 and 4.2 take any PCI device for pci_device_path, and refuse to enable the
        namespace with EINVAL unless the block device is a namespace of that very controller. A
        failed enable also clears the address. nvmetsh fills it in when device_path is set.""";
  }

  @Override
  public List<Finding> subsystem(OffloadView view, Subsystem subsystem) {
    List<Finding> findings = new ArrayList<>();
    for (Namespace namespace : subsystem.namespaces()) {
      Optional<String> address = namespace.pciAddress();
      Optional<NvmeDrive> drive = view.drive(namespace);
      boolean whole =
          view.device(namespace)
              .filter(device -> device.kind() == BlockDevice.Kind.NVME_NAMESPACE)
              .isPresent();
      if (address.isPresent()
          && whole
          && drive.isPresent()
          && !drive.get().pciAddress().equals(address.get())) {
        findings.add(finding(view, namespace, address.get(), drive.get()));
      }
    }
    return findings;
  }

  private Finding finding(OffloadView view, Namespace namespace, String address, NvmeDrive drive) {
    String what =
        view.inventory()
            .driveAt(address)
            .map(other -> other.name())
            .or(() -> view.inventory().pciDevice(address).map(device -> "no NVMe drive"))
            .orElse("not there");
    String path = Quoting.path(namespace.path());
    String values = " pci_device_path=" + drive.pciAddress();
    List<String> mend =
        namespace.isEnabled()
            ? List.of(
                Mend.delete(namespace),
                "create "
                    + path
                    + " "
                    + Quoting.word("device_path=" + namespace.device().orElse(""))
                    + values
                    + " enable=1")
            : List.of(TypedLines.set(namespace.path(), "pci_device_path", drive.pciAddress()));
    return warning(
        namespace.path(),
        "pci_device_path "
            + address
            + " is "
            + what
            + ", and "
            + namespace.device().orElse("")
            + " is on "
            + drive.name()
            + " at "
            + drive.pciAddress(),
        mend);
  }
}
