package io.nvmetsh.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.SysfsConfigfs;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a tree asks the kernel. What a refused question costs is most of what is measured. */
class LiveTreeTest {

  private static final NvmetPath SUBSYSTEM = NvmetPath.of("subsystems", "nqn.2024-01.io.example:d");

  @TempDir Path root;
  private final List<String> asked = new ArrayList<>();
  private TargetTree tree;

  @BeforeEach
  void make() throws IOException {
    Path subsystem = Files.createDirectories(root.resolve(SUBSYSTEM.toString().substring(1)));
    Files.writeString(subsystem.resolve("attr_serial"), "1\n");
    Configfs real = new SysfsConfigfs(root);
    Configfs counting =
        (Configfs)
            Proxy.newProxyInstance(
                Configfs.class.getClassLoader(),
                new Class<?>[] {Configfs.class},
                (proxy, method, words) -> {
                  asked.add(method.getName() + " " + words[0]);
                  try {
                    return method.invoke(real, words);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    tree = new LiveTree(counting, KernelFlavor.mainline("6.1", Set.of()));
  }

  @Test
  void whatAListingDoesNotHoldIsNotAskedFor() {
    assertEquals(List.of("attr_serial"), tree.attributes(SUBSYSTEM));
    asked.clear();

    assertFalse(tree.isDirectory(SUBSYSTEM.child("passthru")));
    assertFalse(tree.isDirectory(SUBSYSTEM.child("allowed_hosts")));
    assertEquals(Optional.empty(), tree.value(SUBSYSTEM.child("attr_offload")));
    assertEquals(List.of(), asked);
  }

  @Test
  void nothingIsAskedOfWhatIsNotThere() {
    NvmetPath other = NvmetPath.of("subsystems", "nqn.2024-01.io.example:other");
    assertFalse(tree.isDirectory(other));
    assertEquals(List.of("list " + other), asked);
    asked.clear();

    assertFalse(tree.isDirectory(other.child("namespaces").child("1")));
    assertFalse(tree.isDirectory(other.child("allowed_hosts")));
    assertEquals(Optional.empty(), tree.value(other.child("attr_model")));
    assertEquals(Optional.empty(), tree.linkTarget(other.child("allowed_hosts").child("h")));
    assertEquals(List.of(), tree.directories(other));
    assertEquals(List.of(), asked);
  }

  @Test
  void whatItHoldsIsReadOnce() {
    assertTrue(tree.isDirectory(SUBSYSTEM));
    assertEquals(Optional.of("1"), tree.value(SUBSYSTEM.child("attr_serial")));
    assertEquals(Optional.of("1"), tree.value(SUBSYSTEM.child("attr_serial")));
    assertEquals(List.of("list " + SUBSYSTEM, "read " + SUBSYSTEM.child("attr_serial")), asked);
  }

  private NvmetPath linked(String name) throws IOException {
    NvmetPath links = NvmetPath.of("ports", "1", "subsystems");
    Path directory = Files.createDirectories(root.resolve(links.toString().substring(1)));
    Path other = Files.createDirectories(root.resolve("subsystems/other"));
    Files.createSymbolicLink(directory.resolve("other"), other);
    Files.createSymbolicLink(
        directory.resolve(name), root.resolve(SUBSYSTEM.toString().substring(1)));
    return links.child(name);
  }

  @Test
  void aLinkIsFoundByItsUsualNameWithoutALookAtOthers() throws IOException {
    NvmetPath link = linked(SUBSYSTEM.name());
    assertEquals(List.of(link), tree.linksTo(SUBSYSTEM));
    assertEquals(List.of("list /ports", "readlink " + link), asked);
  }

  @Test
  void aLinkIsFoundByAnotherNameToo() throws IOException {
    NvmetPath link = linked("by-hand");
    assertEquals(List.of(link), tree.linksTo(SUBSYSTEM));
    assertEquals(List.of(), tree.linksTo(NvmetPath.of("subsystems", "third")));
  }
}
