package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text connections to one server. Each is used by one caller at a time, and a few idle ones are
 * kept for the next callers. For any number of threads.
 */
final class ConnectionPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
  private static final int MAX_IDLE = 4;

  private final ServerEndpoint endpoint;
  private final Duration timeout;
  private final Runnable onStaleConnection;
  private final ConcurrentLinkedDeque<TextConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean isUnsupported = new AtomicBoolean();
  private volatile Optional<ServerVersion> version = Optional.empty();
  private volatile boolean closed;

  /**
   * Opens no connection yet.
   *
   * @param timeout limits the first response on a new connection
   * @param onStaleConnection called when the server has closed an idle connection, as it does when
   *     it restarts
   */
  ConnectionPool(ServerEndpoint endpoint, Duration timeout, Runnable onStaleConnection) {
    this.endpoint = endpoint;
    this.timeout = timeout;
    this.onStaleConnection = onStaleConnection;
  }

  /**
   * Returns an idle connection, or a new one.
   *
   * @param deadline limits the connecting; an idle connection keeps it
   */
  TextConnection acquire(Deadline deadline) throws IOException {
    for (TextConnection pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
      if (pooled.isReusable()) {
        pooled.setDeadline(deadline);
        return pooled;
      }
      onStaleConnection.run();
      pooled.close();
    }
    return open(deadline);
  }

  /**
   * Opens a connection that the pool does not keep.
   *
   * <p>The timeout limits the first response of the caller, which may set other deadlines.
   *
   * @param deadline limits the connecting
   * @throws ServerErrorException if the server's release is too old
   */
  TextConnection open(Deadline deadline) throws IOException {
    TextConnection connection = TextConnection.open(endpoint.awaitAddress(deadline), deadline);
    boolean usable = false;
    try {
      requireSupported(connection.fetchVersion());
      connection.setDeadline(Deadline.in(timeout));
      usable = true;
      return connection;
    } finally {
      if (!usable) {
        connection.close();
      }
    }
  }

  /** Runs before any other command, because an old release would execute some commands. */
  private void requireSupported(String versionText) throws ServerErrorException {
    version = ServerVersion.parse(versionText);
    boolean isTooOld =
        version.map(known -> known.isBefore(ServerVersion.OLDEST)).orElse(false);
    if (isTooOld) {
      ServerErrorException error = ServerErrorException.permanent(
          "its version %s is too old, so it gets no requests: upgrade it to memcached %s or newer"
              .formatted(version.get(), ServerVersion.OLDEST));
      if (isUnsupported.compareAndSet(false, true)) {
        LOG.error("memcached {} cannot be used: {}", endpoint.name(), error.getMessage());
      }
      throw error;
    }
    isUnsupported.set(false);
  }

  /** Returns the server's release, as of the newest connection; empty if it names none. */
  Optional<ServerVersion> version() {
    return version;
  }

  /**
   * Takes a connection back.
   *
   * @param reusable false if its last dialogue failed, which closes it and all idle ones
   */
  void release(TextConnection connection, boolean reusable) {
    if (!reusable) {
      connection.close();
      // What ended it, such as a firewall that forgot it, has probably ended the idle ones too, and
      // each would take its caller the whole timeout.
      closeIdle();
      return;
    }
    if (idle.size() >= MAX_IDLE) {
      connection.close();
      return;
    }
    idle.push(connection);
    if (closed) {
      closeIdle();
    }
  }

  /** Closes the idle connections: the next callers open new ones. */
  void closeIdle() {
    for (TextConnection pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
      pooled.close();
    }
  }

  /** Closes the idle connections now and the others when they are released. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }
}
