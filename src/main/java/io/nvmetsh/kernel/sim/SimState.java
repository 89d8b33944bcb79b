package io.nvmetsh.kernel.sim;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nvmetsh.kernel.WholeFile;
import io.nvmetsh.schema.FileFailure;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A simulated kernel between two runs: everything in its tree, what it knows beside it, and the
 * state of its modules, in one file. The file is written whole or not at all.
 */
final class SimState {

  private static final String FORMAT = "nvmetsh simulated kernel 1";

  /** Attributes that rules do arithmetic with. */
  static final Set<String> INTEGERS =
      Set.of(
          "attr_cntlid_min",
          "attr_cntlid_max",
          "param_inline_data_size",
          "param_max_queue_size",
          "param_mdts");

  private final Path file;
  private final JsonNode document;

  private SimState(Path file, JsonNode document) {
    this.file = file;
    this.document = document;
  }

  // Writing.

  static void save(SimKernel kernel, long operations, Path file) {
    Nvmet nvmet = kernel.nvmet();
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode document = json.createObjectNode();
    document.put("format", FORMAT);
    document.put("profile", nvmet.profile().name());
    if (nvmet.random().seed().isPresent()) {
      document.put("seed", nvmet.random().seed().getAsLong());
    }
    document.put("operations", operations);
    document.put("drawn", nvmet.random().drawn());
    ObjectNode modules = document.putObject("modules");
    for (Map.Entry<String, SortedMap<String, String>> module :
        nvmet.modules().loaded().entrySet()) {
      ObjectNode parameters = modules.putObject(module.getKey());
      module.getValue().forEach(parameters::put);
    }
    ArrayNode reloaded = document.putArray("reloaded");
    new TreeSet<>(nvmet.modules().reloaded()).forEach(reloaded::add);
    nvmet.modules().writtenOptions().ifPresent(text -> document.put("options", text));
    ArrayNode controllers = document.putArray("controllers");
    for (SimController controller : nvmet.controllers()) {
      controllers
          .addObject()
          .put("cntlid", controller.cntlid())
          .put("host", controller.host())
          .put("subsystem", controller.subsystem().name())
          .put("port", controller.port().name());
    }
    write(nvmet.root(), document.putObject("tree"));
    try {
      WholeFile.replace(
          file, json.writeValueAsBytes(document), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw problem(file, "cannot be written: " + FileFailure.writing(e));
    }
  }

  /** That a state can be kept there is found out before there is one to lose. */
  static void checkPlace(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw problem(file, "cannot be written: there is no such directory");
    } else if (!Files.isWritable(folder)) {
      throw problem(file, "cannot be written: permission denied");
    } else if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw problem(file, "is no regular file");
    }
  }

  private static void write(SimNode node, ObjectNode out) {
    if (!node.values().isEmpty()) {
      ObjectNode values = out.putObject("values");
      new TreeMap<>(node.values()).forEach(values::put);
    }
    if (!node.links().isEmpty()) {
      ObjectNode links = out.putObject("links");
      for (Map.Entry<String, SimNode> link : new TreeMap<>(node.links()).entrySet()) {
        links.put(link.getKey(), link.getValue().name());
      }
    }
    Map<String, SimNode> children = new TreeMap<>();
    for (SimNode child : node.children()) {
      if (child.kind() != NodeKind.OFFLOAD_CTX) {
        // they come back with the hosts
        children.put(child.name(), child);
      }
    }
    if (!children.isEmpty()) {
      ObjectNode directories = out.putObject("directories");
      for (Map.Entry<String, SimNode> child : children.entrySet()) {
        write(child.getValue(), directories.putObject(child.getKey()));
      }
    }
  }

  // Reading.

  /**
   * Reads a state, without making a kernel of it yet.
   *
   * @throws io.nvmetsh.schema.NvmetshException when the file cannot be read, is no such state, or
   *     is that of another kernel
   */
  static SimState load(Path file, SimProfile profile) {
    JsonNode document;
    try {
      document = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw problem(file, "is damaged" + (at == null ? "" : ", in line " + at.getLineNr()));
    } catch (IOException e) {
      throw problem(file, "cannot be read: " + FileFailure.reading(e));
    }
    if (!document.path("format").asText().equals(FORMAT)) {
      throw problem(file, "is not the state of a simulated kernel");
    }
    String saved = document.path("profile").asText();
    if (!saved.equals(profile.name())) {
      throw Problem.of(
              Problem.Kind.FILE,
              file + " is the state of kernel " + saved + ", not of " + profile.name(),
              "go on with that one:  nvmetsh --sim=" + saved + " --sim-state " + file)
          .with("path", file.toString())
          .asException();
    }
    return new SimState(file, document);
  }

  static RuntimeException problem(Path file, String what) {
    return Problem.of(
            Problem.Kind.FILE,
            file + " " + what,
            "begin anew with another file:  nvmetsh --sim --sim-state FILE")
        .with("path", file.toString())
        .asException();
  }

  private RuntimeException damaged(String what) {
    return problem(file, "is damaged: " + what);
  }

  OptionalLong seed() {
    JsonNode seed = document.path("seed");
    return seed.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(number(seed));
  }

  long drawn() {
    return number(document.path("drawn"));
  }

  /** How many operations had happened. */
  long operations() {
    return document.path("operations").asLong();
  }

  private long number(JsonNode node) {
    if (!node.isIntegralNumber()) {
      throw damaged("a number is missing");
    }
    return node.asLong();
  }

  private String text(JsonNode node) {
    if (!node.isTextual()) {
      throw damaged("a text is missing");
    }
    return node.asText();
  }

  /** Makes a fresh kernel the saved one. */
  void restore(SimKernel kernel) {
    Nvmet nvmet = kernel.nvmet();
    SortedMap<String, SortedMap<String, String>> modules = new TreeMap<>();
    for (Map.Entry<String, JsonNode> module : document.path("modules").properties()) {
      SortedMap<String, String> parameters = new TreeMap<>();
      for (Map.Entry<String, JsonNode> parameter : module.getValue().properties()) {
        parameters.put(parameter.getKey(), text(parameter.getValue()));
      }
      modules.put(module.getKey(), parameters);
    }
    Set<String> reloaded = new TreeSet<>();
    for (JsonNode module : document.path("reloaded")) {
      reloaded.add(text(module));
    }
    nvmet.modules().restore(modules, reloaded);
    if (document.has("options")) {
      nvmet.modules().writeOptions(text(document.path("options")));
    }
    directories(nvmet, nvmet.root(), document.path("tree"));
    links(nvmet, nvmet.root(), document.path("tree"));
    for (JsonNode controller : document.path("controllers")) {
      nvmet
          .controllers()
          .add(
              new SimController(
                  (int) number(controller.path("cntlid")),
                  text(controller.path("host")),
                  item(nvmet, "subsystems", text(controller.path("subsystem"))),
                  item(nvmet, "ports", text(controller.path("port")))));
    }
    new OffloadContexts(nvmet).settle();
  }

  private void directories(Nvmet nvmet, SimNode node, JsonNode saved) {
    for (Map.Entry<String, JsonNode> value : saved.path("values").properties()) {
      String name = value.getKey();
      if (!name.startsWith(".") && !node.shape().has(name)) {
        throw damaged(node.path() + " has no " + name);
      }
      node.set(name, text(value.getValue()));
      if (INTEGERS.contains(name)) {
        requireInteger(node, name);
      }
    }
    for (Map.Entry<String, JsonNode> directory : saved.path("directories").properties()) {
      String name = directory.getKey();
      SimNode child = node.child(name);
      if (child == null) {
        child = made(nvmet, node, name);
        node.add(child);
      }
      directories(nvmet, child, directory.getValue());
    }
  }

  private void requireInteger(SimNode node, String attribute) {
    try {
      node.number(attribute);
    } catch (NumberFormatException e) {
      throw damaged(node.path() + ": " + attribute + " is no number");
    }
  }

  private SimNode made(Nvmet nvmet, SimNode parent, String name) {
    Optional<NodeKind> kind = parent.kind().member();
    NvmetPath path = parent.path().child(name);
    if (kind.isEmpty() || !kind.get().isMade()) {
      throw damaged(path + " cannot be");
    }
    SimNode node = nvmet.create(kind.get(), name, parent, false);
    if (kind.get().isNumbered()) {
      try {
        Nvmet.number(node);
      } catch (IllegalStateException e) {
        throw damaged(path + " has no number");
      }
    }
    return node;
  }

  private void links(Nvmet nvmet, SimNode node, JsonNode saved) {
    for (Map.Entry<String, JsonNode> link : saved.path("links").properties()) {
      NodeKind kind =
          node.kind().linkTarget().orElseThrow(() -> damaged(node.path() + " cannot have links"));
      String group = kind == NodeKind.HOST ? "hosts" : "subsystems";
      node.addLink(link.getKey(), item(nvmet, group, text(link.getValue())));
    }
    for (Map.Entry<String, JsonNode> directory : saved.path("directories").properties()) {
      SimNode child = node.child(directory.getKey());
      if (child != null) {
        links(nvmet, child, directory.getValue());
      }
    }
  }

  private SimNode item(Nvmet nvmet, String group, String name) {
    SimNode item = nvmet.root().group(group).child(name);
    if (item == null) {
      throw damaged("there is no " + group + "/" + name);
    }
    return item;
  }
}
