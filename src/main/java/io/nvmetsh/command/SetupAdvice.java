package io.nvmetsh.command;

import io.nvmetsh.device.BlockDevice;
import io.nvmetsh.device.LocalAddress;
import io.nvmetsh.doctor.Machine;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.schema.NvmetPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What could be answered to {@code offload setup}: what is suggested, and what Tab offers. */
final class SetupAdvice {

  /** The month in which NVMe over Fabrics came out: a name needs one, and no file has the own. */
  private static final String DATE = "2016-06";

  private final Context context;
  private final SetupAnswers answers;
  private final Exports exports;

  SetupAdvice(Context context, SetupAnswers answers) {
    this(context, answers, Exports.someOf(context, NvmetPath.ROOT));
  }

  private SetupAdvice(Context context, SetupAnswers answers, Exports exports) {
    this.context = context;
    this.answers = answers;
    this.exports = exports;
  }

  /** The same for a key press. */
  SetupAdvice within(Patience patience) {
    return new SetupAdvice(context.within(patience), answers, exports);
  }

  Exports exports() {
    return exports;
  }

  /** An answer that would do; empty where nothing on this machine would. */
  Optional<String> suggestion(SetupKey key) {
    OffloadView view = new OffloadView(context.tree(), context.inventory());
    return switch (key) {
      case DRIVE -> view.freeDrive().map(OffloadView.FreeDrive::path);
      case ADDRESS -> address(view);
      case NQN -> name();
      case HOSTS -> Optional.of(SetupAnswers.ANY);
      case SERVICE -> Optional.of(Integer.toString(PortNumbers.NVME));
    };
  }

  /** On the adapter that is nearest to the drive. */
  private Optional<String> address(OffloadView view) {
    Machine machine = new Machine(view);
    Optional<String> nearest =
        answers
            .drive()
            .flatMap(context.inventory()::driveBehind)
            .flatMap(machine::nearest)
            .filter(pair -> machine.isReady(pair.adapter()))
            .map(pair -> machine.addresses(pair.adapter()).get(0));
    return nearest.isPresent() ? nearest : view.capableAddress("ipv4").map(LocalAddress::text);
  }

  /** The subsystem that has the drive already, or one named after the machine and the drive. */
  private Optional<String> name() {
    Optional<BlockDevice> drive = answers.drive().flatMap(context.inventory()::blockDevice);
    if (drive.isEmpty()) {
      return Optional.empty();
    }
    List<NvmetPath> exported = exports.of(drive.get());
    if (!exported.isEmpty()) {
      return Optional.of(exported.get(0).name(1));
    }
    String name = "nqn." + DATE + "." + domain() + ":" + drive.get().name();
    return context.tree().isDirectory(NvmetPath.of("subsystems", name))
        ? Optional.empty()
        : Optional.of(name);
  }

  /** The machine's name as a reversed domain; alone it is one in the domain local. */
  private String domain() {
    StringBuilder host = new StringBuilder();
    for (char c : context.inventory().hostName().toLowerCase(Locale.ROOT).toCharArray()) {
      boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
      host.append(fits ? Character.toString(c) : "");
    }
    List<String> labels = new ArrayList<>();
    for (String label : host.toString().split("\\.", -1)) {
      if (!label.isEmpty()) {
        labels.add(label);
      }
    }
    if (labels.size() < 2) {
      labels.add("local");
    }
    Collections.reverse(labels);
    return String.join(".", labels);
  }

  /**
   * What Tab offers.
   *
   * @param lead what stands before the value in the same word
   */
  List<Candidate> candidates(SetupKey key, String lead, String typed) {
    boolean list = key == SetupKey.ADDRESS || key == SetupKey.HOSTS;
    int comma = list ? typed.lastIndexOf(',') + 1 : 0;
    Offer offer = new Offer(context, lead + typed.substring(0, comma), typed.substring(comma));
    switch (key) {
      case DRIVE -> new DeviceCompletion(context, NvmetPath.ROOT, offer).addBlockDevices();
      case ADDRESS -> new AddressCompletion(context, offer).addOwn("rdma", "");
      case NQN -> {
        suggestion(key)
            .ifPresent(name -> offer.add(name, "named after this machine and the drive"));
        LinkCompletion.members(context, offer, "subsystems");
      }
      case HOSTS -> {
        if (comma == 0) {
          offer.add(SetupAnswers.ANY, "every host that reaches the ports");
        }
        LinkCompletion.members(context, offer, "hosts");
      }
      case SERVICE -> offer.add(Integer.toString(PortNumbers.NVME), "NVMe over Fabrics (IANA)");
    }
    return offer.candidates();
  }

  /** Where to see what there is. */
  static String look(SetupKey key) {
    return switch (key) {
      case DRIVE -> "see the drives:  devices";
      case ADDRESS, SERVICE -> "see the addresses of this machine:  nics";
      case NQN -> "see the subsystems:  ls /subsystems";
      case HOSTS -> "see the hosts:  ls /hosts";
    };
  }
}
