package io.nvmetsh.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.Problem;
import io.nvmetsh.tree.TargetTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a target, in a file of their own: a configuration goes to colleagues, backups and
 * version control, keys do not.
 */
public final class Secrets {

  private Secrets() {}

  /** The file of keys: one a line, so that it can be looked at without a tool. */
  public static String text(TargetTree tree, List<NvmetPath> paths) {
    List<String> lines = new ArrayList<>();
    for (NvmetPath path : paths) {
      lines.add("  " + quoted(path.toString()) + ": " + quoted(tree.value(path).orElse("")));
    }
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  private static String quoted(String text) {
    try {
      return JsonMapper.builder().build().writeValueAsString(text.strip());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text can be written", e);
    }
  }

  /**
   * The keys in a file, by attribute.
   *
   * @throws io.nvmetsh.schema.NvmetshException when it is no such file; never with what is in it
   */
  public static Map<NvmetPath, String> read(Path file, String name) {
    Map<NvmetPath, String> secrets = new LinkedHashMap<>();
    JsonNode root = null;
    try {
      root = JsonMapper.builder().build().readTree(SecretFile.text(file, name));
    } catch (JsonProcessingException e) {
      // its message may quote a key
    }
    if (root == null || !root.isObject()) {
      throw Problem.of(
              Problem.Kind.FILE,
              name + " holds no keys",
              "write one from the target as it is:  save FILE --secrets KEYS")
          .with("path", name)
          .asException();
    }
    root.properties()
        .forEach(each -> secrets.put(NvmetPath.parse(each.getKey()), each.getValue().asText()));
    return secrets;
  }
}
