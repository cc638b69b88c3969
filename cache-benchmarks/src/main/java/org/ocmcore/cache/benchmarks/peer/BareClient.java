package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.ocmcore.cache.benchmarks.load.Shape;

/**
 * The least that reading or storing items can cost: one connection to memcached, on which one
 * thread sends requests about items that it knows beforehand, in large writes, while the other
 * reads answers no further than to see where the next begins, and throws them away. For one thread.
 */
public final class BareClient implements AutoCloseable {
  private static final int CAPACITY = 256 * 1024;

  private final Wire wire;
  private final Requests requests;
  private final byte[] buffer = new byte[CAPACITY];
  private int at;
  private int end;

  public BareClient(int port, Shape shape) throws IOException {
    wire = new Wire(port);
    requests = new Requests(shape);
  }

  /**
   * Reads the items 0 to count: value, flags and lifetime of each.
   *
   * @return the seconds that it took
   * @throws IOException also if one is missing
   */
  public double readSeconds(long count) throws IOException {
    return seconds(count, requests::get, "VA");
  }

  /**
   * Stores the items 0 to count.
   *
   * @return the seconds that it took
   * @throws IOException also if one is not stored
   */
  public double storeSeconds(long count) throws IOException {
    return seconds(count, index -> requests.store(index, false), "HD");
  }

  /**
   * Removes the items 0 to count.
   *
   * @return the seconds that it took
   * @throws IOException also if one is missing
   */
  public double deleteSeconds(long count) throws IOException {
    return seconds(count, requests::delete, "HD");
  }

  /**
   * Gives the items 0 to count a lifetime of so many seconds.
   *
   * @return the seconds that it took
   * @throws IOException also if one is missing
   */
  public double touchSeconds(long count, long lifetime) throws IOException {
    return seconds(count, index -> requests.touch(index, lifetime), "HD");
  }

  /** Throws away all that the server has. */
  public void empty() throws IOException {
    wire.send("flush_all\r\n");
    String answer = wire.line();
    if (!answer.equals("OK")) {
      throw new IOException("memcached does not throw away what it has: " + answer);
    }
  }

  private interface Request {
    void add(long index);
  }

  private double seconds(long count, Request request, String expected) throws IOException {
    long start = System.nanoTime();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(
        () -> send(count, request), work -> new Thread(work, "bare-client").start());
    for (long i = 0; i < count; i++) {
      skip(expected);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
    return seconds;
  }

  private void send(long count, Request request) {
    try {
      for (long next = 0; next < count; ) {
        while (next < count && !requests.isFull()) {
          request.add(next++);
        }
        requests.send(wire);
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void skip(String expected) throws IOException {
    byte first = next();
    byte second = next();
    if (first != expected.charAt(0) || second != expected.charAt(1)) {
      throw new IOException(
          "memcached answers %c%c, expected %s".formatted(first, second, expected));
    }
    byte after = next();
    int value = 0;
    if (first == 'V') {
      for (after = next(); after >= '0' && after <= '9'; after = next()) {
        value = 10 * value + after - '0';
      }
      value += 2;
    }
    while (after != '\n') {
      after = next();
    }
    while (value > end - at) {
      value -= end - at;
      fill();
    }
    at += value;
  }

  private byte next() throws IOException {
    if (at == end) {
      fill();
    }
    return buffer[at++];
  }

  private void fill() throws IOException {
    at = 0;
    end = 0;
    end = wire.readInto(buffer, 0);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
