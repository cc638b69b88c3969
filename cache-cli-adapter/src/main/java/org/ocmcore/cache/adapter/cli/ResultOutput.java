package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Where results go: keeps what a {@code PrintStream} hides, that something could not be written.
 * Safe for use by any number of threads.
 */
final class ResultOutput extends OutputStream {
  private final OutputStream target;
  private IOException failure;

  ResultOutput(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    requireSound();
    try {
      target.write(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    requireSound();
    try {
      target.flush();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void requireSound() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Why a result is not whole; empty if all was written, or if its reader has gone. */
  synchronized Optional<IOException> loss() {
    return Optional.ofNullable(failure).filter(reason -> !hasReaderGone(reason));
  }

  /** As {@code head} does, which has what it wanted. Java tells it by the system's words alone. */
  private static boolean hasReaderGone(IOException reason) {
    String words = String.valueOf(reason.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("broken pipe") || words.contains("connection reset");
  }
}
