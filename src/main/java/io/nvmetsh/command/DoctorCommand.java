package io.nvmetsh.command;

import io.nvmetsh.command.CommandSpec.Group;
import io.nvmetsh.command.Document.Cell;
import io.nvmetsh.command.Document.Section;
import io.nvmetsh.command.Document.Tone;
import io.nvmetsh.doctor.Area;
import io.nvmetsh.doctor.Doctor;
import io.nvmetsh.doctor.Observation;
import io.nvmetsh.doctor.Observation.Level;
import io.nvmetsh.offload.OffloadView;
import io.nvmetsh.schema.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says whether this machine is ready for offload, before anything is configured. */
final class DoctorCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "doctor",
        List.of(),
        Group.OFFLOAD,
        "say whether this machine is ready for offload",
        List.of(),
        List.of(),
        """
        Looks at kernel and drivers, adapters, drives and their peer-to-peer queues, the ways between
        drives and adapters, and staging memory. Each line says what is; below it what is needed,
        what to type (mend), and what is to be done elsewhere. What only root may read is unknown to
        others. The exit status is 1 when something stands in the way of offload; check tells the
        same of what is configured.""",
        List.of("doctor"));
  }

  @Override
  public Effect run(Context context, Arguments arguments) {
    OffloadView view = new OffloadView(context.tree(), context.inventory());
    List<Section> sections = new ArrayList<>();
    List<Observation> all = new ArrayList<>();
    for (Map.Entry<Area, List<Observation>> area : Doctor.examine(view).entrySet()) {
      all.addAll(area.getValue());
      sections.add(
          new Section(
              area.getKey().name().toLowerCase(Locale.ROOT),
              area.getKey().heading(),
              new Document.Observations(area.getValue())));
    }
    sections.add(0, new Section("verdict", "", new Document.Lines(List.of(verdict(all)))));
    boolean ready = all.stream().noneMatch(Observation::isInTheWay);
    return new Effect.Show(
        new Document.Sections(sections), ready ? ExitStatus.DONE : ExitStatus.USAGE);
  }

  private static Cell verdict(List<Observation> all) {
    long warnings = count(all, Level.WARNING);
    long unknown = count(all, Level.UNKNOWN);
    String unseen = unknown == 0 ? "" : "; " + of(unknown, "thing is", "things are") + " unknown";
    if (count(all, Level.IMPOSSIBLE) > 0) {
      return new Cell("offload is not possible on this machine as it is", "impossible", Tone.BAD);
    } else if (warnings > 0) {
      String stand = of(warnings, "thing stands", "things stand") + " in the way of offload";
      return new Cell(stand + unseen, "warning", Tone.WARN);
    }
    return new Cell("nothing seen stands in the way of offload" + unseen, "ok", Tone.GOOD);
  }

  private static long count(List<Observation> all, Level level) {
    return all.stream().filter(each -> each.level() == level).count();
  }

  private static String of(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
