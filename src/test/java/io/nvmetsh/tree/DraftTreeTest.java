package io.nvmetsh.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.TestShell;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DraftTreeTest {

  private static final NvmetPath HOSTS = NvmetPath.of("hosts");

  @Test
  void aGlanceAtAllLeavesOutWhatIsGone() {
    TestShell shell = TestShell.on("6.1").has("create /hosts/a", "create /hosts/b");
    DraftTree tree = new DraftTree(shell.tree());
    tree.removeDirectory(HOSTS.child("a"));
    assertEquals(List.of("b"), tree.glance(HOSTS, Integer.MAX_VALUE));
    assertEquals(List.of("b"), tree.glance(HOSTS, 1));
  }

  @Test
  void aGlanceIsAtAsManyAsAreAskedForAndAtEachOnce() {
    TestShell shell = TestShell.on("6.1");
    shell.has("create /hosts/a", "create /hosts/b", "create /hosts/c");
    DraftTree tree = new DraftTree(shell.tree());
    tree.removeDirectory(HOSTS.child("b"));
    tree.makeDirectory(HOSTS.child("b"));
    tree.removeDirectory(HOSTS.child("c"));
    tree.makeDirectory(HOSTS.child("d"));
    for (int most = 0; most <= 5; most++) {
      List<String> names = tree.glance(HOSTS, most);
      assertEquals(Math.min(most, 3), names.size(), names.toString());
      assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
      assertTrue(Set.of("a", "b", "d").containsAll(names), names.toString());
    }
  }
}
