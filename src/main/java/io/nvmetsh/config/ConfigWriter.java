package io.nvmetsh.config;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.TargetTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a target as nvmetcli does, byte for byte: keys sorted, two blanks for each level, values
 * as strings. Lists are sorted by number or name, so that two files of one target are equal. What
 * the format cannot hold follows under a key of our own. Keys of hosts are never in it.
 */
public final class ConfigWriter {

  private final TargetTree tree;
  private final SortedMap<String, String> attributes = new TreeMap<>();
  private final SortedMap<String, String> links = new TreeMap<>();
  private final List<String> secrets = new ArrayList<>();

  /** What attributes are called in their groups: ten thousand namespaces have the same few. */
  private final Map<String, String> keys = new HashMap<>();

  private ConfigWriter(TargetTree tree) {
    this.tree = tree;
  }

  /**
   * A configuration file.
   *
   * @param secrets the attributes that have values and were left out
   */
  public record Config(String text, List<NvmetPath> secrets) {}

  /**
   * What a file says besides the target.
   *
   * @param modules parameters of modules, by module
   * @param devices which drives were behind namespaces, by namespace
   * @param only what the file is a part of a target for; empty when it is a whole one
   */
  public record Besides(
      SortedMap<String, SortedMap<String, String>> modules,
      SortedMap<String, String> devices,
      List<NvmetPath> only) {

    public static final Besides NOTHING = new Besides(new TreeMap<>(), new TreeMap<>(), List.of());
  }

  /** A target as a file. */
  public static Config of(TargetTree tree, Besides besides) {
    ConfigWriter writer = new ConfigWriter(tree);
    SortedMap<String, Object> root = writer.object(NvmetPath.ROOT, NodeKind.ROOT);
    root.put("hosts", writer.list(NvmetPath.of("hosts")));
    root.put("subsystems", writer.list(NvmetPath.of("subsystems")));
    root.put("ports", writer.list(NvmetPath.of("ports")));
    SortedMap<String, Object> extra = new TreeMap<>();
    putUnlessEmpty(extra, "attributes", writer.attributes);
    putUnlessEmpty(extra, "devices", besides.devices());
    putUnlessEmpty(extra, "links", writer.links);
    putUnlessEmpty(extra, "modules", besides.modules());
    if (!besides.only().isEmpty()) {
      extra.put("only", besides.only().stream().map(NvmetPath::toString).toList());
    }
    if (!writer.secrets.isEmpty()) {
      extra.put("secrets", writer.secrets);
    }
    if (!extra.isEmpty()) {
      extra.put("format", Layout.FORMAT);
      root.put(Layout.EXTRA, extra);
    }
    return new Config(text(root), writer.secrets.stream().map(NvmetPath::parse).toList());
  }

  private static void putUnlessEmpty(Map<String, Object> object, String key, Map<String, ?> value) {
    if (!value.isEmpty()) {
      object.put(key, value);
    }
  }

  private List<Object> list(NvmetPath group) {
    List<Object> objects = new ArrayList<>();
    for (String name : tree.directories(group)) {
      NvmetPath path = group.child(name);
      NodeKind kind = path.kind().orElseThrow();
      SortedMap<String, Object> object = object(path, kind);
      object.put(Layout.key(kind), kind.isNumbered() ? number(name) : name);
      switch (kind) {
        case SUBSYSTEM -> {
          object.put("namespaces", list(path.child("namespaces")));
          object.put("allowed_hosts", linked(path.child("allowed_hosts")));
          if (tree.isDirectory(path.child("passthru"))) {
            object.put("passthru", List.of(object(path.child("passthru"), NodeKind.PASSTHRU)));
          }
        }
        case PORT -> {
          object.put("subsystems", linked(path.child("subsystems")));
          object.put("ana_groups", list(path.child("ana_groups")));
          object.put("referrals", list(path.child("referrals")));
        }
        default -> {}
      }
      objects.add(object);
    }
    return objects;
  }

  private SortedMap<String, Object> object(NvmetPath path, NodeKind kind) {
    SortedMap<String, Object> object = new TreeMap<>();
    for (String group : Layout.groups(kind)) {
      object.put(group, new TreeMap<String, Object>());
    }
    for (String name : tree.attributes(path)) {
      Attribute row = NvmetSchema.row(kind, name);
      Optional<String> value = tree.value(path.child(name)).map(String::strip);
      if (value.isEmpty() || !row.isWritable()) {
        continue;
      } else if (row.isSecret()) {
        if (!value.get().isEmpty()) {
          secrets.add(path.child(name).toString());
          continue;
        }
      } else if (!Layout.holds(kind, name)) {
        extra(path.child(name), row, value.get());
      } else if (Layout.numbers(kind).contains(name)) {
        object.put(name, number(value.get()));
      }
      put(object, kind, name, value.get());
    }
    if (kind == NodeKind.NAMESPACE) {
      object.putIfAbsent("ana_grpid", 0L); // what nvmetcli writes where there are no ANA groups
    }
    return object;
  }

  /** nvmetcli has the ANA group of a namespace twice, as a number and in a group. */
  private void put(SortedMap<String, Object> object, NodeKind kind, String name, String value) {
    for (String group : Layout.groups(kind)) {
      if (name.startsWith(group + "_")) {
        @SuppressWarnings("unchecked") // made by object()
        Map<String, Object> values = (Map<String, Object>) object.get(group);
        if (values != null) {
          String key = keys.computeIfAbsent(name, each -> each.substring(group.length() + 1));
          values.put(key, value);
        }
      }
    }
  }

  private void extra(NvmetPath path, Attribute row, String value) {
    if (!(row.initial().known() && row.type().same(row.initial().text(), value))) {
      attributes.put(path.toString(), value);
    }
  }

  private List<String> linked(NvmetPath directory) {
    List<String> names = new ArrayList<>();
    for (TargetTree.Link link : tree.links(directory)) {
      names.add(link.target().name());
      if (!link.name().equals(link.target().name())) {
        links.put(directory.child(link.name()).toString(), link.target().toString());
      }
    }
    return names;
  }

  private static Object number(String text) {
    try {
      Long number = Long.valueOf(text);
      // 01 is a name of its own
      return number.toString().equals(text) ? number : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static String text(Object root) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    ObjectWriter writer =
        JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build()
            .writer(
                new DefaultPrettyPrinter(separators)
                    .withObjectIndenter(lines)
                    .withArrayIndenter(lines));
    // as bytes, for nothing is in it but ASCII: as characters it would take twice the memory
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.writeValue(text, root);
    } catch (IOException e) {
      throw new IllegalStateException("text and numbers can be written", e);
    }
    text.write('\n');
    return text.toString(StandardCharsets.US_ASCII);
  }
}
