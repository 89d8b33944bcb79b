package io.nvmetsh.kernel;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.jspecify.annotations.Nullable;

/**
 * The errno values that nvmet's configfs can answer, with glibc's words for them. The words double
 * as the way back: Java's file calls report {@code strerror} text only.
 */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  ENXIO(6, "No such device or address"),
  EAGAIN(11, "Resource temporarily unavailable"),
  ENOMEM(12, "Cannot allocate memory"),
  EACCES(13, "Permission denied"),
  EFAULT(14, "Bad address"),
  ENOTBLK(15, "Block device required"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  EMFILE(24, "Too many open files"),
  EFBIG(27, "File too large"),
  ENOSPC(28, "No space left on device"),
  EROFS(30, "Read-only file system"),
  ERANGE(34, "Numerical result out of range"),
  ENAMETOOLONG(36, "File name too long"),
  ENOTEMPTY(39, "Directory not empty"),
  ELOOP(40, "Too many levels of symbolic links"),
  EOVERFLOW(75, "Value too large for defined data type"),
  EOPNOTSUPP(95, "Operation not supported"),
  EADDRINUSE(98, "Address already in use"),
  EADDRNOTAVAIL(99, "Cannot assign requested address"),
  EALREADY(114, "Operation already in progress"),
  ENOTSUPP(524, "Unknown error 524"),
  /** An answer this table does not know; the words then come from the system. */
  UNKNOWN(0, "Unknown error");

  private final int number;
  private final String words;

  Errno(int number, String words) {
    this.number = number;
    this.words = words;
  }

  public int number() {
    return number;
  }

  /** {@code strerror} in English. */
  public String words() {
    return words;
  }

  /**
   * The errno behind a failed file call. Java keeps the number to itself: some errnos have an
   * exception of their own, whatever the locale; of the others there is only {@code strerror}'s
   * text, which is English as long as {@code LC_MESSAGES} is.
   */
  static Errno of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return ENOENT;
    } else if (failure instanceof FileAlreadyExistsException) {
      return EEXIST;
    } else if (failure instanceof DirectoryNotEmptyException) {
      return ENOTEMPTY;
    } else if (failure instanceof AccessDeniedException) {
      return EACCES;
    } else if (failure instanceof NotDirectoryException) {
      return ENOTDIR;
    } else if (failure instanceof NotLinkException) {
      return EINVAL;
    } else if (failure instanceof FileSystemLoopException) {
      return ELOOP;
    } else if (failure instanceof ClosedByInterruptException) {
      return EINTR;
    }
    return ofWords(textOf(failure));
  }

  /** What the system said of a failed file call; null when it said nothing. */
  static @Nullable String textOf(IOException failure) {
    if (failure instanceof FileSystemException named) {
      return named.getReason();
    }
    String message = failure.getMessage();
    if (failure instanceof FileNotFoundException && message != null && message.endsWith(")")) {
      // open(2) by way of a stream, whatever it was refused with: "PATH (No such device)"
      return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
    }
    return message;
  }

  /** The errno that {@code strerror} describes so. */
  static Errno ofWords(@Nullable String text) {
    if (text == null) {
      return UNKNOWN;
    }
    for (Errno errno : values()) {
      if (errno.words.equals(text)) {
        return errno;
      }
    }
    // glibc has no words for the kernel's own numbers: "Unknown error 524", in any language.
    return text.endsWith(" 524") ? ENOTSUPP : UNKNOWN;
  }
}
