package io.nvmetsh.plan;

import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The order in which attributes of one directory can be written: that of the schema's table, where
 * what another depends on comes first, but for pairs that exclude each other in between.
 */
public final class WriteOrder {

  /** The lowest controller id. */
  public static final String LEAST = "attr_cntlid_min";

  /** The highest. */
  public static final String MOST = "attr_cntlid_max";

  private WriteOrder() {}

  /** Names as they are in the table; those that it lacks stand behind it as they are given. */
  public static List<String> ofTable(NvmetPath directory, Collection<String> names) {
    Set<String> left = new LinkedHashSet<>(names);
    List<String> sorted = new ArrayList<>();
    for (Attribute row : NvmetSchema.all()) {
      if (row.owner() == directory.kind().orElse(NodeKind.ROOT) && left.remove(row.name())) {
        sorted.add(row.name());
      }
    }
    sorted.addAll(left);
    return sorted;
  }

  /**
   * Names as they are to be written.
   *
   * @param least what the lowest controller id is to be; not asked where there is none
   * @param most what the highest is now; empty in a new object
   */
  public static List<String> of(
      NvmetPath directory,
      Collection<String> names,
      Supplier<Optional<String>> least,
      Supplier<Optional<String>> most) {
    List<String> sorted = ofTable(directory, names);
    // at every moment the lowest controller id has to be below the highest
    if (sorted.containsAll(List.of(LEAST, MOST))
        && number(least.get(), 1) >= number(most.get(), 65519)) {
      sorted.remove(MOST);
      sorted.add(sorted.indexOf(LEAST), MOST);
    }
    return sorted;
  }

  private static long number(Optional<String> text, long otherwise) {
    return text.map(value -> KernelNumber.parse(value).orElse(otherwise)).orElse(otherwise);
  }
}
