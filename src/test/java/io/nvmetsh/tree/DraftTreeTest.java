package io.nvmetsh.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.TestShell;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
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
}
