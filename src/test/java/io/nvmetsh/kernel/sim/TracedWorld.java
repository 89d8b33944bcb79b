package io.nvmetsh.kernel.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.nvmetsh.device.SysTree.FileKind;
import io.nvmetsh.kernel.sim.SimWorld.Adapter;
import io.nvmetsh.kernel.sim.SimWorld.NvmeDevice;
import io.nvmetsh.kernel.sim.SimWorld.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine that a trace was drawn on, from its header. */
final class TracedWorld {

  private static final List<String> DRIVES = List.of("0000:00:10.0", "0000:00:11.0");

  private TracedWorld() {}

  /** Without a word about the machine's files, it is {@link FixedWorld#ofTraces}. */
  static FixedWorld of(JsonNode header) {
    if (!header.has("places")) {
      return FixedWorld.ofTraces();
    }
    FixedWorld world = new FixedWorld();
    world.drive("nvme0", DRIVES.get(0), true).drive("nvme1", DRIVES.get(1), false);
    world.remove("/dev/nvme0n1p1").remove("/dev/nvme1n1p1");
    for (Map.Entry<String, JsonNode> place : header.get("places").properties()) {
      world.place(place.getKey(), place(place.getValue()));
    }
    for (Map.Entry<String, JsonNode> face : header.get("interfaces").properties()) {
      String adapter = header.path("rdma").path(face.getKey()).asText();
      Optional<Adapter> device =
          adapter.isEmpty()
              ? Optional.empty()
              : Optional.of(new Adapter(adapter, Optional.empty()));
      world.face(face.getKey(), face.getValue().get("index").asInt());
      for (JsonNode each : face.getValue().get("addresses")) {
        String ip = each.asText();
        world.address(ip.startsWith("fe80:") ? ip + "%" + face.getKey() : ip, device);
      }
    }
    for (JsonNode function : header.get("pci")) {
      if (world.pci(function.asText()).isEmpty()) {
        world.function(new SimWorld.PciFunction(function.asText(), "", false));
      }
    }
    return world;
  }

  private static Place place(JsonNode file) {
    FileKind kind =
        switch (file.get("kind").asText()) {
          case "BLK" -> FileKind.BLOCK_DEVICE;
          case "CHR" -> FileKind.CHARACTER_DEVICE;
          case "REG" -> FileKind.REGULAR;
          case "DIR" -> FileKind.DIRECTORY;
          default -> FileKind.OTHER;
        };
    int drive = file.path("drive").asInt(-1);
    Place place =
        drive < 0
            ? Place.of(kind)
            : Place.of(kind, new NvmeDevice("nvme" + drive, Optional.of(DRIVES.get(drive))));
    place = file.path("read_only").asBoolean() ? place.asReadOnly() : place;
    return file.path("buffered").asBoolean() ? place.withoutDirectIo() : place;
  }
}
