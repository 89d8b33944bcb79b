package io.nvmetsh.tree;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kernel's tree, read as it is asked for and remembered for the life of this object. */
public final class LiveTree implements TargetTree {

  private final Configfs configfs;
  private final KernelFlavor flavor;
  private final Map<NvmetPath, Optional<Listing>> listings = new HashMap<>();
  private final Map<NvmetPath, Boolean> groups = new HashMap<>();
  private final Map<NvmetPath, Optional<NvmetPath>> targets = new HashMap<>();

  /** What the attributes of a directory say; nothing where one cannot be read. */
  private final Map<NvmetPath, AttributeMap<Optional<String>>> values = new HashMap<>();

  private final Pool<Optional<Listing>> sameListings = new Pool<>();
  private final Pool<Optional<String>> sameValues = new Pool<>();

  private record Listing(List<String> directories, List<String> attributes, List<String> links) {
    private Listing {
      directories = List.copyOf(directories);
      attributes = List.copyOf(attributes);
      links = List.copyOf(links);
    }
  }

  public LiveTree(Configfs configfs, KernelFlavor flavor) {
    this.configfs = configfs;
    this.flavor = flavor;
  }

  @Override
  public KernelFlavor flavor() {
    return flavor;
  }

  @Override
  public boolean isDirectory(NvmetPath path) {
    if (isSeenGone(path)) {
      return false;
    }
    return (isGroup(path) && !listings.containsKey(path))
        ? groups.computeIfAbsent(path, this::exists)
        : listing(path).isPresent();
  }

  /** Whether a directory may have any number of members, which are not listed to see that it is. */
  private static boolean isGroup(NvmetPath path) {
    return path.kind()
        .filter(kind -> kind.member().isPresent() || kind.linkTarget().isPresent())
        .isPresent();
  }

  private boolean exists(NvmetPath directory) {
    if (isSeenAbsent(directory)) {
      return false;
    }
    try {
      configfs.glance(directory, 0);
      return true;
    } catch (Refusal e) {
      refuseUnlessAbsent(directory, e);
      return false;
    }
  }

  @Override
  public List<String> directories(NvmetPath directory) {
    return listing(directory).map(Listing::directories).orElse(List.of());
  }

  @Override
  public List<String> attributes(NvmetPath directory) {
    return listing(directory).map(Listing::attributes).orElse(List.of());
  }

  @Override
  public List<String> linkNames(NvmetPath directory) {
    return listing(directory).map(Listing::links).orElse(List.of());
  }

  @Override
  public List<String> glance(NvmetPath directory, int most) {
    if (listings.containsKey(directory)) {
      return TargetTree.super.glance(directory, most);
    }
    try {
      return configfs.glance(directory, most);
    } catch (Refusal e) {
      refuseUnlessAbsent(directory, e);
      return List.of();
    }
  }

  @Override
  public Optional<NvmetPath> linkTarget(NvmetPath link) {
    return isSeenGone(link.parent())
        ? Optional.empty()
        : targets.computeIfAbsent(link, this::readLink);
  }

  @Override
  public Optional<String> value(NvmetPath attribute) {
    AttributeMap<Optional<String>> around = values.get(attribute.parent());
    Optional<String> value = around == null ? null : around.get(attribute.name());
    if (value != null) {
      return value;
    }
    return isSeenAbsent(attribute) ? Optional.empty() : remembered(attribute);
  }

  private Optional<String> remembered(NvmetPath attribute) {
    Optional<String> value = readValue(attribute);
    values
        .computeIfAbsent(attribute.parent(), directory -> new AttributeMap<>())
        .put(attribute.name(), value);
    return value;
  }

  /**
   * Whether this is known not to be there from what it would be in. To be refused costs several
   * times as much as to read, and is not remembered twice.
   */
  private boolean isSeenAbsent(NvmetPath path) {
    if (path.isRoot()) {
      return false;
    }
    Optional<Listing> around = listings.get(path.parent());
    if (around == null || around.isEmpty()) {
      return isSeenGone(path.parent());
    }
    Optional<NodeKind> kind = path.kind();
    if (kind.isPresent() && kind.get().isMade()) {
      return false; // one of many: it is quicker to look than to search a list
    }
    return !around.get().directories.contains(path.name())
        && !around.get().attributes.contains(path.name());
  }

  /** Whether a directory was looked for and was not there, or one that it would be in. */
  private boolean isSeenGone(NvmetPath directory) {
    if (directory.isRoot() || directory.kind().isEmpty()) {
      return false; // nothing is known of what is no place of the tree, and it may lie deep
    }
    Optional<Listing> listing = listings.get(directory);
    if (listing != null) {
      return listing.isEmpty();
    }
    Boolean there = groups.get(directory);
    return there != null ? !there : isSeenGone(directory.parent());
  }

  private Optional<Listing> listing(NvmetPath directory) {
    return isSeenGone(directory)
        ? Optional.empty()
        : listings.computeIfAbsent(directory, this::readListing);
  }

  private Optional<Listing> readListing(NvmetPath directory) {
    // A link followed would show the linked item's entries under a path that is not theirs.
    if (directory.kind().isEmpty() || isSeenAbsent(directory)) {
      return Optional.empty();
    }
    try {
      List<String> directories = new ArrayList<>();
      List<String> attributes = new ArrayList<>();
      List<String> links = new ArrayList<>();
      for (Configfs.Entry entry : configfs.list(directory)) {
        List<String> names =
            switch (entry.type()) {
              case DIRECTORY -> directories;
              case ATTRIBUTE -> attributes;
              case LINK -> links;
            };
        names.add(entry.name());
      }
      return sameListings.one(Optional.of(new Listing(directories, attributes, links)));
    } catch (Refusal e) {
      refuseUnlessAbsent(directory, e);
      return Optional.empty();
    }
  }

  /** What cannot be listed is not absent: it would be shown as empty, and made plans with. */
  private static void refuseUnlessAbsent(NvmetPath directory, Refusal e) {
    if (!isAbsence(e.errno())) {
      throw Problem.of(
              Problem.Kind.REFUSED,
              directory
                  + " cannot be listed: the kernel answers "
                  + e.errno()
                  + " ("
                  + e.words()
                  + ")",
              "what usually causes it:  explain " + e.errno())
          .with("path", directory.toString())
          .with("errno", e.errno().name())
          .asException();
    }
  }

  /** Whether an errno says that no such directory is there, or can be. */
  private static boolean isAbsence(Errno errno) {
    return errno == Errno.ENOENT
        || errno == Errno.ENOTDIR
        || errno == Errno.EINVAL
        || errno == Errno.ENAMETOOLONG;
  }

  private Optional<NvmetPath> readLink(NvmetPath link) {
    try {
      return Optional.of(configfs.readlink(link));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private Optional<String> readValue(NvmetPath attribute) {
    try {
      String text = configfs.read(attribute);
      String value = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      return sameValues.one(Optional.of(value));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }
}
