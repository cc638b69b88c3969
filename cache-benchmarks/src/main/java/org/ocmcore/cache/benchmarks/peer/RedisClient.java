package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks redis on a bare socket, reads the whole answer and throws it away. For one thread. */
public final class RedisClient implements AutoCloseable {
  private final Wire wire;

  public RedisClient(int port) throws IOException {
    wire = new Wire(port);
  }

  /**
   * Sends a command.
   *
   * @return how many strings the answer has
   * @throws IOException also if redis refuses
   */
  public long ask(String... command) throws IOException {
    StringBuilder request = new StringBuilder("*").append(command.length).append("\r\n");
    for (String word : command) {
      int length = word.getBytes(StandardCharsets.US_ASCII).length;
      request.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    wire.send(request.toString());
    return skip();
  }

  private long skip() throws IOException {
    byte type = wire.type();
    switch (type) {
      case '*' -> {
        long strings = 0;
        for (long left = wire.number(); left > 0; left--) {
          strings += skip();
        }
        return strings;
      }
      case '$' -> {
        long length = wire.number();
        wire.skip(length < 0 ? 0 : length + 2);
        return length < 0 ? 0 : 1;
      }
      case '+' -> {
        wire.line();
        return 1;
      }
      case ':' -> {
        wire.number();
        return 1;
      }
      default -> throw new IOException("redis answers " + (char) type + wire.line());
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
