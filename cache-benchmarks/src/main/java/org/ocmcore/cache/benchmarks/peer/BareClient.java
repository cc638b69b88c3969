package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.ocmcore.cache.benchmarks.load.ItemShape;

/**
 * The lower limit of what it costs to read or change many items: one connection to memcached, on
 * which one thread pipelines requests for items that it knows in advance, and the caller's thread
 * parses responses only to find where the next one starts. Each operation is on the items 0 to
 * count, returns its seconds, and fails if an item is missing or not stored. For one thread.
 */
public final class BareClient implements AutoCloseable {
  private static final String DONE = "HD";
  private static final String VALUE = "VA";

  private final BlockingConnection connection;
  private final RequestBatch requests;

  public BareClient(int port, ItemShape shape) throws IOException {
    connection = new BlockingConnection(port);
    requests = new RequestBatch(shape);
  }

  /** Fetches value, flags and remaining TTL of each item. */
  public double fetchSeconds(long count) throws IOException {
    return seconds(count, requests::addGet, VALUE);
  }

  public double storeSeconds(long count) throws IOException {
    return seconds(count, requests::addSet, DONE);
  }

  public double deleteSeconds(long count) throws IOException {
    return seconds(count, requests::addDelete, DONE);
  }

  /** @param ttl seconds that each item gets */
  public double touchSeconds(long count, long ttl) throws IOException {
    return seconds(count, index -> requests.addTouch(index, ttl), DONE);
  }

  /** Removes all items of the server. */
  public void flush() throws IOException {
    connection.send("flush_all\r\n");
    String response = connection.readLine();
    if (!response.equals("OK")) {
      throw new IOException("memcached answers flush_all with " + response);
    }
  }

  private double seconds(long count, LongConsumer addRequest, String expected) throws IOException {
    long start = System.nanoTime();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(
        () -> send(count, addRequest), task -> new Thread(task, "bare-client").start());
    for (long i = 0; i < count; i++) {
      skipResponse(expected);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
    return seconds;
  }

  private void send(long count, LongConsumer addRequest) {
    try {
      for (long next = 0; next < count; ) {
        while (next < count && !requests.isFull()) {
          addRequest.accept(next++);
        }
        requests.send(connection);
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void skipResponse(String expected) throws IOException {
    byte first = connection.readByte();
    byte second = connection.readByte();
    if (first != expected.charAt(0) || second != expected.charAt(1)) {
      throw new IOException("memcached answers %c%c%s, expected %s"
          .formatted(first, second, connection.readLine(), expected));
    }
    byte next = connection.readByte();
    int valueBytes = 0;
    if (first == 'V') {
      for (next = connection.readByte(); next >= '0' && next <= '9'; next = connection.readByte()) {
        valueBytes = 10 * valueBytes + next - '0';
      }
      valueBytes += 2;
    }
    while (next != '\n') {
      next = connection.readByte();
    }
    connection.skip(valueBytes);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
