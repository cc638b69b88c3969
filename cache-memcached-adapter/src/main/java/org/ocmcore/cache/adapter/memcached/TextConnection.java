package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection to a server in the text protocol (memcached doc/protocol.txt). It carries one
 * request and response after the other, or many at once in a {@link Pipeline}.
 *
 * <p>Each wait ends at the deadline that was set last, with a
 * {@link java.net.SocketTimeoutException}. The deadline is for whole responses, not for single
 * bytes. An interrupt ends a wait with an {@link InterruptedIOException}. For one thread at a time.
 */
final class TextConnection implements AutoCloseable {
  private static final int MAX_STATS = 10_000;
  private static final String VERSION = "VERSION ";

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InputBuffer input = new InputBuffer(this::read);
  private final OpaqueCounter opaques = new OpaqueCounter();
  private OutputBuffer output;
  private Deadline deadline;
  private Runnable waitingTask = () -> {};

  private TextConnection(SocketChannel channel, Selector selector, Deadline deadline)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.deadline = deadline;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, 0);
  }

  /**
   * Connects to a server.
   *
   * @param deadline limits the connecting and all waits until another deadline is set
   * @throws UnknownHostException if the address is unresolved
   */
  static TextConnection open(InetSocketAddress address, Deadline deadline) throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
    SocketChannel channel = ConnectionAttempts.connect(address, deadline);
    Selector selector = null;
    try {
      selector = Selector.open();
      return new TextConnection(channel, selector, deadline);
    } catch (IOException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
  }

  /** Ends the use of it by another thread, which gets an {@link IOException}. */
  void abort() {
    try {
      channel.shutdownInput();
      channel.shutdownOutput();
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
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
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
    return input.nextResponse(opaque);
  }

  /** Reads what has arrived, without waiting, and returns the number of bytes. */
  int receiveAvailable() throws IOException {
    return input.fill(channel::read);
  }

  /** Sends what can be sent without waiting and returns the number of bytes. */
  int sendAvailable(ByteBuffer bytes) throws IOException {
    return channel.write(bytes);
  }

  /**
   * Waits until the server sends bytes or can receive some.
   *
   * @param sending whether there are bytes to send
   */
  void awaitReadiness(boolean sending) throws IOException {
    awaitReady(SelectionKey.OP_READ | (sending ? SelectionKey.OP_WRITE : 0));
  }

  /** Returns the next line that the server sends, without its end. */
  String readLine() throws IOException {
    input.readLine();
    return input.line();
  }

  /** Returns the version as the server names it, such as {@code 1.6.18}. */
  String fetchVersion() throws IOException {
    send("version");
    String line = readLine();
    if (!line.startsWith(VERSION)) {
      boolean isError = line.startsWith("ERROR") || line.startsWith("CLIENT_ERROR");
      throw isError ? ServerErrorException.of(line) : ProtocolException.of(line);
    }
    return line.substring(VERSION.length());
  }

  /**
   * Returns the server's statistics.
   *
   * @param command {@code stats} or {@code stats settings}
   * @throws ProtocolException if a line is no statistic, or there are more than {@value #MAX_STATS}
   */
  StatsResponse fetchStats(String command) throws IOException {
    send(command);
    return readStats();
  }

  /** Returns the response to {@code stats} or {@code stats settings}, which was sent before. */
  StatsResponse readStats() throws IOException {
    Map<String, String> stats = new HashMap<>();
    while (true) {
      String line = readLine();
      if (line.equals("END")) {
        return new StatsResponse(stats);
      }
      String[] parts = line.split(" ", 3);
      if (!parts[0].equals("STAT") || parts.length < 2 || stats.size() == MAX_STATS) {
        throw line.startsWith("CLIENT_ERROR")
            ? ServerErrorException.of(line)
            : ProtocolException.of(line);
      }
      stats.put(parts[1], parts.length < 3 ? "" : parts[2]);
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        awaitReady(SelectionKey.OP_WRITE);
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
      awaitReady(SelectionKey.OP_READ);
    }
  }

  private void awaitReady(int operation) throws IOException {
    key.interestOps(operation);
    int ready = selector.select(deadline.remainingMillis());
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
    if (ready == 0) {
      deadline.remainingMillis();
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException e) {
      // No data is lost here, so this points to a fault of the operating system.
      throw new UncheckedIOException(e);
    }
  }
}
