package io.nvmetsh.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nvmetsh.TestShell;
import io.nvmetsh.schema.ExitStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An attribute that is not there: a slip of the pen, or one that other kernels have. */
class UnknownAttributeTest {

  @ParameterizedTest
  @CsvSource({
    "6.1, p2pmem, UNSUPPORTED",
    "6.1, pci_device_path, UNSUPPORTED",
    "ofed-4.1, buffered_io, UNSUPPORTED",
    "6.1, device_pth, USAGE",
  })
  void whatOtherKernelsHaveIsNotSupportedHere(String profile, String key, ExitStatus expected) {
    TestShell shell =
        TestShell.on(profile).has("create /subsystems/s", "create /subsystems/s/namespaces/1");
    assertEquals(expected, shell.type("set /subsystems/s/namespaces/1 " + key + "=1").status());
  }
}
