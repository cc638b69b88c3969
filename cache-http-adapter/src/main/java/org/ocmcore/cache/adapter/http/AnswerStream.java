package org.ocmcore.cache.adapter.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Writes an answer to its client. A short answer is sent without waiting for the client. A long
 * answer keeps its thread until the client has read it. The number of long answers is limited, so
 * that slow clients leave threads for others, and one address leaves places for the next. For use
 * by one thread.
 */
final class AnswerStream extends OutputStream {
  /** The most long answers at the same time; far fewer than there are threads. */
  static final int MAX_LONG = 64;

  /** The bytes that Jetty keeps for a client, and sends together by itself. */
  static final int CLIENT_BUFFER = 64 * 1024;

  /** The most bytes of a short answer, which {@link #CLIENT_BUFFER} holds. */
  private static final int SHORT_BYTES = 60 * 1024;

  /** Enough for most answers about one key. */
  private static final int FIRST_BYTES = 1024;

  private final Places places;
  private final InetAddress address;
  private final OutputStream client;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int length;
  private boolean isLong;

  /** @param address of the client */
  AnswerStream(Places places, InetAddress address, OutputStream client) {
    this.places = places;
    this.address = address;
    this.client = client;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  /**
   * @throws RequestRejected if the answer becomes long and no place is free; nothing was sent then
   * @throws ClientGone if nobody takes it
   */
  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (!isLong && length + count <= SHORT_BYTES) {
      if (length + count > buffer.length) {
        int doubled = Math.min(SHORT_BYTES, 2 * buffer.length);
        buffer = Arrays.copyOf(buffer, Math.max(length + count, doubled));
      }
      System.arraycopy(bytes, from, buffer, length, count);
      length += count;
      return;
    }
    requireLong();
    send(bytes, from, count);
  }

  /** Takes a place for a long answer, unless it has one. */
  void requireLong() throws IOException {
    if (isLong) {
      return;
    }
    if (!places.tryTake(address)) {
      throw new RequestRejected(
          Kind.TOO_BUSY,
          "%d of %d long answers are being read, and one address may have no more than it leaves free; ask again, or for less"
              .formatted(MAX_LONG - places.free(), MAX_LONG));
    }
    isLong = true;
    finish();
  }

  /** Sends the buffered bytes. */
  void finish() throws IOException {
    send(buffer, 0, length);
    length = 0;
  }

  private void send(byte[] bytes, int from, int count) throws ClientGone {
    try {
      client.write(bytes, from, count);
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }

  /** Frees the place; buffered bytes are lost. */
  @Override
  public void close() {
    if (isLong) {
      places.giveBack(address);
    }
  }
}
