package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nvmetsh.kernel.Configfs;
import io.nvmetsh.kernel.ConfigfsContract;
import io.nvmetsh.kernel.Errno;
import io.nvmetsh.kernel.Refusal;
import io.nvmetsh.schema.KernelFlavor;
import io.nvmetsh.schema.NvmetPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulated kernel keeps the contract, as each mainline kernel. */
@ParameterizedClass
@MethodSource("mainline")
class SimKernelTest extends ConfigfsContract {

  private final SimProfile profile;
  private final SimKernel kernel;

  SimKernelTest(SimProfile profile) {
    this.profile = profile;
    this.kernel = Kernels.start(profile, FixedWorld.ofTraces());
  }

  static List<SimProfile> mainline() {
    return SimProfile.all().stream().filter(profile -> profile.flavor().ofed().isEmpty()).toList();
  }

  @Override
  protected Configfs configfs() {
    return kernel;
  }

  @Override
  protected KernelFlavor flavor() {
    return profile.flavor();
  }

  @Override
  protected String device() {
    return "/dev/nvme0n1";
  }

  /** configfs_write_iter: EFAULT since 5.15, nothing before. */
  @Test
  void aWriteOfNothing() throws Refusal {
    if (profile.flavor().linux().atLeast(5, 15)) {
      Refusal refusal = assertThrows(Refusal.class, () -> kernel.write(path("/ports"), ""));
      assertEquals(Errno.EISDIR, refusal.errno());
      kernel.mkdir(path("/subsystems/s"));
      refusal =
          assertThrows(Refusal.class, () -> kernel.write(path("/subsystems/s/attr_model"), ""));
      assertEquals(Errno.EFAULT, refusal.errno());
    } else {
      kernel.mkdir(path("/subsystems/s"));
      kernel.write(path("/subsystems/s/attr_model"), "");
    }
    assertEquals("Linux\n", kernel.read(path("/subsystems/s/attr_model")));
  }

  /** The lines that explain a refusal come with it; one without a newline not yet. */
  @Test
  void aRefusalCarriesWhatTheKernelLogged() throws Refusal {
    Refusal discovery =
        assertThrows(
            Refusal.class,
            () -> kernel.mkdir(path("/subsystems/nqn.2014-08.org.nvmexpress.discovery")));
    assertEquals(
        List.of("nvmet: can't create discovery subsystem through configfs"), discovery.log());
    kernel.mkdir(path("/subsystems/s"));
    Refusal nsid =
        assertThrows(Refusal.class, () -> kernel.mkdir(path("/subsystems/s/namespaces/0")));
    assertEquals(List.of(), nsid.log());
    kernel.mkdir(path("/ports/1"));
    Refusal word =
        assertThrows(Refusal.class, () -> kernel.write(path("/ports/1/addr_trtype"), "rdma \\\n"));
    assertEquals(List.of("nvmet: Invalid value 'rdma \\x5c\\x0a' for trtype"), word.log());
    assertEquals(
        List.of(
            "nvmet: can't create discovery subsystem through configfs",
            "nvmet: invalid nsid 0x0",
            "nvmet: Invalid value 'rdma \\x5c\\x0a' for trtype"),
        kernel.log().lines());
  }

  /** vprintk_store: a line that is too long loses the newline that would complete it. */
  @Test
  void aLineThatIsTooLongStaysOpen() throws Refusal {
    int most = profile.flavor().linux().atLeast(6, 3) ? 1021 : 989;
    String start = "nvmet: Invalid value '";
    kernel.mkdir(path("/ports/1"));
    for (int length : new int[] {most - start.length() - 13, 4000}) {
      String value = "x".repeat(length);
      assertThrows(Refusal.class, () -> kernel.write(path("/ports/1/addr_trtype"), value));
    }
    assertEquals(
        List.of(start + "x".repeat(most - start.length() - 13) + "' for trtype"),
        kernel.log().lines());
    kernel.log().close();
    assertEquals(start + "x".repeat(most - start.length()), kernel.log().lines().get(1));
  }

  /** nvmet_passthru_device_path_show: snprintf leaves no room for the newline. */
  @Test
  void aPathThatFillsThePageIsReadWithoutNewline() throws Refusal {
    kernel.mkdir(path("/subsystems/s"));
    if (kernel.list(path("/subsystems/s")).stream()
        .anyMatch(entry -> entry.name().equals("passthru"))) {
      NvmetPath attribute = path("/subsystems/s/passthru/device_path");
      kernel.write(attribute, "x".repeat(4094));
      assertEquals("x".repeat(4094) + "\n", kernel.read(attribute));
      kernel.write(attribute, "x".repeat(5000));
      assertEquals("x".repeat(4095) + "\0", kernel.read(attribute));
    }
  }
}
