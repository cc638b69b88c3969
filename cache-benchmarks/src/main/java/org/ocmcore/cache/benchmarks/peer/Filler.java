package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.load.Shape;

/** Stores the items of a shape in pipelines: {@code ms … q} and {@code mn}, or {@code SET}. */
public final class Filler {
  private static final int BATCH_BYTES = 256 * 1024;

  /** memcached takes longer lifetimes for a time of day. */
  private static final Duration LONGEST_RELATIVE = Duration.ofDays(30);

  private static final int VARIETY = 1_024;

  private final Shape shape;
  private final KeyNames keys;
  private final byte[] values;
  private final byte[] batch;
  private int length;

  public Filler(Shape shape) {
    this.shape = shape;
    this.keys = shape.keys();
    values = new byte[shape.valueBytes() + VARIETY];
    new Random(1).nextBytes(values);
    batch = new byte[BATCH_BYTES + shape.valueBytes() + 1_024];
  }

  /**
   * Stores the items 0 to count.
   *
   * @throws IOException also if it does not take one
   */
  public void fill(MemcachedProcess server, long count) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      for (long next = 0; next < count; ) {
        length = 0;
        while (next < count && length < BATCH_BYTES) {
          addMetaSet(next++);
        }
        add("mn\r\n");
        wire.send(batch, length);
        String answer = wire.line();
        if (!answer.equals("MN")) {
          throw new IOException("memcached does not store: " + answer);
        }
      }
    }
    if (server.stat("evictions") > 0) {
      throw new IOException("memcached evicts: it has too little memory for " + shape);
    }
  }

  private void addMetaSet(long index) {
    add("ms ");
    length = keys.write(index, batch, length);
    add(" " + shape.valueBytes());
    Duration ttl = shape.ttl(index);
    if (!ttl.isZero()) {
      long seconds = ttl.compareTo(LONGEST_RELATIVE) > 0
          ? Instant.now().plus(ttl).getEpochSecond()
          : ttl.toSeconds();
      add(" T" + seconds);
    }
    add(" q\r\n");
    addValue(index);
  }

  /** The same for redis. */
  public void fill(RedisProcess server, long count) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      for (long next = 0; next < count; ) {
        length = 0;
        long first = next;
        while (next < count && length < BATCH_BYTES) {
          addRedisSet(next++);
        }
        wire.send(batch, length);
        for (; first < next; first++) {
          String answer = wire.line();
          if (!answer.equals("+OK")) {
            throw new IOException("redis does not store: " + answer);
          }
        }
      }
    }
  }

  private void addRedisSet(long index) {
    Duration ttl = shape.ttl(index);
    add((ttl.isZero() ? "*3" : "*5") + "\r\n$3\r\nSET\r\n$" + shape.keyBytes() + "\r\n");
    length = keys.write(index, batch, length);
    add("\r\n$" + shape.valueBytes() + "\r\n");
    addValue(index);
    if (!ttl.isZero()) {
      String seconds = "" + ttl.toSeconds();
      add("$2\r\nEX\r\n$" + seconds.length() + "\r\n" + seconds + "\r\n");
    }
  }

  private void addValue(long index) {
    System.arraycopy(values, (int) (index % VARIETY), batch, length, shape.valueBytes());
    length += shape.valueBytes();
    add("\r\n");
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, batch, length, bytes.length);
    length += bytes.length;
  }
}
