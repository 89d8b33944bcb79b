package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nvmetsh.device.DirSysTree;
import io.nvmetsh.schema.KernelFlavor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The running kernel keeps the contract. {@code NVMETSH_CONTRACT_ROOT} names its tree, {@code
 * /sys/kernel/config/nvmet}, which has to be empty; {@code NVMETSH_CONTRACT_DEVICE} a block device
 * that nobody uses. TCP port 4420 to 4422 of the loopback interface are used.
 */
@Tag("kernel")
@EnabledIfEnvironmentVariable(named = "NVMETSH_CONTRACT_ROOT", matches = "/.*")
class KernelContractTest extends ConfigfsContract {

  private final Path root = Path.of(setting("NVMETSH_CONTRACT_ROOT", "/"));
  private final Target target = Target.real(root, new DirSysTree());

  private static String setting(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : value;
  }

  @Override
  protected Configfs configfs() {
    return target.configfs();
  }

  @Override
  protected KernelFlavor flavor() {
    return target.flavor();
  }

  @Override
  protected String device() {
    return setting("NVMETSH_CONTRACT_DEVICE", "/dev/nvme0n1");
  }

  /** The log's lines are told apart by their time: those of this refusal, and no older ones. */
  @Test
  void aRefusalCarriesWhatTheKernelLogged() {
    assumeTrue(target.log().state() == KernelLog.State.READABLE, () -> target.log().state().name());
    Refusal first = refusal("/subsystems/nqn.2014-08.org.nvmexpress.discovery");
    assertEquals(List.of("nvmet: can't create discovery subsystem through configfs"), first.log());
    Refusal silent = refusal("/ports/70000");
    assertEquals(List.of(), silent.log());
    Refusal second = refusal("/subsystems/nqn.2014-08.org.nvmexpress.discovery");
    assertEquals(first.log(), second.log());
    assertTrue(target.log().lines().containsAll(first.log()));
  }

  private Refusal refusal(String directory) {
    return assertThrows(Refusal.class, () -> configfs().mkdir(path(directory)));
  }
}
