package org.ocmcore.cache.benchmarks.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A blocking connection to a server on the loopback, with nothing between. For one thread. */
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BUFFER = 256 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  /** Reads into the array past this wire's own buffer, which must be empty. */
  int readInto(byte[] bytes, int from) throws IOException {
    int count = in.read(bytes, from, bytes.length - from);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    return count;
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
    end = readInto(buffer, 0);
  }

  /** A line without its end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte b = next(); b != '\n'; b = next()) {
      line.append((char) (b & 0xFF));
    }
    if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      if (at == end) {
        fill();
      }
      int step = (int) Math.min(left, end - at);
      at += step;
      left -= step;
    }
  }

  /** A number up to the end of the line. */
  long number() throws IOException {
    boolean isNegative = false;
    long number = 0;
    for (byte b = next(); b != '\n'; b = next()) {
      if (b == '-') {
        isNegative = true;
      } else if (b >= '0' && b <= '9') {
        number = 10 * number + b - '0';
      } else if (b != '\r') {
        throw new IOException("a number was expected, there was byte " + b);
      }
    }
    return isNegative ? -number : number;
  }

  byte type() throws IOException {
    return next();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
