package io.nvmetsh.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nvmetsh.schema.Attribute;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.schema.Quoting;
import io.nvmetsh.schema.ValueType.InvalidValue;
import io.nvmetsh.tree.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads nvmetcli's file, of any generation, with or without a part of ours: the target as it shall
 * be. The order of keys means nothing. What this kernel does not have is left out, with a note;
 * what cannot be understood refuses the whole file, before anything is touched.
 */
public final class ConfigReader {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String name;
  private final Snapshot tree;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Map<String, String>> modules = new LinkedHashMap<>();
  private final Map<NvmetPath, String> devices = new LinkedHashMap<>();
  private final List<NvmetPath> only = new ArrayList<>();
  private final List<NvmetPath> secrets = new ArrayList<>();

  private ConfigReader(String name, KernelFlavor flavor) {
    this.name = name;
    this.tree = new Snapshot(flavor);
  }

  /**
   * A file that was read.
   *
   * @param modules parameters that modules had when it was written, by module
   * @param devices which drives were behind namespaces when it was written, by namespace
   * @param only what it is a part of a target for; empty when it is a whole one
   * @param secrets attributes that had values which are not in the file
   * @param notes what was left out, and why
   */
  public record Config(
      Snapshot tree,
      Map<String, Map<String, String>> modules,
      Map<NvmetPath, String> devices,
      List<NvmetPath> only,
      List<NvmetPath> secrets,
      List<String> notes) {}

  /**
   * @param name of the file, for messages
   * @throws NvmetshException when it is no configuration
   */
  public static Config read(String name, String text, KernelFlavor flavor) {
    ConfigReader reader = new ConfigReader(name, flavor);
    reader.read(text);
    reader.fillIn(NvmetPath.ROOT);
    return new Config(
        reader.tree, reader.modules, reader.devices, reader.only, reader.secrets, reader.notes);
  }

  private void read(String text) {
    try {
      // what is no JSON at its end is refused for that, whatever is wrong before it
      try (JsonParser in = JSON.createParser(text)) {
        in.nextToken();
        in.skipChildren();
        if (in.nextToken() != null) {
          throw problem(JsonFault.following(in.currentTokenLocation()));
        }
      }
      try (JsonParser in = JSON.createParser(text)) {
        root(in);
      }
    } catch (JsonProcessingException e) {
      throw problem(JsonFault.describe(e, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // text that is there has none
    }
  }

  private NvmetshException problem(String clause) {
    return Problem.of(
            Problem.Kind.FILE,
            name + ": " + clause,
            "write a new one from the target as it is:  save FILE")
        .with("path", name)
        .asException();
  }

  /** Of the long lists one object is held at a time; a file can be larger than all it says. */
  private void root(JsonParser in) throws IOException {
    ObjectNode rest = JSON.createObjectNode();
    if (in.nextToken() != JsonToken.START_OBJECT || in.nextToken() == JsonToken.END_OBJECT) {
      throw problem("it holds no configuration")
          .problem()
          .hint("to remove everything:  clear")
          .asException();
    }
    for (String key = in.currentName(); key != null; key = in.nextFieldName()) {
      in.nextToken();
      switch (key) {
        case "hosts", "subsystems", "ports" -> objects(NvmetPath.of(key), in);
        case "discovery", Layout.EXTRA -> rest.set(key, JSON.readTree(in));
        default -> {
          in.skipChildren();
          notes.add("not known, left out: " + key);
        }
      }
    }
    values(NvmetPath.ROOT, NodeKind.ROOT, rest);
    if (rest.has(Layout.EXTRA)) {
      extra(rest.get(Layout.EXTRA));
    }
  }

  private void objects(NvmetPath group, JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw problem(group.name() + " is no list");
    }
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      named(group, member(group), group.name() + "[" + i + "]", JSON.readTree(in));
    }
  }

  /**
   * What nvmetcli's format cannot hold and the file does not have is as in a new object: so a file
   * of ours says no more than it must, and one of nvmetcli's means what it means there.
   */
  private void fillIn(NvmetPath path) {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    for (Attribute row : NvmetSchema.of(kind, tree.flavor())) {
      NvmetPath attribute = path.child(row.name());
      boolean settable = row.isWritable() && row.isReadable() && !row.isSecret();
      if (settable
          && row.initial().known()
          && !Layout.holds(kind, row.name())
          && tree.value(attribute).isEmpty()) {
        tree.set(attribute, row.initial().text());
      }
    }
    for (String name : tree.directories(path)) {
      fillIn(path.child(name));
    }
  }

