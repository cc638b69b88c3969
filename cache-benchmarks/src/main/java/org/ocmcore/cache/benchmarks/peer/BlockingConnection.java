package org.ocmcore.cache.benchmarks.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A blocking connection to a server on the loopback interface. One thread reads, one writes. */
final class BlockingConnection implements AutoCloseable {
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(5);
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int end;

  BlockingConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) READ_TIMEOUT.toMillis());
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  /**
   * Reads into the array and returns the number of bytes. This connection's buffer must be empty.
   */
  int readInto(byte[] bytes, int offset) throws IOException {
    int count = in.read(bytes, offset, bytes.length - offset);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    return count;
  }

  byte readByte() throws IOException {
    if (next == end) {
      fill();
    }
    return buffer[next++];
  }

  private void fill() throws IOException {
    next = 0;
    end = 0;
    end = readInto(buffer, 0);
  }

  /** A line without its CRLF. */
  String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte b = readByte(); b != '\n'; b = readByte()) {
      line.append((char) (b & 0xFF));
    }
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      if (next == end) {
        fill();
      }
      int step = (int) Math.min(left, end - next);
      next += step;
      left -= step;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
