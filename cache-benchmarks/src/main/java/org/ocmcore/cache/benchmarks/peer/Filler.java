package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.load.Shape;

/** Stores the items of a shape in pipelines: {@code ms … q} and {@code mn}, or {@code SET}. */
public final class Filler {
  private final Shape shape;
  private final Requests requests;

  public Filler(Shape shape) {
    this.shape = shape;
    requests = new Requests(shape);
  }

  /**
   * Stores the items 0 to count.
   *
   * @throws IOException also if it does not take one
   */
  public void fill(MemcachedProcess server, long count) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      for (long next = 0; next < count; ) {
        while (next < count && !requests.isFull()) {
          requests.store(next++, true);
        }
        requests.nothing();
        requests.send(wire);
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

  /** The same for redis. */
  public void fill(RedisProcess server, long count) throws IOException {
    try (Wire wire = new Wire(server.port())) {
      for (long next = 0; next < count; ) {
        long first = next;
        while (next < count && !requests.isFull()) {
          requests.storeInRedis(next++);
        }
        requests.send(wire);
        for (; first < next; first++) {
          String answer = wire.line();
          if (!answer.equals("+OK")) {
            throw new IOException("redis does not store: " + answer);
          }
        }
      }
    }
  }
}
