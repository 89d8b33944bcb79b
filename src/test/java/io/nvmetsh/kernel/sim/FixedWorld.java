package io.nvmetsh.kernel.sim;

import io.nvmetsh.device.SysTree.FileKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A machine put together piece by piece. */
final class FixedWorld implements SimWorld {

  private final Map<String, Place> places = new HashMap<>();

  private final Map<String, PciFunction> functions = new HashMap<>();
  private final Map<String, Integer> mdts = new HashMap<>();
  private final List<LocalAddress> addresses = new ArrayList<>();
  private final Map<String, Integer> faces = new HashMap<>(Map.of("lo", 1));

  FixedWorld() {
    place("/dev", Place.of(FileKind.DIRECTORY));
  }

  /** The virtual machine of the traces, as its kernel sees it. */
  static FixedWorld ofTraces() {
    return new FixedWorld()
        .drive("nvme0", "0000:00:10.0", true)
        .drive("nvme1", "0000:00:11.0", false)
        .place("/dev/nullb0", Place.of(FileKind.BLOCK_DEVICE))
        .place("/dev/zero", Place.of(FileKind.CHARACTER_DEVICE))
        .place("/dev/null", Place.of(FileKind.CHARACTER_DEVICE))
        .place("/dev/nvme-fabrics", Place.of(FileKind.CHARACTER_DEVICE))
        .place("/tmp", Place.of(FileKind.DIRECTORY))
        .place("/tmp/f0.img", Place.of(FileKind.REGULAR).withoutDirectIo())
        .address("127.0.0.1", Optional.empty())
        .address("::1", Optional.empty())
        .address("10.9.9.1", Optional.of(new Adapter("rxe0", Optional.empty())));
  }

  /** A file, and the directories above it. */
  FixedWorld place(String path, Place place) {
    places.put(path, place);
    for (Path up = Path.of(path).getParent(); up != null; up = up.getParent()) {
      places.putIfAbsent(up.toString(), Place.of(FileKind.DIRECTORY));
    }
    return this;
  }

  /** A PCI drive with one namespace and one partition on it. */
  FixedWorld drive(String controller, String pci, boolean p2pMemory) {
    Optional<String> address = Optional.of(pci);
    functions.put(pci, new PciFunction(pci, "nvme", p2pMemory));
    NvmeDevice device = new NvmeDevice(controller, address);
    String path = "/dev/" + controller;
    place(path, Place.of(FileKind.CHARACTER_DEVICE, device));
    place(path + "n1", Place.of(FileKind.BLOCK_DEVICE, device));
    return place(path + "n1p1", Place.of(FileKind.BLOCK_DEVICE, device));
  }

  /** How much a drive takes in one transfer. */
  FixedWorld transfers(String controller, int power) {
    mdts.put(controller, power);
    return this;
  }

  @Override
  public OptionalInt mdts(String controller) {
    Integer power = mdts.get(controller);
    return power == null ? OptionalInt.empty() : OptionalInt.of(power);
  }

  FixedWorld remove(String path) {
    places.remove(path);
    return this;
  }

  /** A network interface and its number. */
  FixedWorld face(String name, int index) {
    faces.put(name, index);
    return this;
  }

  FixedWorld function(PciFunction function) {
    functions.put(function.address(), function);
    return this;
  }

  FixedWorld address(String ip, Optional<Adapter> adapter) {
    addresses.add(new LocalAddress(ip, adapter));
    return this;
  }

  @Override
  public Place at(String path) {
    String normal = Path.of(path).normalize().toString();
    return places.getOrDefault(normal, Place.of(FileKind.ABSENT));
  }

  /** The traces' writers are in the root directory. */
  @Override
  public String workingDirectory() {
    return "";
  }

  @Override
  public Optional<PciFunction> pci(String address) {
    return Optional.ofNullable(functions.get(address));
  }

  @Override
  public List<PciFunction> p2pProviders() {
    return functions.values().stream().filter(PciFunction::p2pMemory).toList();
  }

  @Override
  public List<LocalAddress> addresses() {
    return addresses;
  }

  @Override
  public OptionalInt interfaceIndex(String name) {
    Integer index = faces.get(name);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  @Override
  public int possibleCpus() {
    return 8;
  }

  /** Emulated host bridges are on no list of those that pass peer-to-peer traffic on. */
  @Override
  public boolean peers(String provider, String client) {
    return provider.equals(client);
  }
}