  private void objects(NvmetPath group, String where, JsonNode list) {
    if (!list.isArray()) {
      throw problem(where + " is no list");
    }
    NodeKind kind = member(group);
    if (!kind.since().covers(tree.flavor())) {
      if (!list.isEmpty()) {
        notes.add("this kernel has no " + kind.term() + "s, left out: " + where);
      }
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      named(group, kind, where + "[" + i + "]", list.get(i));
    }
  }

  private static NodeKind member(NvmetPath group) {
    return group.kind().flatMap(NodeKind::member).orElseThrow();
  }

  private void named(NvmetPath group, NodeKind kind, String where, JsonNode object) {
    JsonNode own = object.get(Layout.key(kind));
    if (own == null || !own.isValueNode() || own.asText().isEmpty()) {
      throw problem(where + " has no " + Layout.key(kind));
    }
    object(child(group, own.asText(), where), kind, where, object);
  }

  /** No name leads out of its directory: the kernel would follow it there. */
  private NvmetPath child(NvmetPath directory, String name, String where) {
    if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
      throw problem(where + " has a name that none can be: " + Quoting.word(name));
    }
    return directory.child(name);
  }

  private void object(NvmetPath path, NodeKind kind, String where, JsonNode object) {
    boolean standing = kind == NodeKind.ANA_GROUP && path.name().equals("1");
    if (tree.isDirectory(path) && !standing) {
      throw problem(where + ": " + path + " is there twice");
    }
    tree.create(path);
    values(path, kind, object);
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      String key = each.getKey();
      if (!key.equals(Layout.key(kind)) && !isOfValues(kind, key)) {
        part(path, kind, where + "." + key, key, each.getValue());
      }
    }
  }

  private static boolean isOfValues(NodeKind kind, String key) {
    return Layout.groups(kind).contains(key) || Layout.numbers(kind).contains(key);
  }

  private void part(NvmetPath path, NodeKind kind, String where, String key, JsonNode value) {
    if (kind == NodeKind.SUBSYSTEM && key.equals("passthru")) {
      passthru(path.child("passthru"), where, value);
    } else if (kind == NodeKind.SUBSYSTEM && key.equals("allowed_hosts")) {
      links(path.child(key), NvmetPath.of("hosts"), where, value);
    } else if (kind == NodeKind.PORT && key.equals("subsystems")) {
      links(path.child(key), NvmetPath.of("subsystems"), where, value);
    } else if (kind.entry(key).flatMap(NodeKind::member).isPresent()) {
      objects(path.child(key), where, value);
    } else {
      notes.add("not known, left out: " + where);
    }
  }

  private void passthru(NvmetPath path, String where, JsonNode list) {
    if (!list.isArray() || list.size() > 1) {
      throw problem(where + " is no list of one");
    }
    if (list.size() == 1 && tree.isDirectory(path)) {
      values(path, NodeKind.PASSTHRU, list.get(0));
    } else if (list.size() == 1) {
      notes.add("this kernel has no passthru, left out: " + where);
    }
  }

  private void links(NvmetPath directory, NvmetPath group, String where, JsonNode list) {
    if (!list.isArray()) {
      throw problem(where + " is no list");
    }
    for (JsonNode each : list) {
      if (!each.isTextual() || each.asText().isEmpty()) {
        throw problem(where + " has something else than names");
      }
      tree.link(child(directory, each.asText(), where), child(group, each.asText(), where));
    }
  }

  private void values(NvmetPath path, NodeKind kind, JsonNode object) {
    for (String group : Layout.groups(kind)) {
      for (Map.Entry<String, JsonNode> each : entries(path, group, object.get(group))) {
        String name = group + "_" + each.getKey();
        set(child(path, name, path + ": " + group), kind, each.getValue());
      }
    }
    for (String number : Layout.numbers(kind)) {
      if (object.has(number) && !(number.equals("ana_grpid") && isNone(object.get(number)))) {
        Optional<String> grouped = tree.value(path.child(number));
        set(path.child(number), kind, object.get(number));
        Optional<String> value = tree.value(path.child(number));
        if (grouped.isPresent() && !grouped.equals(value)) {
          notes.add(
              path + ": " + number + " is taken, not the other value of it: " + grouped.get());
        }
      }
    }
  }

  /** nvmetcli writes group 0 where a kernel has no ANA groups. */
  private static boolean isNone(JsonNode grpid) {
    return grpid.asText().equals("0");
  }

  private Iterable<Map.Entry<String, JsonNode>> entries(
      NvmetPath path, String key, @Nullable JsonNode object) {
    if (object == null) {
      return List.of();
    }
    if (!object.isObject()) {
      throw problem(path + ": " + key + " is no object");
    }
    return object.properties();
  }

  private void set(NvmetPath attribute, NodeKind kind, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw problem(attribute + " has no value but " + value.getNodeType());
    }
    String text = value.isBoolean() ? (value.asBoolean() ? "1" : "0") : value.asText();
    Optional<Attribute> row = NvmetSchema.find(kind, attribute.name());
    if (row.isPresent() && !row.get().since().covers(tree.flavor())) {
      notes.add("this kernel has no " + attribute.name() + ", left out: " + attribute);
    } else if (row.isEmpty() || row.get().isWritable()) {
      row.ifPresent(known -> check(attribute, known, text));
      tree.set(attribute, text);
    }
  }

  /**
   * A file has what a kernel shows where nothing was set, too; anything else that is no value is a
   * mistake.
   */
  private void check(NvmetPath attribute, Attribute row, String text) {
    try {
      row.type().canonical(text);
    } catch (InvalidValue e) {
      boolean unset = text.isBlank() || text.equals("(null)") || text.equals(row.initial().text());
      if (!unset) {
        String value = row.isSecret() ? "what it is" : Quoting.word(text);
        throw Problem.of(
                Problem.Kind.INVALID,
                name + ": " + attribute + " cannot be " + value + ": it " + e.getMessage(),
                "correct the file; what it takes:  explain " + row.name())
            .with("path", attribute.toString())
            .asException();
      }
    }
  }

  private void extra(JsonNode extra) {
    int format = extra.path("format").asInt(Layout.FORMAT);
    if (format > Layout.FORMAT) {
      throw problem("its part for nvmetsh is of form " + format + ", of a newer nvmetsh");
    }
    for (Map.Entry<String, JsonNode> each : entries(NvmetPath.ROOT, "links", extra.get("links"))) {
      NvmetPath link = NvmetPath.parse(each.getKey());
      NvmetPath target = NvmetPath.parse(each.getValue().asText());
      if (tree.linkTarget(link.parent().child(target.name())).filter(target::equals).isEmpty()) {
        throw problem(link + ": there is no link to " + target);
      }
      tree.rename(link.parent().child(target.name()), link.name());
    }
    for (Map.Entry<String, JsonNode> each :
        entries(NvmetPath.ROOT, "attributes", extra.get("attributes"))) {
      NvmetPath attribute = NvmetPath.parse(each.getKey());
      Optional<NodeKind> kind = attribute.isRoot() ? Optional.empty() : attribute.parent().kind();
      if (kind.isEmpty() || !tree.isDirectory(attribute.parent())) {
        throw problem(each.getKey() + " is in nothing that the file has");
      }
      set(attribute, kind.get(), each.getValue());
    }
    for (Map.Entry<String, JsonNode> module :
        entries(NvmetPath.ROOT, "modules", extra.get("modules"))) {
      Map<String, String> parameters = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> each :
          entries(NvmetPath.ROOT, module.getKey(), module.getValue())) {
        parameters.put(each.getKey(), each.getValue().asText());
      }
      modules.put(module.getKey(), parameters);
    }
    for (Map.Entry<String, JsonNode> each :
        entries(NvmetPath.ROOT, "devices", extra.get("devices"))) {
      devices.put(NvmetPath.parse(each.getKey()), each.getValue().asText());
    }
    extra.path("only").forEach(path -> only.add(NvmetPath.parse(path.asText())));
    extra.path("secrets").forEach(path -> secrets.add(NvmetPath.parse(path.asText())));
  }
}
