package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * One memcached server: executes requests and dialogues on its connections and translates their
 * failures. The server may go down and come back at any time. For any number of threads.
 */
final class Server implements AutoCloseable {
  private static final long UNKNOWN = -1;
  private static final int MAX_IDLE = 4;

  /** Single-key calls of as many threads take no new connections. */
  private static final int MAX_IDLE_UNSHARED = 32;

  private final ServerEndpoint endpoint;
  private final Duration timeout;
  private final ConnectionPool pool;

  /** Empty if xmemcached cannot connect: it has no TLS, no unix sockets and no passwords. */
  private final Optional<SharedConnectionHolder> shared;

  private final LossLog lossLog;
  private final ReentrantLock walkLock = new ReentrantLock(true);
  private volatile long maxItemSize = UNKNOWN;
  private volatile FeedLoss feedLoss = FeedLoss.NONE;
  private volatile boolean closed;

  /** Why it is no longer a server of the store; empty while it is one. */
  private volatile String departure = "";

  private volatile Runnable onLost = () -> {};

  /** The connections of dialogues, which end when it leaves. */
  private final Set<TextConnection> inUse = ConcurrentHashMap.newKeySet();

  /** Does not connect yet. */
  Server(
      ServerAddress address, MemcachedSettings settings, Executor background, Resolver resolver) {
    this.timeout = settings.timeout();
    this.endpoint = new ServerEndpoint(address, background, resolver);
    this.lossLog = new LossLog(endpoint.name());
    boolean isShared = settings.isShared()
        && settings.tls().isEmpty()
        && settings.credentials().isEmpty()
        && !address.isUnixSocket();
    this.pool = new ConnectionPool(
        endpoint.name(),
        new Connector(endpoint, settings.tls()),
        settings.credentials(),
        isShared ? MAX_IDLE : MAX_IDLE_UNSHARED,
        timeout,
        this::forgetMaxItemSize);
    this.shared = isShared
        ? Optional.of(new SharedConnectionHolder(
            endpoint, timeout, background, this::forgetMaxItemSize, pool::fetchMaxItemSize))
        : Optional.empty();
  }

  /** Returns the address as it is configured. */
  String name() {
    return endpoint.name();
  }

  /** Returns the host as it is configured. */
  String host() {
    return endpoint.configuredHost();
  }

  /** Returns the timeout of a response. */
  Duration timeout() {
    return timeout;
  }

  /**
   * Executes a request for a single key and returns its response.
   *
   * <p>It uses the shared connection if that is up. Otherwise it uses a pooled connection, which
   * fails with the exact reason; if it succeeds, it starts a reconnect of the shared one, if the
   * server can have one.
   *
   * @throws StoreUnavailable if the request fails
   */
  MetaResponse execute(Operation operation, MetaRequest request, Deadline deadline) {
    requirePresent(operation);
    Optional<SharedConnection> connected = shared.flatMap(SharedConnectionHolder::connected);
    if (connected.isEmpty()) {
      MetaResponse response = withConnection(operation, deadline, connection -> {
        MetaResponse received = connection.execute(request);
        request.isSuccess(received);
        return received;
      });
      shared.ifPresent(SharedConnectionHolder::reconnect);
      return response;
    }
    try {
      MetaResponse response = connected.get().execute(request, deadline);
      request.isSuccess(response);
      return response;
    } catch (SocketTimeoutException | ProtocolException e) {
      // The next responses may belong to this request, or never arrive.
      shared.get().discard(connected.get());
      pool.closeIdle();
      throw failure(operation, e);
    } catch (IOException e) {
      throw failure(operation, e);
    }
  }

  /** A dialogue with the server on one connection. */
  @FunctionalInterface
  interface Dialogue<T> {
    T conduct(TextConnection connection) throws IOException;
  }

  /**
   * Conducts a dialogue on a pooled connection, and closes the connection if it fails.
   *
   * @throws StoreUnavailable if the dialogue fails
   * @throws IllegalStateException if the store is closed
   */
  <T> T withConnection(Operation operation, Deadline deadline, Dialogue<T> dialogue) {
    requirePresent(operation);
    long begun = System.nanoTime();
    try {
      requireOpen();
      TextConnection connection = pool.acquire(deadline);
      boolean completed = false;
      try {
        T result = conduct(dialogue, connection);
        completed = true;
        lossLog.succeeded();
        return result;
      } finally {
        pool.release(connection, completed);
      }
    } catch (EOFException | SocketException e) {
      throw failure(operation, pool.explain(e, deadline));
    } catch (SocketTimeoutException e) {
      // A firewall that forgot this connection has forgotten the shared one too.
      shared.ifPresent(holder -> holder.discardIfSilentSince(begun));
      throw failure(operation, e);
    } catch (IOException e) {
      throw failure(operation, e);
    }
  }

  /**
   * Executes the requests for many items over one connection.
   *
   * @param deadline limits the connecting; {@link Pipeline} says what limits the rest
   * @throws StoreUnavailable if the connection fails or the handler does
   */
  <T> void pipeline(
      Operation operation,
      Deadline deadline,
      Iterator<? extends T> items,
      Pipeline.Handler<T> handler) {
    withConnection(operation, deadline, connection -> {
      Pipeline.execute(connection, timeout, items, handler);
      return items;
    });
  }

