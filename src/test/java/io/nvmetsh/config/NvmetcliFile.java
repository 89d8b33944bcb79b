package io.nvmetsh.config;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.Configfs.EntryType;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NaturalOrder;
import io.nvmetsh.schema.NodeKind;
import io.nvmetsh.schema.NvmetPath;
import io.nvmetsh.schema.NvmetSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What nvmetcli 0.9 writes of a target: the {@code dump} methods of its nvmet/nvme.py, told again
 * from what they do and not from {@link Layout}, so that a mistake there shows.
 */
public final class NvmetcliFile {

  private final Configfs configfs;
  private final Random order;
  private final boolean shuffled;

  private NvmetcliFile(Configfs configfs, Random order, boolean shuffled) {
    this.configfs = configfs;
    this.order = order;
    this.shuffled = shuffled;
  }

  /** The file with its lists in order. */
  public static String inOrder(Configfs configfs) throws Refusal {
    return new NvmetcliFile(configfs, new Random(0), false).text();
  }

  /** The file as nvmetcli writes it: lists are as a kernel lists them, which is any order. */
  public static String of(Configfs configfs, long seed) throws Refusal {
    return new NvmetcliFile(configfs, new Random(seed), true).text();
  }

  private String text() throws Refusal {
    Map<String, Object> root = groups(NvmetPath.ROOT, "discovery");
    root.put("hosts", hosts());
    root.put("subsystems", subsystems());
    root.put("ports", ports());
    return written(root, "") + "\n";
  }

  private List<Object> hosts() throws Refusal {
    List<Object> hosts = new ArrayList<>();
    for (String nqn : names(NvmetPath.of("hosts"))) {
      Map<String, Object> host = groups(NvmetPath.of("hosts", nqn), "dhchap");
      host.put("nqn", nqn);
      hosts.add(host);
    }
    return hosts;
  }

  private List<Object> subsystems() throws Refusal {
    List<Object> subsystems = new ArrayList<>();
    for (String nqn : names(NvmetPath.of("subsystems"))) {
      NvmetPath path = NvmetPath.of("subsystems", nqn);
      Map<String, Object> subsystem = groups(path, "attr");
      subsystem.put("nqn", nqn);
      List<Object> namespaces = new ArrayList<>();
      for (String nsid : names(path.child("namespaces"))) {
        namespaces.add(namespace(path.child("namespaces").child(nsid)));
      }
      subsystem.put("namespaces", namespaces);
      subsystem.put("allowed_hosts", names(path.child("allowed_hosts")));
      if (has(path, "passthru")) {
        NvmetPath passthru = path.child("passthru");
        Map<String, Object> dump = groups(passthru, "device");
        for (String name : List.of("clear_ids", "admin_timeout", "io_timeout")) {
          dump.put(name, number(passthru, name));
        }
        subsystem.put("passthru", List.of(dump));
      }
      subsystems.add(subsystem);
    }
    return subsystems;
  }

  private Map<String, Object> namespace(NvmetPath path) throws Refusal {
    Map<String, Object> namespace = groups(path, "device", "ana", "resv");
    namespace.put("enable", number(path, "enable"));
    namespace.put("nsid", Long.valueOf(path.name()));
    namespace.put("ana_grpid", number(path, "ana_grpid"));
    return namespace;
  }

  private List<Object> ports() throws Refusal {
    List<Object> ports = new ArrayList<>();
    for (String id : names(NvmetPath.of("ports"))) {
      NvmetPath path = NvmetPath.of("ports", id);
      Map<String, Object> port = groups(path, "addr", "param");
      port.put("portid", Long.valueOf(id));
      port.put("subsystems", names(path.child("subsystems")));
      List<Object> groups = new ArrayList<>();
      for (String grpid :
          has(path, "ana_groups") ? names(path.child("ana_groups")) : List.<String>of()) {
        Map<String, Object> group = groups(path.child("ana_groups").child(grpid), "ana");
        group.put("grpid", Long.valueOf(grpid));
        groups.add(group);
      }
      port.put("ana_groups", groups);
      List<Object> referrals = new ArrayList<>();
      for (String name : names(path.child("referrals"))) {
        NvmetPath referral = path.child("referrals").child(name);
        Map<String, Object> dump = groups(referral, "addr");
        dump.put("enable", number(referral, "enable"));
        dump.put("name", name);
        referrals.add(dump);
      }
      port.put("referrals", referrals);
      ports.add(port);
    }
    return ports;
  }

  /** Of each group, the attributes that can be written, without the group's name. */
  private Map<String, Object> groups(NvmetPath path, String... groups) throws Refusal {
    NodeKind kind = path.kind().orElse(NodeKind.ROOT);
    Map<String, Object> object = new TreeMap<>();
    for (String group : groups) {
      Map<String, Object> values = new TreeMap<>();
      for (Configfs.Entry entry : configfs.list(path)) {
        if (entry.type() == EntryType.ATTRIBUTE
            && entry.name().startsWith(group + "_")
            && NvmetSchema.row(kind, entry.name()).isWritable()) {
          String value = configfs.read(path.child(entry.name())).strip();
          values.put(entry.name().substring(group.length() + 1), value);
        }
      }
      object.put(group, values);
    }
    return object;
  }

  private boolean has(NvmetPath path, String name) throws Refusal {
    return configfs.list(path).stream().anyMatch(entry -> entry.name().equals(name));
  }

  /** Zero where this kernel has no such attribute. */
  private Long number(NvmetPath path, String name) throws Refusal {
    return has(path, name)
        ? Long.valueOf(configfs.read(path.child(name)).strip())
        : Long.valueOf(0);
  }

  private List<String> names(NvmetPath directory) throws Refusal {
    List<String> names = new ArrayList<>();
    configfs.list(directory).forEach(entry -> names.add(entry.name()));
    names.sort(NaturalOrder.INSTANCE);
    if (shuffled) {
      Collections.shuffle(names, order);
    }
    return names;
  }

  /** As {@code json.dumps(..., sort_keys=True, indent=2)} writes it. */
  private static String written(Object value, String margin) {
    String inner = margin + "  ";
    List<String> parts = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> parts.add(quoted(key) + ": " + written(each, inner)));
      return enclosed("{", parts, "}", margin);
    } else if (value instanceof List<?> list) {
      list.forEach(each -> parts.add(written(each, inner)));
      return enclosed("[", parts, "]", margin);
    }
    return value instanceof Long ? value.toString() : quoted(value);
  }

  private static String enclosed(String open, List<String> parts, String close, String margin) {
    if (parts.isEmpty()) {
      return open + close;
    }
    String line = "\n" + margin + "  ";
    return open + line + String.join("," + line, parts) + "\n" + margin + close;
  }

  private static String quoted(Object text) {
    return "\"" + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
