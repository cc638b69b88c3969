package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * Attempts to connect to one address, of which the first that succeeds is used. For one thread.
 *
 * <p>A server whose queue of new connections is full drops the first packet of an attempt, and the
 * operating system sends it again only after a second. The queue may have room a moment later:
 * memcached with {@code no_maxconns_fast} listens with an empty queue while it has too many
 * connections (memcached.c, {@code do_accept_new_conns}). So further attempts begin sooner.
 */
final class ConnectionAttempts implements AutoCloseable {
  /** The time until the second attempt; each pause is twice as long as the one before. */
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final SocketAddress address;
  private final Selector selector;

  /** Why the last attempt could not begin; null if it did. */
  private SocketException refusal;

  private ConnectionAttempts(SocketAddress address) throws IOException {
    this.address = address;
    this.selector = Selector.open();
  }

  /**
   * Returns a connected channel that does not block.
   *
   * @throws SocketTimeoutException if the deadline passes
   * @throws NoSuchFileException if there is no such unix socket
   * @throws AccessDeniedException if this process may not use the unix socket
   * @throws InterruptedIOException if this thread is interrupted
   */
  static SocketChannel connect(SocketAddress address, Deadline deadline) throws IOException {
    try (ConnectionAttempts attempts = new ConnectionAttempts(address)) {
      try {
        return attempts.connect(deadline);
      } catch (SocketTimeoutException e) {
        throw deadline.expired("connection", attempts.reasons());
      }
    }
  }

  private String reasons() {
    return refusal == null
        ? ": its host is down, a firewall drops the packets,"
            + " or memcached has too many connections (raise its -c)"
        : " (%s): memcached hangs or has too many connections (raise its -c)"
            .formatted(refusal.getMessage());
  }

  private SocketChannel connect(Deadline deadline) throws IOException {
    long pause = FIRST_PAUSE_MILLIS;
    SocketChannel connected = start();
    while (connected == null) {
      connected = await(Math.min(pause, deadline.remainingMillis()));
      if (connected == null) {
        deadline.remainingMillis();
        connected = start();
        pause *= 2;
      }
    }
    return connected;
  }

  /** Starts an attempt; returns its channel if it succeeds at once, otherwise null. */
  private SocketChannel start() throws IOException {
    SocketChannel channel = openSocket();
    try {
      refusal = null;
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      if (!channel.connect(address)) {
        return null;
      }
      key.cancel();
      return channel;
    } catch (SocketException e) {
      channel.close();
      if (e instanceof ConnectException || !(address instanceof UnixDomainSocketAddress)) {
        throw e;
      }
      // The queue of a unix socket is full, and the operating system does not wait for room.
      refusal = e;
      return null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private SocketChannel openSocket() throws IOException {
    if (!(address instanceof UnixDomainSocketAddress unix)) {
      return SocketChannel.open();
    }
    if (!Files.exists(unix.getPath())) {
      throw new NoSuchFileException(unix.toString());
    }
    if (!Files.isWritable(unix.getPath())) {
      throw new AccessDeniedException(unix.toString());
    }
    return SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /**
   * Waits until an attempt succeeds; returns null if none does in time.
   *
   * @throws IOException if an attempt fails
   */
  private SocketChannel await(long millis) throws IOException {
    selector.select(millis);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
    for (SelectionKey key : selector.selectedKeys()) {
      SocketChannel channel = (SocketChannel) key.channel();
      if (channel.finishConnect()) {
        key.cancel();
        return channel;
      }
    }
    selector.selectedKeys().clear();
    return null;
  }

  /** Ends the attempts that have not succeeded. */
  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()) {
        key.channel().close();
      }
    }
    selector.close();
  }
}
