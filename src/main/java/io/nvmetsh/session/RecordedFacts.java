package io.nvmetsh.session;

import io.nvmetsh.command.Requirement;
import io.nvmetsh.plan.Change;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.PciAddress;
import io.nvmetsh.schema.Since;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the lines of a recording stand on: what they have not made themselves, and what not every
 * kernel and machine has. Each fact is said once, before the first line that relies on it.
 */
final class RecordedFacts {

  private final Set<NvmetPath> known = new HashSet<>();
  private final Set<Requirement> said = new HashSet<>();

  /** What these changes rely on that has not been said yet. */
  Set<Requirement> of(List<Change> changes, Map<Change, Reliance> reliances) {
    Set<Requirement> facts = new LinkedHashSet<>();
    for (Change change : changes) {
      there(change, facts);
      attribute(change).ifPresent(facts::add);
      Reliance reliance = reliances.get(change);
      if (reliance != null) {
        reliance.fact().ifPresent(facts::add);
      }
    }
    facts.removeIf(fact -> !said.add(fact));
    return facts;
  }

  private void there(Change change, Set<Requirement> facts) {
    if (change instanceof Change.Create) {
      require(change.path().parent(), facts);
      known.add(change.path());
    } else if (change instanceof Change.Link link) {
      require(link.path().parent(), facts);
      require(link.target(), facts);
      known.add(link.path());
    } else if (change instanceof Change.Unlink) {
      if (known.add(change.path())) {
        facts.add(Requirement.path(change.path()));
        made(change.path().parent()).ifPresent(this::know);
      }
    } else {
      require(change.path(), facts);
    }
  }

  private void require(NvmetPath path, Set<Requirement> facts) {
    Optional<NvmetPath> made = made(path);
    if (made.isPresent() && !known.contains(made.get())) {
      facts.add(Requirement.path(made.get()));
      know(made.get());
    }
  }

  private void know(NvmetPath path) {
    known.addAll(path.way());
  }

  /** The innermost directory at or above a path that is there because somebody made it. */
  private static Optional<NvmetPath> made(NvmetPath path) {
    for (NvmetPath each = path; !each.isRoot(); each = each.parent()) {
      Optional<NodeKind> kind = each.kind().filter(NodeKind::isMade);
      // ANA group 1 comes with its port
      if (kind.isPresent() && (kind.get() != NodeKind.ANA_GROUP || !each.name().equals("1"))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static Optional<Requirement> attribute(Change change) {
    if (!(change instanceof Change.SetAttribute set)) {
      return Optional.empty();
    }
    Attribute row = set.row();
    // what the first nvmet had, all have; what clears an address does nothing where there is none
    boolean everywhere = row.since().equals(Since.linux(4, 8));
    boolean clears = row.name().equals("pci_device_path") && set.value().equals(PciAddress.CLEAR);
    return everywhere || clears || NvmetSchema.find(row.owner(), row.name()).isEmpty()
        ? Optional.empty()
        : Optional.of(Requirement.attribute(set.path()));
  }
}
