package io.nvmetsh.session;

import io.nvmetsh.device.Inventory;
import io.nvmetsh.device.RdmaDevice;
import io.nvmetsh.kernel.Target;
import io.nvmetsh.script.Script;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The comments at the head of a recording: where, when, by whom and on what it was made. Whoever
 * replays it elsewhere, or reads it next year, has nothing else to go by.
 */
final class RecordingHead {

  private final List<String> lines = new ArrayList<>();

  private RecordingHead() {}

  static List<String> lines(
      Origin origin, Target target, Inventory inventory, Optional<String> reason) {
    RecordingHead head = new RecordingHead();
    head.lines.add(Script.FIRST_LINE);
    head.add("tool", "nvmetsh " + origin.version());
    head.add("host", inventory.hostName());
    head.add("target", target.label().isEmpty() ? "this machine" : target.label());
    head.add("kernel", inventory.kernelRelease());
    inventory.ofedRelease().ifPresent(release -> head.add("driver", "MLNX_OFED " + release));
    for (RdmaDevice device : inventory.rdmaDevices()) {
      head.add(
          "adapter",
          device.name() + " " + device.generation().title() + " firmware " + device.firmware());
    }
    String sudo = origin.sudoUser().map(user -> " (SUDO_USER " + user + ")").orElse("");
    head.add("user", origin.user() + sudo);
    head.add("start", time(origin));
    reason.ifPresent(text -> head.add("reason", text));
    return head.lines;
  }

  private void add(String key, String value) {
    lines.add(Script.headLine(key, value));
  }

  static String time(Origin origin) {
    return OffsetDateTime.now(origin.clock()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
