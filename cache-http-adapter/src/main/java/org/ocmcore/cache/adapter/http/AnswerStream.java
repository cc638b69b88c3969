package org.ocmcore.cache.adapter.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * The way of an answer to its client. A short one goes out without a thread that waits for the
 * client. A long one takes the thread until the client has read it: there are only so many of these
 * at the same time, so that slow readers leave threads for others. For one thread.
 */
final class AnswerStream extends OutputStream {
  /** Long answers at the same time: far fewer than threads, of which there are 250. */
  static final int MOST_LONG = 64;

  /** Less than Jetty keeps, and sends by itself. */
  private static final int SHORT_BYTES = 16 * 1024;

  private final Semaphore places;
  private final OutputStream client;
  private final byte[] begun = new byte[SHORT_BYTES];
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
   * @throws RequestRejected if it becomes a long answer, and there is no place; nothing has gone
   *     out then
   */
  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (!isLong && length + count <= begun.length) {
      System.arraycopy(bytes, from, begun, length, count);
      length += count;
      return;
    }
    requireLong();
    client.write(bytes, from, count);
  }

  /** Takes a place, if it has none. */
  void requireLong() throws IOException {
    if (isLong) {
      return;
    }
    if (!places.tryAcquire()) {
      throw new RequestRejected(
          Kind.TOO_BUSY,
          "%d clients are reading long answers; ask again, or for less".formatted(MOST_LONG));
    }
    isLong = true;
    finish();
  }

  /** Hands on what is kept here. */
  void finish() throws IOException {
    client.write(begun, 0, length);
    length = 0;
  }

  /** Gives back its place; what is kept here is lost. */
  @Override
  public void close() {
    if (isLong) {
      places.release();
    }
  }
}