  /**
   * Conducts a dialogue on a new connection and closes the connection after it.
   *
   * @param deadline limits the connecting
   * @throws StoreUnavailable if the dialogue fails
   * @throws IllegalStateException if the store is closed
   */
  <T> T withNewConnection(Operation operation, Deadline deadline, Dialogue<T> dialogue) {
    requirePresent(operation);
    requireOpen();
    try (TextConnection connection = pool.open(deadline)) {
      return conduct(dialogue, connection);
    } catch (IOException e) {
      throw failure(operation, e);
    }
  }

  private <T> T conduct(Dialogue<T> dialogue, TextConnection connection) throws IOException {
    inUse.add(connection);
    try {
      if (!departure.isEmpty()) {
        throw new EOFException();
      }
      return dialogue.conduct(connection);
    } finally {
      inUse.remove(connection);
    }
  }

  /** @throws IllegalStateException if the store is closed */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  /** @throws StoreUnavailable if it is no longer a server of the store */
  private void requirePresent(Operation operation) {
    if (!departure.isEmpty()) {
      throw new StoreUnavailable(name(), operation.description(), departure);
    }
  }

  /** Calls this whenever it is found not to answer, on the caller's thread. */
  void whenLost(Runnable task) {
    onLost = task;
  }

  /**
   * Closes its connections, since it is no longer a server of the store. Calls that run or come
   * later fail with this reason.
   */
  void leave(String reason) {
    departure = reason;
    inUse.forEach(TextConnection::abort);
    pool.close();
    shared.ifPresent(SharedConnectionHolder::close);
  }

  /** Returns the server's release, as of the newest connection; empty if it names none. */
  Optional<ServerVersion> version() {
    return pool.version();
  }

  /** Returns the address that the ring hashes; see {@link ServerEndpoint#awaitCanonicalAddress}. */
  SocketAddress canonicalAddress(Operation operation, Deadline deadline) {
    try {
      return endpoint.awaitCanonicalAddress(deadline);
    } catch (IOException e) {
      throw failure(operation, e);
    }
  }

  /**
   * Runs a walk after the other walks of this store have ended: the server allows only one at a
   * time, and a walk may take long.
   *
   * @throws StoreUnavailable if this thread is interrupted while it waits
   */
  void walkExclusively(Runnable walk) {
    try {
      walkLock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Operation.of("walk"), new InterruptedIOException());
    }
    try {
      walk.run();
    } finally {
      walkLock.unlock();
    }
  }

  /** Returns the maximum size of an item in bytes; fetches it after each new connection. */
  long maxItemSize(Operation operation, Deadline deadline) {
    boolean isConnected = shared.flatMap(SharedConnectionHolder::connected).isPresent();
    long known = maxItemSize;
    if (known != UNKNOWN && isConnected) {
      return known;
    }
    if (!isConnected) {
      // Only this connection notices at once that the server was restarted, so the limit is known
      // while it is up. Bulk work alone would never open it, and fetch the limit each time.
      shared.ifPresent(SharedConnectionHolder::reconnect);
    }
    long fetched = withConnection(operation, deadline, TextConnection::fetchMaxItemSize);
    maxItemSize = fetched;
    return fetched;
  }

  /** A restarted server may have another limit. */
  private void forgetMaxItemSize() {
    maxItemSize = UNKNOWN;
  }

  /** Returns the server's time in seconds since the epoch. */
  long fetchTime(Operation operation, Deadline deadline) {
    return withConnection(
        operation, deadline, connection -> fetchStats(connection).time());
  }

  /** Returns the server's general statistics, and updates {@link #feedLoss}. */
  StatsResponse fetchStats(TextConnection connection) throws IOException {
    connection.send("stats");
    return readStats(connection);
  }

  private StatsResponse readStats(TextConnection connection) throws IOException {
    StatsResponse stats = connection.readStats();
    stats.requireNoProxy();
    feedLoss = stats.feedLoss();
    return stats;
  }

  /** Does the same, and fetches the settings in the same round trip. */
  ServerStats fetchServerStats(TextConnection connection) throws IOException {
    connection.send("stats\r\nstats settings");
    StatsResponse stats = readStats(connection);
    return stats.toServerStats(connection.readStats());
  }

  /** Returns how many changes the watchers did not get, by the last general statistics. */
  FeedLoss feedLoss() {
    return feedLoss;
  }

  /** Returns the translated failure, and logs if it means that the server is lost. */
  StoreUnavailable failure(Operation operation, IOException cause) {
    forgetMaxItemSize();
    if (!departure.isEmpty()) {
      return new StoreUnavailable(name(), operation.description(), departure, cause);
    }
    boolean interrupted =
        cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
    StoreUnavailable failure = FailureTranslator.translate(name(), operation, cause);
    if (!interrupted && !(cause instanceof ServerErrorException)) {
      lossLog.failed(failure.reason());
      onLost.run();
    }
    return failure;
  }

  @Override
  public void close() {
    closed = true;
    pool.close();
    shared.ifPresent(SharedConnectionHolder::close);
  }
}
