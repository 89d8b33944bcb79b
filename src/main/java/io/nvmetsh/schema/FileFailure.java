package io.nvmetsh.schema;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Why a file outside the target could not be used. The message of Java's own exception is the name
 * of the file, for the errnos that have a class of their own.
 */
public final class FileFailure {

  private FileFailure() {}

  /** Why it could not be read, in words that follow a colon. */
  public static String reading(IOException failure) {
    return failure instanceof NoSuchFileException ? "there is no such file" : words(failure);
  }

  /** Why it could not be written. */
  public static String writing(IOException failure) {
    return failure instanceof NoSuchFileException ? "there is no such directory" : words(failure);
  }

  private static String words(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    } else if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    } else if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
