package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Sends requests over one connection and handles the responses while it sends more. It never waits
 * for only one direction, so full network buffers cannot block it.
 *
 * <p>The timeout limits how long the server may neither receive nor send a byte. The time that the
 * subclass takes does not count. For one thread; use each instance once.
 */
abstract class Exchange {
  /**
   * The maximum number of bytes of requests and responses in flight; a single larger item is in
   * flight alone. A fast network carries this much in a fifth of a second.
   */
  static final long WINDOW_BYTES = 8 * 1024 * 1024;

  private final TextConnection connection;
  private final Duration timeout;
  final OutputBuffer output;

  Exchange(TextConnection connection, Duration timeout) {
    this.connection = connection;
    this.timeout = timeout;
    this.output = connection.output();
  }

  /** Sends all requests; returns after the last response is handled. */
  final void execute() throws IOException {
    boolean hasProgress = true;
    while (!isEnded()) {
      requireUninterrupted();
      // Before the send, which fails if the server has closed the connection: the server's last
      // line may say why.
      int received = connection.receiveAvailable();
      handleResponses();
      writeRequests();
      int sent = output.send(connection::sendAvailable);
      boolean hasMoved = received > 0 || sent > 0;
      hasProgress |= hasMoved;
      if (!hasMoved && (isAwaitingResponse() || !output.isEmpty())) {
        if (hasProgress) {
          connection.setDeadline(Deadline.in(timeout));
          hasProgress = false;
        }
        connection.awaitReadiness(!output.isEmpty());
      }
    }
  }

  /** Checks the flag here because a fast server never makes this thread wait. */
  static void requireUninterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException();
    }
  }

  /** Returns whether the last response is handled. */
  abstract boolean isEnded();

  /** Returns whether a request was written whose response has not arrived. */
  abstract boolean isAwaitingResponse();

  /** Handles what has arrived. */
  abstract void handleResponses() throws IOException;

  /** Writes requests while the buffer and the window have room. */
  abstract void writeRequests();

  /**
   * Returns the next response if all of it has arrived, otherwise null.
   *
   * @param opaque the opaque of its request, or one of the constants of {@link MetaResponseParser}
   * @param key the key that it repeats, or null
   */
  final MetaResponse pollResponse(long opaque, CacheKey key) throws IOException {
    return connection.input().pollResponse(opaque, key);
  }

  /**
   * Checks that the request of a response was sent.
   *
   * @param end where the line of the request ends, in bytes since the first request
   */
  final void requireSent(long end) throws ProtocolException {
    if (end > output.sent()) {
      throw ProtocolException.withDetail("a response before its request");
    }
  }

  /** Returns the opaque of the last response. */
  final long lastOpaque() {
    return connection.input().lastOpaque();
  }

  /** Checks that the last response is about this key. */
  final void requireKey(CacheKey key) throws ProtocolException {
    connection.input().requireKey(key);
  }

  /** Checks that nothing has arrived that belongs to no request. */
  final void requireNothingMore() throws IOException {
    if (!connection.input().isEmpty()) {
      // Throws the server's own error if these bytes are one.
      pollResponse(MetaResponseParser.NO_OPAQUE, null);
      throw ProtocolException.withoutRequest();
    }
  }
}
