package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** The least that a walk can cost: a bare socket that throws away what metadump says. */
public final class MetadumpDrain implements AutoCloseable {
  private static final byte[] LAST = "END\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Of the first lines that there may be, {@code OK}. */
  private static final int SHORTEST = 4;

  private static final long PAUSE_NANOS = 1_000_000;

  private final Wire wire;

  /** {@code END} may come in two pieces, so what came last stays before what comes next. */
  private final byte[] buffer = new byte[256 * 1024];

  public MetadumpDrain(int port) throws IOException {
    wire = new Wire(port);
  }

  /**
   * Reads all of it once, and waits before for whoever else is walking.
   *
   * @return the seconds that it took, without that waiting
   */
  public double seconds() throws IOException {
    while (true) {
      long start = System.nanoTime();
      if (drain()) {
        return (System.nanoTime() - start) / 1e9;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** False if another client is walking. */
  private boolean drain() throws IOException {
    wire.send("lru_crawler metadump hash\r\n");
    int first = wire.readInto(buffer, LAST.length);
    while (first < SHORTEST) {
      first += wire.readInto(buffer, LAST.length + first);
    }
    if (!isBegin("key=") && !isBegin("OK") && !isBegin("END")) {
      String answer = new String(buffer, LAST.length, first, StandardCharsets.ISO_8859_1).strip();
      if (answer.startsWith("BUSY") || answer.startsWith("ERROR locked")) {
        return false;
      }
      throw new IOException("memcached does not walk: " + answer);
    }
    for (int count = first; !isEnd(count); count = wire.readInto(buffer, LAST.length)) {
      System.arraycopy(buffer, count, buffer, 0, LAST.length);
    }
    return true;
  }

  private boolean isBegin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (buffer[LAST.length + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isEnd(int count) {
    for (int i = 0; i < LAST.length; i++) {
      if (buffer[count + i] != LAST[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
