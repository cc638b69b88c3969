package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.load.ItemShape;

/** A client of redis that reads each response to its end and discards it. For one thread. */
public final class RedisClient implements AutoCloseable {
  private final BlockingConnection connection;

  public RedisClient(int port) throws IOException {
    connection = new BlockingConnection(port);
  }

  /** Stores the items 0 to count in pipelines. */
  public void store(ItemShape shape, long count) throws IOException {
    RequestBatch requests = new RequestBatch(shape);
    for (long next = 0; next < count; ) {
      long first = next;
      while (next < count && !requests.isFull()) {
        requests.addRedisSet(next++);
      }
      requests.send(connection);
      for (long i = first; i < next; i++) {
        skipResponse();
      }
    }
  }

  /**
   * Executes a command of ASCII words.
   *
   * @return how many strings the response has
   * @throws IOException also if redis responds with an error
   */
  public long execute(String... command) throws IOException {
    StringBuilder request = new StringBuilder("*").append(command.length).append("\r\n");
    for (String word : command) {
      request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    connection.send(request.toString());
    return skipResponse();
  }

  private long skipResponse() throws IOException {
    byte type = connection.readByte();
    switch (type) {
      case '*' -> {
        long strings = 0;
        for (long left = readNumber(); left > 0; left--) {
          strings += skipResponse();
        }
        return strings;
      }
      case '$' -> {
        long length = readNumber();
        connection.skip(length < 0 ? 0 : length + 2);
        return length < 0 ? 0 : 1;
      }
      case '+', ':' -> {
        connection.readLine();
        return 1;
      }
      default -> throw new IOException("redis answers " + (char) type + connection.readLine());
    }
  }

  /** Parses without a String: a long list has one number for each key. */
  private long readNumber() throws IOException {
    boolean isNegative = false;
    long number = 0;
    for (byte b = connection.readByte(); b != '\n'; b = connection.readByte()) {
      if (b == '-') {
        isNegative = true;
      } else if (b >= '0' && b <= '9') {
        number = 10 * number + b - '0';
      } else if (b != '\r') {
        throw new IOException("redis sends byte %d where a number is expected".formatted(b));
      }
    }
    return isNegative ? -number : number;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
