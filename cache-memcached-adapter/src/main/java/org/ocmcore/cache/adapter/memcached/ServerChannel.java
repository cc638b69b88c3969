package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLEngine;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;

/**
 * The bytes from and to a server, over TCP, TLS or a unix socket. Reads and writes do not wait;
 * {@link #awaitReadiness} does. For one thread at a time.
 */
final class ServerChannel implements AutoCloseable {
  private final SocketChannel socket;
  private final Selector selector;
  private final SelectionKey key;
  private ByteChannel bytes;

  // With TLS a read may have to wait until the socket can send, and the other way round.
  private int neededToRead = SelectionKey.OP_READ;
  private int neededToWrite = SelectionKey.OP_WRITE;

  /** Whether encrypted bytes wait in the TLS channel that the socket could not take. */
  private boolean hasUnsentBytes;

  private ServerChannel(SocketChannel socket, Selector selector) throws IOException {
    this.socket = socket;
    this.selector = selector;
    this.bytes = socket;
    if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    key = socket.register(selector, 0);
  }

  /**
   * Connects, without TLS.
   *
   * @throws NoSuchFileException if there is no such unix socket
   * @throws AccessDeniedException if this process may not use the unix socket
   */
  static ServerChannel open(SocketAddress address, Deadline deadline) throws IOException {
    SocketChannel socket = ConnectionAttempts.connect(address, deadline);
    Selector selector = null;
    boolean isUsable = false;
    try {
      selector = Selector.open();
      ServerChannel channel = new ServerChannel(socket, selector);
      isUsable = true;
      return channel;
    } finally {
      if (!isUsable) {
        socket.close();
        if (selector != null) {
          selector.close();
        }
      }
    }
  }

  /** Encrypts everything from now on; returns after the handshake. */
  void startTls(SSLEngine engine, Deadline deadline) throws IOException {
    EncryptedChannel encrypted = new EncryptedChannel(socket, engine);
    bytes = encrypted;
    while (true) {
      try {
        encrypted.handshake();
        return;
      } catch (NeedsReadException e) {
        await(SelectionKey.OP_READ, deadline);
      } catch (NeedsWriteException e) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  /** Reads bytes and returns their number: 0 if there are none yet, -1 at the end. */
  int read(ByteBuffer into) throws IOException {
    if (hasUnsentBytes) {
      write(ByteBuffer.allocate(0));
    }
    neededToRead = SelectionKey.OP_READ;
    try {
      return bytes.read(into);
    } catch (NeedsReadException e) {
      return 0;
    } catch (NeedsWriteException e) {
      neededToRead = SelectionKey.OP_WRITE;
      return 0;
    }
  }

  /**
   * Takes bytes to send and returns their number. With TLS the last of them may leave during a
   * later write or read.
   */
  int write(ByteBuffer from) throws IOException {
    int start = from.position();
    neededToWrite = SelectionKey.OP_WRITE;
    hasUnsentBytes = false;
    try {
      bytes.write(from);
    } catch (NeedsWriteException e) {
      hasUnsentBytes = true;
    } catch (NeedsReadException e) {
      neededToWrite = SelectionKey.OP_READ;
      hasUnsentBytes = true;
    }
    return from.position() - start;
  }

  /**
   * Does the same for a part of many requests. With TLS the last byte is a record of its own:
   * memcached reads a record in parts, and waits for more bytes from the network before it reads
   * the rest (seen on 1.6.18 and 1.6.38). The last requests would never be answered.
   */
  int writePipelined(ByteBuffer from) throws IOException {
    if (bytes == socket || from.remaining() < 2) {
      return write(from);
    }
    int end = from.limit();
    int most = from.remaining() - 1;
    from.limit(end - 1);
    int count = write(from);
    from.limit(end);
    return count < most ? count : count + write(from);
  }

  /**
   * Waits until a read or a write may succeed.
   *
   * @throws java.net.SocketTimeoutException if the deadline passes
   * @throws InterruptedIOException if this thread is interrupted
   */
  void awaitReadiness(boolean reading, boolean writing, Deadline deadline) throws IOException {
    await((reading ? neededToRead : 0) | (writing || hasUnsentBytes ? neededToWrite : 0), deadline);
  }

  private void await(int operations, Deadline deadline) throws IOException {
    key.interestOps(operations);
    int ready = selector.select(deadline.remainingMillis());
    selector.selectedKeys().clear();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
    if (ready == 0) {
      deadline.remainingMillis();
    }
  }

  /** Lets TCP find out that the server vanished without closing the connection. */
  void keepAlive() throws IOException {
    if (socket.supportedOptions().contains(StandardSocketOptions.SO_KEEPALIVE)) {
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
  }

  /** Ends the use of it by another thread, whose next read is at the end. */
  void abort() throws IOException {
    socket.shutdownInput();
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    try {
      bytes.close();
    } finally {
      socket.close();
    }
  }
}
