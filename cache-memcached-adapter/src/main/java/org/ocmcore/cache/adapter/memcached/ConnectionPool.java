package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
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

  private final String server;
  private final Connector connector;
  private final Optional<Credentials> credentials;
  private final int maxIdle;
  private final Duration timeout;
  private final Runnable onStaleConnection;
  private final ConcurrentLinkedDeque<TextConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean isUnusable = new AtomicBoolean();
  private volatile Optional<ServerVersion> version = Optional.empty();
  private volatile boolean closed;

  /**
   * Opens no connection yet.
   *
   * @param server its name in the log
   * @param maxIdle the most idle connections that are kept
   * @param timeout limits the first response on a new connection
   * @param onStaleConnection called when the server has closed an idle connection by a restart
   */
  ConnectionPool(
      String server,
      Connector connector,
      Optional<Credentials> credentials,
      int maxIdle,
      Duration timeout,
      Runnable onStaleConnection) {
    this.server = server;
    this.connector = connector;
    this.credentials = credentials;
    this.maxIdle = maxIdle;
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
   * @throws ServerErrorException if the server's release is too old, if it is no memcached, or if
   *     it rejects the user
   */
  TextConnection open(Deadline deadline) throws IOException {
    try {
      TextConnection connection =
          new TextConnection(connector.open(deadline), deadline, this::fetchMaxItemSize);
      boolean usable = false;
      try {
        requireSupported(fetchVersion(connection, deadline));
        connection.setDeadline(Deadline.in(timeout));
        usable = true;
        return connection;
      } finally {
        if (!usable) {
          connection.close();
        }
      }
    } catch (ServerErrorException e) {
      logOnce(e);
      throw e;
    }
  }

  /** Returns the size of the server's largest item in bytes; asks it on a new connection. */
  long fetchMaxItemSize() throws IOException {
    try (TextConnection connection = open(Deadline.in(timeout))) {
      return connection.fetchMaxItemSize();
    }
  }

  /**
   * Returns the reason why a connection may have ended: a proxy closes it on meta commands.
   *
   * @param end returned if there is no other reason
   */
  IOException explain(IOException end, Deadline deadline) {
    if (end instanceof ConnectException) {
      return end;
    }
    try (TextConnection connection = open(deadline)) {
      if (!ForeignServer.closesOnMetaCommand(connection)) {
        return end;
      }
      ServerErrorException error = ServerErrorException.permanent(ForeignServer.TWEMPROXY);
      logOnce(error);
      return error;
    } catch (IOException e) {
      end.addSuppressed(e);
      return end;
    }
  }

  private void logOnce(ServerErrorException error) {
    if (error.isPermanent() && isUnusable.compareAndSet(false, true)) {
      LOG.error("memcached {} cannot be used: {}", server, error.getMessage());
    }
  }

  /** Sends the password only to a server that asks for it: another one would store it. */
  private String fetchVersion(TextConnection connection, Deadline deadline) throws IOException {
    try {
      return connection.fetchVersion();
    } catch (AuthenticationRequiredException e) {
      if (credentials.isEmpty()) {
        throw ServerErrorException.permanent(e.getMessage());
      }
      connection.authenticate(credentials.get());
      return connection.fetchVersion();
    } catch (EOFException | SocketException e) {
      Optional<String> reason =
          connector.isEncrypted() ? Optional.empty() : ForeignServer.probe(connector, deadline);
      if (reason.isPresent()) {
        throw ServerErrorException.permanent(reason.get());
      }
      throw e;
    }
  }

  /** Runs before any other command, because an old release would execute some commands. */
  private void requireSupported(String versionText) throws ServerErrorException {
    version = ServerVersion.parse(versionText);
    if (version.map(known -> known.isBefore(ServerVersion.OLDEST)).orElse(false)) {
      throw ServerErrorException.permanent(
          "its version %s is too old, so it gets no requests: upgrade it to memcached %s or newer"
              .formatted(version.get(), ServerVersion.OLDEST));
    }
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
      // A firewall that forgot it has forgotten the idle ones too; each costs a timeout.
      closeIdle();
      return;
    }
    isUnusable.set(false);
    if (idle.size() >= maxIdle) {
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
