package io.nvmetsh.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream that remembers whether all of it was written: a writer only notes that
 * something went wrong, and a full disk is to be told from a reader that has seen enough.
 */
final class StandardStream extends OutputStream {

  private final FileOutputStream stream;
  private @Nullable IOException failure;

  StandardStream(FileDescriptor descriptor) {
    stream = new FileOutputStream(descriptor);
  }

  PrintWriter writer() {
    return new PrintWriter(this, false, StandardCharsets.UTF_8);
  }

  /** Why something of it is lost; empty when nothing is, or nobody reads on ({@code | head}). */
  Optional<String> loss() {
    return Optional.ofNullable(failure)
        .map(Throwable::getMessage)
        .filter(message -> !message.equals("Broken pipe"));
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      stream.write(bytes, from, count);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
