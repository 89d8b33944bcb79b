package io.nvmetsh.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoTest {

  /** Whatever the locale says, the exception's type is enough. */
  @Test
  void someErrnosHaveAnExceptionOfTheirOwn() {
    assertEquals(Errno.ENOENT, Errno.of(new NoSuchFileException("f")));
    assertEquals(Errno.EEXIST, Errno.of(new FileAlreadyExistsException("f")));
    assertEquals(Errno.ENOTEMPTY, Errno.of(new DirectoryNotEmptyException("f")));
    assertEquals(Errno.EACCES, Errno.of(new AccessDeniedException("f")));
    assertEquals(Errno.ENOTDIR, Errno.of(new NotDirectoryException("f")));
    assertEquals(Errno.EINVAL, Errno.of(new NotLinkException("f")));
  }

  @ParameterizedTest
  @EnumSource
  void theOthersAreKnownByTheirText(Errno errno) {
    assertEquals(errno, Errno.of(new FileSystemException("f", null, errno.words())));
    assertEquals(errno, Errno.of(new IOException(errno.words())));
    assertEquals(errno, Errno.of(new FileNotFoundException("/a (b)/c (" + errno.words() + ")")));
  }

  @Test
  void anUnknownTextIsNoErrno() {
    assertEquals(Errno.UNKNOWN, Errno.of(new IOException("Das Argument ist ungültig")));
    assertEquals(Errno.UNKNOWN, Errno.of(new IOException()));
    assertEquals(Errno.ENOTSUPP, Errno.of(new IOException("Unbekannter Fehler 524")));
  }
}
