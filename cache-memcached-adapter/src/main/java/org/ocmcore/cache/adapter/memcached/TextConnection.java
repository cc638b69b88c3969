package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A connection to a server in the text protocol (memcached doc/protocol.txt). It carries one
 * request and response after the other, or many at once in a {@link Pipeline}.
 *
 * <p>Each wait ends at the deadline that was set last, with a
 * {@link java.net.SocketTimeoutException}. The deadline is for whole responses, not for single
 * bytes. An interrupt ends a wait with an {@link java.io.InterruptedIOException}. For one thread at
 * a time.
 */
final class TextConnection implements AutoCloseable {
  private static final String VERSION = "VERSION ";

  /**
   * As long as the header of a binary request. A server that speaks only the binary protocol waits
   * for more of a shorter one, and closes the connection after this one.
   */
  private static final String VERSION_COMMAND = "version" + " ".repeat(17);

  private final ServerChannel channel;
  private final InputBuffer input;
  private final OpaqueCounter opaques = new OpaqueCounter();
  private OutputBuffer output;
  private Deadline deadline;
  private Runnable waitingTask = () -> {};

  /**
   * Takes over a channel.
   *
   * @param deadline limits all waits until another deadline is set
   * @param valueLimit of the values that the server sends
   */
  TextConnection(ServerChannel channel, Deadline deadline, ValueLimit valueLimit) {
    this.channel = channel;
    this.input = new InputBuffer(this::read, new ValueBound(valueLimit));
    this.deadline = deadline;
  }

  /** Ends the use of it by another thread, which gets an {@link IOException}. */
  void abort() {
    try {
      channel.abort();
    } catch (IOException alreadyClosed) {
      // Its user knows.
    }
  }

  /** Sets the deadline for everything that follows. */
  void setDeadline(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Lets reads wait without a deadline from now on. TCP keepalive finds a server that vanishes
   * without closing the connection.
   *
   * @param task runs before each wait and once a second during it
   */
  void waitWithoutTimeout(Runnable task) throws IOException {
    deadline = Deadline.NEVER;
    waitingTask = task;
    channel.keepAlive();
  }

  /**
   * Returns whether the connection can be used again: the server has neither closed it nor sent
   * bytes without a request.
   */
  boolean isReusable() {
    try {
      return input.isEmpty() && channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException broken) {
      return false;
    }
  }

  InputBuffer input() {
    return input;
  }

  /** Returns the buffer for the requests of a {@link Pipeline}; always the same one. */
  OutputBuffer output() {
    if (output == null) {
      output = new OutputBuffer(opaques);
    }
    return output;
  }

  /** Sends a line; adds the line end. */
  void send(String line) throws IOException {
    send(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Sends a request, waits, and returns its response. */
  MetaResponse execute(MetaRequest request) throws IOException {
    long opaque = request.hasOpaque() ? opaques.next() : MetaResponseParser.NO_OPAQUE;
    send(ByteBuffer.wrap(request.bytes(opaque)));
    return input.nextResponse(opaque, request.key());
  }

  /** Reads what has arrived, without waiting, and returns the number of bytes. */
  int receiveAvailable() throws IOException {
    return input.fill(channel::read);
  }

  /** Sends what can be sent without waiting and returns the number of bytes. */
  int sendAvailable(ByteBuffer bytes) throws IOException {
    return channel.writePipelined(bytes);
  }

  /**
   * Waits until the server sends bytes or can receive some.
   *
   * @param sending whether there are bytes to send
   */
  void awaitReadiness(boolean sending) throws IOException {
    channel.awaitReadiness(true, sending, deadline);
  }

  /** Returns the next line that the server sends, without its end. */
  String readLine() throws IOException {
    input.readLine();
    return input.line();
  }

  /** Returns the next line, which may be as long as {@link InputBuffer#MAX_LONG_LINE_BYTES}. */
  String readLongLine() throws IOException {
    input.readLine(InputBuffer.MAX_LONG_LINE_BYTES);
    return input.line();
  }

  /**
   * Returns the version as the server names it, such as {@code 1.6.18}.
   *
   * @throws ServerErrorException if it answers with an error, or is no memcached
   */
  String fetchVersion() throws IOException {
    send(VERSION_COMMAND);
    String line = readLine();
    if (!line.startsWith(VERSION)) {
      throw ForeignServer.errorOf(line);
    }
    return line.substring(VERSION.length());
  }

  /**
   * Says who we are (memcached doc/protocol.txt, "Authentication"): the data of a set is
   * {@code user password}, its key does not matter.
   *
   * @throws ServerErrorException if the server does not know this user with this password
   */
  void authenticate(Credentials credentials) throws IOException {
    byte[] data = credentials.data();
    send("set auth 0 0 " + data.length);
    send(ByteBuffer.wrap(data));
    send("");
    String line = readLine();
    if (!line.equals("STORED")) {
      throw ServerErrorException.permanent("it rejects the user or the password:"
          + " check MEMCACHED_USERNAME and MEMCACHED_PASSWORD, or MEMCACHED_AUTH_FILE");
    }
  }

  /**
   * Returns the server's statistics.
   *
   * @param command {@code stats} or {@code stats settings}
   * @throws ProtocolException if a line is no statistic, or there are too many
   */
  StatsResponse fetchStats(String command) throws IOException {
    send(command);
    return readStats();
  }

  /** Returns the size of the server's largest item in bytes. */
  long fetchMaxItemSize() throws IOException {
    return fetchStats("stats settings").number("item_size_max");
  }

  /** Returns the response to {@code stats} or {@code stats settings}, which was sent before. */
  StatsResponse readStats() throws IOException {
    return StatsResponse.read(this::readLine);
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        channel.awaitReadiness(false, true, deadline);
      }
    }
  }

  private int read(ByteBuffer into) throws IOException {
    while (true) {
      int count = channel.read(into);
      if (count != 0) {
        return count;
      }
      waitingTask.run();
      channel.awaitReadiness(true, false, deadline);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // No data is lost here, so this points to a fault of the operating system.
      throw new UncheckedIOException(e);
    }
  }
}
