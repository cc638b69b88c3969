package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.load.SampleValues;
import org.ocmcore.cache.benchmarks.load.Shape;

/** Gathers requests about the items of a shape, to send many at once. For one thread. */
final class Requests {
  private static final int BATCH_BYTES = 256 * 1024;

  /** memcached takes longer lifetimes for a time of day. */
  private static final Duration LONGEST_RELATIVE = Duration.ofDays(30);

  private final Shape shape;
  private final KeyNames keys;
  private final SampleValues values;
  private final byte[] batch;
  private int length;

  Requests(Shape shape) {
    this.shape = shape;
    keys = shape.keys();
    values = shape.values();
    batch = new byte[BATCH_BYTES + shape.valueBytes() + 1_024];
  }

  /** Whether there are enough of them. */
  boolean isFull() {
    return length >= BATCH_BYTES;
  }

  /** Sends them, and begins anew. */
  void send(Wire wire) throws IOException {
    wire.send(batch, length);
    length = 0;
  }

  /** Asks for value, flags and lifetime. */
  void get(long index) {
    add("mg ");
    length = keys.write(index, batch, length);
    add(" f t v\r\n");
  }

  /** @param quiet whether only what goes wrong is answered */
  void store(long index, boolean quiet) {
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
    add(quiet ? " q\r\n" : "\r\n");
    length = values.write(index, batch, length);
    add("\r\n");
  }

  /** Removes. */
  void delete(long index) {
    add("md ");
    length = keys.write(index, batch, length);
    add("\r\n");
  }

  /** Gives a new lifetime. */
  void touch(long index, long seconds) {
    add("mg ");
    length = keys.write(index, batch, length);
    add(" T" + seconds + "\r\n");
  }

  /** Asks for an answer and nothing else. */
  void nothing() {
    add("mn\r\n");
  }

  /** The same as a set of redis. */
  void storeInRedis(long index) {
    Duration ttl = shape.ttl(index);
    add((ttl.isZero() ? "*3" : "*5") + "\r\n$3\r\nSET\r\n$" + shape.keyBytes() + "\r\n");
    length = keys.write(index, batch, length);
    add("\r\n$" + shape.valueBytes() + "\r\n");
    length = values.write(index, batch, length);
    add("\r\n");
    if (!ttl.isZero()) {
      String seconds = "" + ttl.toSeconds();
      add("$2\r\nEX\r\n$" + seconds.length() + "\r\n" + seconds + "\r\n");
    }
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, batch, length, bytes.length);
    length += bytes.length;
  }
}
