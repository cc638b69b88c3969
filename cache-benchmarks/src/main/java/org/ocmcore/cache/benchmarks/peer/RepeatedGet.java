package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sends the same GET again and again over connections that are kept. It reads an answer only to see
 * where it ends, so that the processors are left to the service. Safe for use by as many threads as
 * it has connections.
 */
public final class RepeatedGet implements AutoCloseable {
  private static final String LENGTH = "content-length: ";

  private final byte[] request;
  private final Queue<BlockingConnection> idle = new ConcurrentLinkedQueue<>();

  RepeatedGet(URI address, int connections) throws IOException {
    request = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
        .formatted(address.getRawPath(), address.getAuthority())
        .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < connections; i++) {
      idle.add(new BlockingConnection(address.getPort()));
    }
  }

  /**
   * Sends one request and reads the answer.
   *
   * @throws IOException also if the status is not 200
   */
  public void send() throws IOException {
    BlockingConnection connection = idle.remove();
    connection.send(request, request.length);
    String status = connection.readLine();
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("the answer is " + status);
    }
    connection.skip(readLength(connection));
    idle.add(connection);
  }

  /** Reads the headers and returns the length of what follows. */
  private static long readLength(BlockingConnection connection) throws IOException {
    long length = -1;
    int column = 0;
    int matched = 0;
    for (byte next = connection.readByte();
        next != '\n' || column > 0;
        next = connection.readByte()) {
      if (next == '\n') {
        column = 0;
        matched = 0;
      } else if (next != '\r') {
        if (matched == LENGTH.length()) {
          length = 10 * Math.max(0, length) + next - '0';
        } else if (matched == column && (next | 0x20) == LENGTH.charAt(column)) {
          matched++;
        }
        column++;
      }
    }
    if (length < 0) {
      throw new IOException("the answer does not say how long it is");
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    for (BlockingConnection connection : idle) {
      connection.close();
    }
  }
}
