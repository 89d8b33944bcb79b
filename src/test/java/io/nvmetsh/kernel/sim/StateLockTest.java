package io.nvmetsh.kernel.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nvmetsh.schema.ExitStatus;
import io.nvmetsh.schema.NvmetshException;
import io.nvmetsh.schema.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {

  @TempDir Path folder;

  @Test
  void oneAtATime() throws Exception {
    Path state = folder.resolve("state");
    StateLock lock = StateLock.take(state);
    Problem problem =
        assertThrows(NvmetshException.class, () -> StateLock.take(state, Duration.ofMillis(30)))
            .problem();
    assertEquals(ExitStatus.LOCKED, problem.status());
    String self = Long.toString(ProcessHandle.current().pid());
    assertEquals(state + " is in use by another nvmetsh, process " + self, problem.message());
    assertTrue(problem.hints().get(0).endsWith("ps -fp " + self), problem.hints().toString());
    // another state is free
    StateLock.take(folder.resolve("other"), Duration.ZERO).close();
    lock.close();
    StateLock.take(state, Duration.ZERO).close();
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve(".state.lock"))));
  }
}
