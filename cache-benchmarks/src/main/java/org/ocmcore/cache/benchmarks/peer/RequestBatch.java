package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.load.SampleValues;

/** Collects requests for the items of a shape, to send many in one write. For one thread. */
final class RequestBatch {
  private static final int BATCH_BYTES = 256 * 1024;

  private final ItemShape shape;
  private final KeyNames keys;
  private final SampleValues values;
  private final byte[] batch;
  private int length;

  RequestBatch(ItemShape shape) {
    this.shape = shape;
    keys = shape.keys();
    values = shape.values();
    batch = new byte[BATCH_BYTES + shape.valueBytes() + 1_024];
  }

  boolean isFull() {
    return length >= BATCH_BYTES;
  }

  /** Sends the requests and starts a new batch. */
  void send(BlockingConnection connection) throws IOException {
    connection.send(batch, length);
    length = 0;
  }

  /** Requests value, flags and remaining TTL. */
  void addGet(long index) {
    add("mg ", index, " f t v\r\n");
  }

  void addSet(long index) {
    add("ms ", index, " " + shape.valueBytes() + "\r\n");
    addValue(index);
  }

  void addDelete(long index) {
    add("md ", index, "\r\n");
  }

  void addTouch(long index, long ttl) {
    add("mg ", index, " T" + ttl + "\r\n");
  }

  void addRedisSet(long index) {
    String start = "*3\r\n$3\r\nSET\r\n$" + shape.keyBytes() + "\r\n";
    add(start, index, "\r\n$" + shape.valueBytes() + "\r\n");
    addValue(index);
  }

  private void add(String start, long index, String end) {
    add(start);
    length = keys.write(index, batch, length);
    add(end);
  }

  private void addValue(long index) {
    length = values.write(index, batch, length);
    add("\r\n");
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, batch, length, bytes.length);
    length += bytes.length;
  }
}
