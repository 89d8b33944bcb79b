package io.nvmetsh.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.nvmetsh.plan.Change;
import io.nvmetsh.plan.Ground;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import io.nvmetsh.tree.Snapshot;
import io.nvmetsh.tree.TargetTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ground of a step as a journal keeps it: directories, values and links by their paths. Keys
 * are left out; whoever goes back without this process's memory has to be given them again.
 */
final class GroundRecord {

  private GroundRecord() {}

  static void write(JsonGenerator json, Ground ground) throws IOException {
    json.writeArrayFieldStart("directories");
    directories(json, ground.was(), NvmetPath.ROOT);
    json.writeEndArray();
    json.writeObjectFieldStart("values");
    values(json, ground.was(), NvmetPath.ROOT);
    json.writeEndObject();
    json.writeObjectFieldStart("links");
    links(json, ground.was(), NvmetPath.ROOT);
    json.writeEndObject();
    json.writeArrayFieldStart("whole");
    for (NvmetPath path : ground.whole()) {
      json.writeString(path.toString());
    }
    json.writeEndArray();
  }

  private static void directories(JsonGenerator json, TargetTree tree, NvmetPath path)
      throws IOException {
    for (String name : tree.directories(path)) {
      if (path.depth() > 0) {
        json.writeString(path.child(name).toString());
      }
      directories(json, tree, path.child(name));
    }
  }

  private static void values(JsonGenerator json, TargetTree tree, NvmetPath path)
      throws IOException {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    for (String name : tree.attributes(path)) {
      boolean secret = NvmetSchema.row(kind, name).isSecret();
      String value = tree.value(path.child(name)).orElse("");
      if (!secret || value.isBlank()) {
        json.writeStringField(path.child(name).toString(), value);
      }
    }
    for (String name : tree.directories(path)) {
      values(json, tree, path.child(name));
    }
  }

  /** The keys that the ground knows, which are not written. */
  static List<NvmetPath> keys(Ground ground) {
    List<NvmetPath> keys = new ArrayList<>();
    NvmetPath hosts = NvmetPath.of("hosts");
    for (String host : ground.was().directories(hosts)) {
      for (String name : ground.was().attributes(hosts.child(host))) {
        NvmetPath attribute = hosts.child(host).child(name);
        boolean set = ground.was().value(attribute).filter(value -> !value.isBlank()).isPresent();
        if (set && NvmetSchema.row(NodeKind.HOST, name).isSecret()) {
          keys.add(attribute);
        }
      }
    }
    return keys;
  }

  private static void links(JsonGenerator json, TargetTree tree, NvmetPath path)
      throws IOException {
    for (TargetTree.Link link : tree.links(path)) {
      json.writeStringField(path.child(link.name()).toString(), link.target().toString());
    }
    for (String name : tree.directories(path)) {
      links(json, tree, path.child(name));
    }
  }

  static Ground read(JsonNode json, List<Change> changes, KernelFlavor flavor) {
    Snapshot was = new Snapshot(flavor);
    json.path("directories").forEach(path -> was.create(NvmetPath.parse(path.asText())));
    json.path("values")
        .properties()
        .forEach(each -> was.set(NvmetPath.parse(each.getKey()), each.getValue().asText()));
    json.path("links")
        .properties()
        .forEach(
            each ->
                was.link(
                    NvmetPath.parse(each.getKey()), NvmetPath.parse(each.getValue().asText())));
    Set<NvmetPath> whole = new HashSet<>();
    json.path("whole").forEach(path -> whole.add(NvmetPath.parse(path.asText())));
    return new Ground(was, changes, whole);
  }
}
