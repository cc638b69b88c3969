package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.ocmcore.cache.benchmarks.load.ItemShape;

/**
 * A client that gets random single keys of memcached at a constant rate, one after the other, and
 * measures their latency. For one thread.
 */
public final class ConstantRateClient implements AutoCloseable {
  private static final int GETS_PER_SECOND = 2_000;
  private static final int SIGNIFICANT_DIGITS = 3;

  /** memcached has four worker threads by default and gives each one connection. */
  private static final int CONNECTIONS = 4;

  private final List<BlockingConnection> connections = new ArrayList<>();
  private final ItemShape shape;
  private final long count;
  private final Random random = new Random(2);

  /** @param count the items 0 to count are on the server */
  public ConstantRateClient(int port, ItemShape shape, long count) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(new BlockingConnection(port));
    }
    this.shape = shape;
    this.count = count;
  }

  /**
   * Sends gets for this long.
   *
   * <p>The latency of a get starts when it was due, not when it was sent, to avoid coordinated
   * omission.
   *
   * @return the latencies in nanoseconds
   * @throws IOException also if a key is missing
   */
  public Histogram latencies(Duration time) throws IOException {
    Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    int gets = (int) (GETS_PER_SECOND * time.toMillis() / 1_000);
    long interval = Duration.ofSeconds(1).toNanos() / GETS_PER_SECOND;
    long due = System.nanoTime();
    for (int i = 0; i < gets; i++) {
      long start = System.nanoTime();
      if (start < due) {
        LockSupport.parkNanos(due - start);
        // Late wake-ups are the client's own delay.
        start = System.nanoTime();
      } else {
        start = due;
      }
      get(connections.get(i % CONNECTIONS), shape.keys().text(random.nextLong(count)));
      latencies.recordValue(System.nanoTime() - start);
      due += interval;
    }
    return latencies;
  }

  private void get(BlockingConnection connection, String key) throws IOException {
    connection.send("get " + key + "\r\n");
    String response = connection.readLine();
    if (!response.startsWith("VALUE ")) {
      throw new IOException("memcached answers get %s with %s".formatted(key, response));
    }
    connection.skip(shape.valueBytes() + 2);
    connection.readLine();
  }

  @Override
  public void close() throws IOException {
    for (BlockingConnection connection : connections) {
      connection.close();
    }
  }
}
