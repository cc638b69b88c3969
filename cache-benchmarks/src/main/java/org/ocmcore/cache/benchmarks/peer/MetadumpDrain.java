package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** The lower limit of what a walk costs: a socket that reads a metadump and discards it. */
public final class MetadumpDrain implements AutoCloseable {
  private static final byte[] LAST_LINE = "END\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The length of the shortest first line, {@code OK}. */
  private static final int MIN_BYTES = 4;

  private static final long RETRY_NANOS = 1_000_000;

  private final BlockingConnection connection;

  /**
   * Each read goes behind the last bytes of the read before, as {@code END} may come in two pieces.
   */
  private final byte[] buffer = new byte[256 * 1024];

  public MetadumpDrain(int port) throws IOException {
    connection = new BlockingConnection(port);
  }

  /**
   * Reads one metadump. Waits first while another client has one.
   *
   * @return the seconds of the metadump, without the wait
   */
  public double seconds() throws IOException {
    while (true) {
      long start = System.nanoTime();
      if (drain()) {
        return (System.nanoTime() - start) / 1e9;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  /** Returns false if another client has a metadump. */
  private boolean drain() throws IOException {
    connection.send("lru_crawler metadump hash\r\n");
    int first = connection.readInto(buffer, LAST_LINE.length);
    while (first < MIN_BYTES) {
      first += connection.readInto(buffer, LAST_LINE.length + first);
    }
    String start = text(MIN_BYTES);
    if (!start.equals("key=") && !start.startsWith("OK") && !start.startsWith("END")) {
      String response = text(first).strip();
      if (response.startsWith("BUSY") || response.startsWith("ERROR locked")) {
        return false;
      }
      throw new IOException("memcached answers a metadump with " + response);
    }
    for (int count = first; !isEnd(count); count = connection.readInto(buffer, LAST_LINE.length)) {
      System.arraycopy(buffer, count, buffer, 0, LAST_LINE.length);
    }
    return true;
  }

  private String text(int length) {
    return new String(buffer, LAST_LINE.length, length, StandardCharsets.ISO_8859_1);
  }

  private boolean isEnd(int count) {
    return Arrays.equals(buffer, count, count + LAST_LINE.length, LAST_LINE, 0, LAST_LINE.length);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
