package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.ocmcore.cache.benchmarks.load.Shape;

/**
 * The approach of the system that this one replaces, without what else that did: a process knows
 * its keys in a set of its own, which it stores as one item after each write, and waits for each
 * answer. For one thread.
 */
public final class RewrittenSet implements AutoCloseable {
  private static final String NAME = "registry";

  private final Wire wire;
  private final Shape shape;

  public RewrittenSet(int port, Shape shape) throws IOException {
    wire = new Wire(port);
    this.shape = shape;
  }

  /**
   * Removes the items 0 to count, which are all that it knows of.
   *
   * @param count so few that their names fit an item, which has 1 MiB by default
   * @return the seconds that it took
   * @throws IOException also if one is missing
   */
  public double deleteSeconds(int count) throws IOException {
    List<String> keys = LongStream.range(0, count).mapToObj(shape.keys()::text).toList();
    Set<String> known = new LinkedHashSet<>(keys);
    long start = System.nanoTime();
    for (String key : keys) {
      ask("delete " + key + "\r\n", "DELETED");
      known.remove(key);
      byte[] names = String.join("\n", known).getBytes(StandardCharsets.US_ASCII);
      wire.send("set %s 0 0 %d\r\n".formatted(NAME, names.length));
      wire.send(names, names.length);
      ask("\r\n", "STORED");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    ask("delete " + NAME + "\r\n", "DELETED");
    return seconds;
  }

  private void ask(String command, String expected) throws IOException {
    wire.send(command);
    String answer = wire.line();
    if (!answer.equals(expected)) {
      throw new IOException("memcached answers %s, expected %s".formatted(answer, expected));
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
