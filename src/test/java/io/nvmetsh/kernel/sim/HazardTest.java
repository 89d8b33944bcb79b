package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.NvmetPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What brings a mainline kernel down brings the simulated one down; the vendor's are beside. */
class HazardTest {

  private static final NvmetPath NAMESPACE = NvmetPath.parse("/subsystems/s/namespaces/1");

  private static SimKernel withBufferedNamespace(String profile) throws Refusal {
    SimKernel kernel = Kernels.start(SimProfile.named(profile), FixedWorld.ofTraces());
    kernel.mkdir(NvmetPath.parse("/subsystems/s"));
    kernel.mkdir(NAMESPACE);
    kernel.write(NAMESPACE.child("buffered_io"), "1");
    return kernel;
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.1", "6.12"})
  void aBufferedNamespaceWithoutAPathCrashes(String profile) throws Refusal {
    SimKernel kernel = withBufferedNamespace(profile);
    SimCrash crash =
        assertThrows(SimCrash.class, () -> kernel.write(NAMESPACE.child("enable"), "1"));
    assertEquals("HAZ-NULL-PATH", crash.hazard());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.10", "7.3"})
  void orIsRefused(String profile) throws Refusal {
    SimKernel kernel = withBufferedNamespace(profile);
    Refusal refusal =
        assertThrows(Refusal.class, () -> kernel.write(NAMESPACE.child("enable"), "1"));
    assertEquals(Errno.EINVAL, refusal.errno());
  }

  /** 256 characters fill the field; the byte behind it belongs to the next one. */
  @ParameterizedTest
  @ValueSource(strings = {"5.10", "6.1", "6.12", "7.3"})
  void anAddressOf256CharactersRunsIntoItsNeighbour(String profile) throws Refusal {
    SimKernel kernel = Kernels.start(SimProfile.named(profile), FixedWorld.ofTraces());
    NvmetPath port = NvmetPath.parse("/ports/1");
    kernel.mkdir(port);
    String address = "y".repeat(256);
    kernel.write(port.child("addr_trtype"), "rdma");
    kernel.write(port.child("addr_traddr"), address);
    assertEquals(address + "\n", kernel.read(port.child("addr_traddr")));
    kernel.write(port.child("addr_trtype"), "rdma");
    assertEquals(address + "\1\1\1\n", kernel.read(port.child("addr_traddr")));
  }
}
