package io.nvmetsh.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvmetPathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /, /",
    "/ports, 1, /ports/1",
    "/ports, /hosts, /hosts",
    "/ports/1, .., /ports",
    "/ports/1, ../.., /",
    "/ports/1, ../../../.., /",
    "/ports/1, ../2/./subsystems/, /ports/2/subsystems",
    "/ports, '', /ports",
    "/ports, ., /ports",
    "/, //ports//1, /ports/1",
    "/subsystems, nqn.2024-01.io.example:a.., /subsystems/nqn.2024-01.io.example:a..",
    "/subsystems, a b, /subsystems/a b"
  })
  void resolvesAsTheFileSystemDoes(String here, String text, String expected) {
    NvmetPath path = NvmetPath.parse(here).resolve(text);
    assertEquals(expected, path.toString());
    assertEquals(path, NvmetPath.parse(expected));
    assertEquals(path.hashCode(), NvmetPath.parse(expected).hashCode());
  }

  @ParameterizedTest
  @CsvSource({
    "/ports, /sys/kernel/config/nvmet/hosts/x, /hosts/x",
    "/ports, /sys/kernel/config/nvmet, /",
    "/ports, /sys/kernel/config/nvmet/, /",
    "/ports, /sys/kernel/config/nvmetx, /sys/kernel/config/nvmetx",
    "/ports, sys/kernel/config/nvmet, /ports/sys/kernel/config/nvmet",
    "/ports, 1, /ports/1"
  })
  void mayBeTypedWithTheMountPoint(String here, String typed, String expected) {
    assertEquals(expected, NvmetPath.parse(here).resolveTyped(typed).toString());
  }

  @Test
  void aChildsNameIsTakenAsItIs() {
    NvmetPath odd = NvmetPath.of("subsystems").child("..");
    assertEquals(2, odd.depth());
    assertEquals("..", odd.name());
    assertEquals(NvmetPath.of("subsystems"), odd.parent());
  }

  @Test
  void theRootIsItsOwnParent() {
    assertTrue(NvmetPath.ROOT.isRoot());
    assertEquals(NvmetPath.ROOT, NvmetPath.ROOT.parent());
    assertEquals("", NvmetPath.ROOT.name());
  }

  @Test
  void knowsWhatLiesBelow() {
    NvmetPath ports = NvmetPath.of("ports");
    assertTrue(ports.isAtOrBelow(ports));
    assertTrue(NvmetPath.parse("/ports/1/subsystems").isAtOrBelow(ports));
    assertTrue(ports.isAtOrBelow(NvmetPath.ROOT));
    assertFalse(ports.isAtOrBelow(NvmetPath.parse("/ports/1")));
    assertFalse(NvmetPath.of("ports2").isAtOrBelow(ports));
    assertEquals(ports, NvmetPath.parse("/ports/1/subsystems").ancestor(1));
  }

  @Test
  void knowsTheWayToItself() {
    NvmetPath links = NvmetPath.parse("/ports/1/subsystems");
    assertEquals("[/ports, /ports/1, /ports/1/subsystems]", links.way().toString());
    assertEquals(List.of(), NvmetPath.ROOT.way());
    assertEquals("1", links.name(1));
    assertThrows(IndexOutOfBoundsException.class, () -> links.name(3));
    assertThrows(IndexOutOfBoundsException.class, () -> links.ancestor(4));
  }

  @Test
  void knowsWhetherItLiesInAnyOfSome() {
    Set<NvmetPath> some = Set.of(NvmetPath.parse("/ports/1"), NvmetPath.of("hosts"));
    assertTrue(NvmetPath.parse("/ports/1").isAtOrBelowAny(some));
    assertTrue(NvmetPath.parse("/ports/1/referrals/r").isAtOrBelowAny(some));
    assertFalse(NvmetPath.of("ports").isAtOrBelowAny(some));
    assertFalse(NvmetPath.parse("/ports/10").isAtOrBelowAny(some));
    assertTrue(NvmetPath.of("ports").isAtOrBelowAny(Set.of(NvmetPath.ROOT)));
  }

  @Test
  void pathsThatWereMadeApartAreEqual() {
    NvmetPath one = NvmetPath.parse("/subsystems/Aa/namespaces/1");
    NvmetPath two = NvmetPath.of("subsystems").child("Aa").child("namespaces").child("1");
    assertEquals(one, two);
    assertEquals(0, one.compareTo(two));
    // of one hash and one last name
    NvmetPath other = NvmetPath.parse("/subsystems/BB/namespaces/1");
    assertEquals(one.hashCode(), other.hashCode());
    assertNotEquals(one, other);
  }

  @ParameterizedTest
  @CsvSource({
    "/, ROOT",
    "/subsystems, SUBSYSTEMS",
    "/subsystems/ports, SUBSYSTEM",
    "/subsystems/x/namespaces/1, NAMESPACE",
    "/subsystems/x/namespaces/1/offload_ctxs/3, OFFLOAD_CTX",
    "/subsystems/x/allowed_hosts, ALLOWED_HOSTS",
    "/subsystems/x/passthru, PASSTHRU",
    "/ports/1, PORT",
    "/ports/1/subsystems, PORT_SUBSYSTEMS",
    "/ports/1/referrals/r, REFERRAL",
    "/ports/1/ana_groups/1, ANA_GROUP",
    "/hosts/h, HOST",
    "/other,",
    "/ports/1/addr_trtype,",
    "/ports/1/subsystems/x,",
    "/subsystems/x/allowed_hosts/h,",
    "/hosts/h/x,"
  })
  void theKindIsDecidedByThePlace(String path, NodeKind kind) {
    assertEquals(Optional.ofNullable(kind), NvmetPath.parse(path).kind());
  }

  @Test
  void isOrderedAsPeopleCount() {
    List<NvmetPath> paths = new ArrayList<>();
    for (String path : List.of("/ports/10", "/ports/2/referrals", "/hosts", "/ports/2", "/")) {
      paths.add(NvmetPath.parse(path));
    }
    Collections.sort(paths);
    assertEquals("[/, /hosts, /ports/2, /ports/2/referrals, /ports/10]", paths.toString());
  }
}
