package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
 * A connection of the text protocol on which we write, then read, or both at once in a
 * {@link Pipeline}. All waiting, for whole answers and not for single bytes, ends at the deadline
 * that was set last. For one thread at a time.
 */
final class TextConnection implements AutoCloseable {
  private static final int MAX_STATS = 10_000;
  private static final String VERSION = "VERSION ";

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Input input = new Input(this::read);
  private final RequestNumbers numbers = new RequestNumbers();
  private Output output;
  private Deadline deadline;
  private Runnable whileWaiting = () -> {};

  private TextConnection(SocketChannel channel, Selector selector, Deadline deadline)
      throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.deadline = deadline;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key = channel.register(selector, 0);
  }

  /**
   * Connects.
   *
   * @param deadline for the connection, and until another is set
   */
  static TextConnection open(InetSocketAddress address, Deadline deadline) throws IOException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(address.getHostString());
    }
    SocketChannel channel = SocketChannel.open();
    Selector selector = null;
    try {
      selector = Selector.open();
      TextConnection connection = new TextConnection(channel, selector, deadline);
      connection.connect(address);
      return connection;
    } catch (IOException e) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw e;
    }
  }

  private void connect(SocketAddress address) throws IOException {
    if (!channel.connect(address)) {
      while (!channel.finishConnect()) {
        await(SelectionKey.OP_CONNECT);
      }
    }
  }

  /** Sets the moment by which all that follows must be done. */
  void setDeadline(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Waits for input without end from now on. A peer that vanishes without a word is found by the
   * system, when that looks after connections on which nothing comes.
   *
   * @param work done before each wait and once a second during it
   */
  void waitForEver(Runnable work) throws IOException {
    deadline = Deadline.NEVER;
    whileWaiting = work;
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
  }

  /** Whether it can be used again: neither closed by the server nor with bytes nobody asked for. */
  boolean isQuiet() {
    try {
      return input.isEmpty() && channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException broken) {
      return false;
    }
  }

  Input input() {
    return input;
  }

  /** Where requests of a {@link Pipeline} are kept until they are sent; the same each time. */
  Output output() {
    if (output == null) {
      output = new Output(numbers);
    }
    return output;
  }

  /** Sends a line. */
  void send(String line) throws IOException {
    send(ByteBuffer.wrap((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Asks and waits for the answer. */
  MetaResponse ask(MetaRequest request) throws IOException {
    long number = request.isNumbered() ? numbers.next() : MetaResponseParser.UNNUMBERED;
    send(ByteBuffer.wrap(request.bytes(number)));
    return input.nextAnswer(number);
  }

  /** Takes in what has arrived, without waiting; returns how many bytes. */
  int receive() throws IOException {
    return input.fill(channel::read);
  }

  /** Sends what can be sent without waiting; returns how many bytes. */
  int sendSome(ByteBuffer bytes) throws IOException {
    return channel.write(bytes);
  }

  /**
   * Waits until the server sends something, or can take something.
   *
   * @param sending whether there is something that it should take
   */
  void awaitServer(boolean sending) throws IOException {
    await(SelectionKey.OP_READ | (sending ? SelectionKey.OP_WRITE : 0));
  }

  /** The next line that the server sends, without its end. */
  String nextLine() throws IOException {
    input.nextLine();
    return input.line();
  }

  /** The server's version in its own words, such as {@code 1.6.18}. */
  String version() throws IOException {
    send("version");
    String line = nextLine();
    if (!line.startsWith(VERSION)) {
      boolean isRefusal = line.startsWith("ERROR") || line.startsWith("CLIENT_ERROR");
      throw isRefusal ? ServerErrorException.saying(line) : ProtocolException.of(line);
    }
    return line.substring(VERSION.length());
  }

  /** What the server tells of itself under a command: {@code stats} or one of its kind. */
  ServerReport stats(String command) throws IOException {
    send(command);
    Map<String, String> stats = new HashMap<>();
    while (true) {
      String line = nextLine();
      if (line.equals("END")) {
        return new ServerReport(stats);
      }
      String[] words = line.split(" ", 3);
      if (!words[0].equals("STAT") || words.length < 2 || stats.size() == MAX_STATS) {
        throw line.startsWith("CLIENT_ERROR")
            ? ServerErrorException.saying(line)
            : ProtocolException.of(line);
      }
      stats.put(words[1], words.length < 3 ? "" : words[2]);
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  private int read(ByteBuffer into) throws IOException {
    while (true) {
      int count = channel.read(into);
      if (count != 0) {
        return count;
      }
      whileWaiting.run();
      await(SelectionKey.OP_READ);
    }
  }

  private void await(int operation) throws IOException {
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
      // Nothing is left unwritten in it, so this says that the system is out of order.
      throw new UncheckedIOException(e);
    }
  }
}
