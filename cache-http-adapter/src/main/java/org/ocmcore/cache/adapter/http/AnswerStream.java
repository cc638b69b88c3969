package org.ocmcore.cache.adapter.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * Writes an answer to its client. A short answer is sent without waiting for the client. A long
 * answer keeps its thread until the client has read it. The number of long answers is limited, so
 * that slow clients leave threads for others. For use by one thread.
 */
final class AnswerStream extends OutputStream {
  /** The most long answers at the same time; far fewer than the 250 threads. */
  static final int MAX_LONG = 64;

  /** Less than the buffer that Jetty sends by itself. */
  private static final int SHORT_BYTES = 16 * 1024;

  private final Semaphore places;
  private final OutputStream client;
  private final byte[] buffer = new byte[SHORT_BYTES];
  private int length;
  private boolean isLong;

  AnswerStream(Semaphore places, OutputStream client) {
    this.places = places;
    this.client = client;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  /**
   * @throws RequestRejected if the answer becomes long and no place is free; nothing was sent then
   */
  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (!isLong && length + count <= buffer.length) {
      System.arraycopy(bytes, from, buffer, length, count);
      length += count;
      return;
    }
    requireLong();
    client.write(bytes, from, count);
  }

  /** Takes a place for a long answer, unless it has one. */
  void requireLong() throws IOException {
    if (isLong) {
      return;
    }
    if (!places.tryAcquire()) {
      throw new RequestRejected(
          Kind.TOO_BUSY,
          "%d clients are reading long answers; ask again, or for less".formatted(MAX_LONG));
    }
    isLong = true;
    finish();
  }

  /** Sends the buffered bytes. */
  void finish() throws IOException {
    client.write(buffer, 0, length);
    length = 0;
  }

  /** Frees the place; buffered bytes are lost. */
  @Override
  public void close() {
    if (isLong) {
      places.release();
    }
  }
}
