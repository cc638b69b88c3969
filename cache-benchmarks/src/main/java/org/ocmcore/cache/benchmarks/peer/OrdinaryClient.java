package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.load.Shape;
import org.ocmcore.cache.benchmarks.measure.Samples;

/**
 * A client as servers have them: it gets single keys at random, one after the other, so many a
 * second, and sets some, as the shape has it. It takes its connections in turn. For one thread.
 */
public final class OrdinaryClient implements AutoCloseable {
  private static final int PER_SECOND = 2_000;

  /** As many as memcached has threads, which it shares them out to, so that none is left out. */
  private static final int CONNECTIONS = 4;

  private final List<Wire> wires = new ArrayList<>();
  private final Shape shape;
  private final KeyNames keys;
  private final long count;
  private final Random random = new Random(2);

  /** @param count how many items of the shape there are */
  public OrdinaryClient(int port, Shape shape, long count) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      wires.add(new Wire(port));
    }
    this.shape = shape;
    this.keys = shape.keys();
    this.count = count;
  }

  /**
   * Goes on for this long.
   *
   * <p>A request that is late because the one before it took long is counted from when it was due,
   * so that a pause of the server is not counted once for all who would have met it.
   *
   * @return the seconds that each took
   */
  public Samples latencies(Duration time) throws IOException {
    int requests = (int) (PER_SECOND * time.toMillis() / 1_000);
    double[] seconds = new double[requests];
    long gap = Duration.ofSeconds(1).toNanos() / PER_SECOND;
    long due = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      long start = System.nanoTime();
      if (start < due) {
        LockSupport.parkNanos(due - start);
        start = System.nanoTime();
      } else {
        start = due;
      }
      request(wires.get(i % CONNECTIONS));
      seconds[i] = (System.nanoTime() - start) / 1e9;
      due += gap;
    }
    return Samples.of(seconds);
  }

  private void request(Wire wire) throws IOException {
    String key = new String(keys.bytes(random.nextLong(count)), StandardCharsets.US_ASCII);
    if (random.nextDouble() < shape.writes()) {
      set(wire, key);
    } else {
      get(wire, key);
    }
  }

  private void get(Wire wire, String key) throws IOException {
    wire.send("get " + key + "\r\n");
    String first = wire.line();
    if (first.startsWith("VALUE ")) {
      wire.skip(shape.valueBytes() + 2);
      first = wire.line();
    }
    if (!first.equals("END")) {
      throw new IOException("memcached answers a get with " + first);
    }
  }

  private void set(Wire wire, String key) throws IOException {
    byte[] head = "set %s 0 300 %d\r\n"
        .formatted(key, shape.valueBytes())
        .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + shape.valueBytes() + 2];
    System.arraycopy(head, 0, request, 0, head.length);
    request[request.length - 2] = '\r';
    request[request.length - 1] = '\n';
    wire.send(request, request.length);
    String answer = wire.line();
    if (!answer.equals("STORED")) {
      throw new IOException("memcached answers a set with " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }
}
