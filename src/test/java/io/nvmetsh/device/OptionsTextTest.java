package io.nvmetsh.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OptionsTextTest {

  private static SortedMap<String, String> options(String... pairs) {
    SortedMap<String, String> options = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], pairs[i + 1]);
    }
    return options;
  }

  @Test
  void newFileSaysWhoWroteIt() {
    String text = OptionsText.with("", "nvme", options("num_p2p_queues", "2"));
    assertTrue(text.startsWith("# Options of kernel modules: written by nvmetsh"), text);
    assertTrue(text.endsWith("\noptions nvme num_p2p_queues=2\n"), text);
    assertEquals("", OptionsText.without(text, "nvme", Set.of()));
    assertEquals("", OptionsText.without(text, "nvme", Set.of("num_p2p_queues")));
  }

  @Test
  void otherLinesStayAsTheyAre() {
    String text =
        """
        # mine
        options nvmet-rdma offload_mem_size=1024 \\
          offload_mem_start=0xf00000000
        \tblacklist  siw

        options nvme num_p2p_queues=1
        options nvmet_rdma offload_mem_size=2048
        """;
    assertEquals(
        """
        # mine
        options nvmet_rdma offload_buffer_size=256 offload_mem_size=2048 offload_mem_start=0xf00000000
        \tblacklist  siw

        options nvme num_p2p_queues=1
        """,
        OptionsText.with(text, "nvmet_rdma", options("offload_buffer_size", "256")));
    assertEquals(
        """
        # mine
        \tblacklist  siw

        options nvme num_p2p_queues=1
        """,
        OptionsText.without(text, "nvmet_rdma", Set.of()));
    assertEquals(text, OptionsText.without(text, "nvmet_tcp", Set.of()));
  }

  /** Whatever was set and unset before, what is read is what was last said. */
  @Test
  void whatIsWrittenIsWhatIsRead() {
    String[] modules = {"nvme", "nvmet_rdma"};
    String[] names = {"a", "b", "c"};
    String[] values = {"1", "0xf00000000", "x y", ""};
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      String text = "";
      SortedMap<String, SortedMap<String, String>> expected = new TreeMap<>();
      for (int i = 0; i < 20; i++) {
        String module = modules[random.nextInt(2)];
        String name = names[random.nextInt(3)];
        SortedMap<String, String> mine = expected.computeIfAbsent(module, key -> new TreeMap<>());
        if (random.nextInt(3) > 0) {
          String value = values[random.nextInt(4)];
          text = OptionsText.with(text, module, options(name, value));
          mine.put(name, value);
        } else {
          text = OptionsText.without(text, module, Set.of(name));
          mine.remove(name);
        }
        ModuleConfig config =
            new ModuleConfig(
                DumpSysTree.parse("bare", "nvmetsh machine 1\n").with(ModuleConfig.OWN_FILE, text));
        for (String each : modules) {
          assertEquals(
              expected.getOrDefault(each, new TreeMap<>()),
              new TreeMap<>(config.own(each)),
              "seed " + seed + ":\n" + text);
        }
      }
    }
  }
}
