package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current {@link SharedConnection} to one server, and its replacement in the background. For
 * any number of threads.
 */
final class SharedConnectionHolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedConnectionHolder.class);

  private final ServerEndpoint endpoint;
  private final Duration timeout;
  private final Executor background;
  private final Runnable onNewConnection;
  private final ValueLimit valueLimit;
  private final AtomicReference<SharedConnection> current = new AtomicReference<>();
  private final AtomicBoolean reconnecting = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Does not connect yet.
   *
   * @param timeout limits the connecting
   * @param onNewConnection called before a new connection is used
   * @param valueLimit of the values that the server sends
   */
  SharedConnectionHolder(
      ServerEndpoint endpoint,
      Duration timeout,
      Executor background,
      Runnable onNewConnection,
      ValueLimit valueLimit) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.background = background;
    this.onNewConnection = onNewConnection;
    this.valueLimit = valueLimit;
  }

  /** Returns the connection if it is up, otherwise empty. */
  Optional<SharedConnection> connected() {
    return Optional.ofNullable(current.get()).filter(SharedConnection::isConnected);
  }

  /** Starts a reconnect in the background, unless one is running. */
  void reconnect() {
    if (!closed && reconnecting.compareAndSet(false, true)) {
      executeInBackground(this::replaceIfDown, () -> reconnecting.set(false));
    }
  }

  /**
   * @param fallback runs if the executor takes no task: the store is closing, or no thread can be
   *     created
   */
  private void executeInBackground(Runnable task, Runnable fallback) {
    try {
      background.execute(task);
    } catch (RejectedExecutionException e) {
      fallback.run();
    } catch (Error e) {
      fallback.run();
      throw e;
    }
  }

  private void replaceIfDown() {
    try {
      SharedConnection previous = current.get();
      if (previous == null || !previous.isConnected()) {
        replace(previous, SharedConnection.connect(endpoint.resolve(), timeout, valueLimit));
      }
    } catch (IOException e) {
      LOG.warn("Cannot open the shared connection to memcached {}", endpoint.name(), e);
    } finally {
      reconnecting.set(false);
    }
  }

  private void replace(SharedConnection previous, SharedConnection next) {
    onNewConnection.run();
    boolean replaced = current.compareAndSet(previous, next);
    close(replaced ? previous : next);
    if (closed) {
      close(current.getAndSet(null));
    }
  }

  /** Discards the connection unless it has answered since this time. */
  void discardIfSilentSince(long nanoTime) {
    connected()
        .filter(connection -> !connection.hasAnsweredSince(nanoTime))
        .ifPresent(this::discard);
  }

  /** Stops the use of a connection and closes it in the background. */
  void discard(SharedConnection connection) {
    if (current.compareAndSet(connection, null) && !closed) {
      executeInBackground(() -> close(connection), () -> close(connection));
    }
  }

  private void close(SharedConnection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        LOG.warn("Cannot close a connection to memcached {}", endpoint.name(), e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    close(current.getAndSet(null));
  }
}
