package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One memcached server and our connections to it, which come and go with it. For any number of
 * threads.
 */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final int IDLE_CONNECTIONS = 4;
  private static final long UNKNOWN = -1;

  private final ServerAddress address;
  private final Duration timeout;
  private final Executor background;
  private final Resolver resolver;
  private final LookUp canonical;
  private final ConcurrentLinkedDeque<TextConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean reviving = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final AtomicReference<SharedConnection> multiplexer = new AtomicReference<>();
  private final AtomicBoolean tooOld = new AtomicBoolean();
  private final ReentrantLock walking = new ReentrantLock(true);
  private volatile long itemLimit = UNKNOWN;
  private volatile Optional<ServerVersion> version = Optional.empty();
  private volatile FeedLoss untoldChanges = FeedLoss.NONE;
  private volatile boolean closed;

  /** Does not connect yet. */
  Server(ServerAddress address, Duration timeout, Executor background, Resolver resolver) {
    this.address = address;
    this.timeout = timeout;
    this.background = background;
    this.resolver = resolver;
    this.canonical = new LookUp(background, this::canonicalAddress);
  }

  /** The address as it was configured. */
  String name() {
    return address.text();
  }

  /** The host as it was configured. */
  String host() {
    return address.host();
  }

  Duration timeout() {
    return timeout;
  }

  /**
   * Asks about a single key, over the shared connection if that is up. If not, over one of our own,
   * which tells exactly what is wrong and, if nothing is, has the shared one replaced.
   */
  MetaResponse ask(Operation operation, MetaRequest request, Deadline deadline) {
    SharedConnection shared = multiplexer.get();
    if (shared == null || !shared.isConnected()) {
      MetaResponse answer = converse(operation, deadline, connection -> {
        MetaResponse given = connection.ask(request);
        request.isGranted(given);
        return given;
      });
      revive();
      return answer;
    }
    try {
      MetaResponse answer = shared.ask(request, deadline);
      request.isGranted(answer);
      return answer;
    } catch (SocketTimeoutException | ProtocolException e) {
      // Later answers could be those to this request, or never come.
      discard(shared);
      throw failed(operation, e);
    } catch (IOException e) {
      throw failed(operation, e);
    }
  }

  /** A dialogue on a connection of our own. */
  @FunctionalInterface
  interface Dialogue<T> {
    T with(TextConnection connection) throws IOException;
  }

  /** Holds a dialogue; whatever fails in it is translated, and the connection then closed. */
  <T> T converse(Operation operation, Deadline deadline, Dialogue<T> dialogue) {
    try {
      TextConnection connection = connection(deadline);
      boolean done = false;
      try {
        T result = dialogue.with(connection);
        done = true;
        if (lost.compareAndSet(true, false)) {
          LOG.info("memcached {} is back", name());
        }
        return result;
      } finally {
        release(connection, done);
      }
    } catch (IOException e) {
      throw failed(operation, e);
    }
  }

  /**
   * Works on many items over one connection, if there are any.
   *
   * @param deadline for the connection; see {@link Pipeline} for what follows
   */
  <T> void pipeline(
      Operation operation,
      Deadline deadline,
      Iterator<? extends T> items,
      Pipeline.Handler<T> work) {
    converse(operation, deadline, connection -> {
      new Pipeline<>(connection, timeout, items, work).run();
      return items;
    });
  }

  /**
   * Holds a dialogue on a connection that nobody had before, and nobody has afterwards; whatever
   * fails in it is translated.
   *
   * @param deadline for the connection, and until the dialogue sets another
   */
  <T> T converseAlone(Operation operation, Deadline deadline, Dialogue<T> dialogue) {
    requireOpen();
    try (TextConnection connection = connect(deadline)) {
      return dialogue.with(connection);
    } catch (IOException e) {
      throw failed(operation, e);
    }
  }

  /** @throws IllegalStateException if it is closed */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
  }

  private TextConnection connection(Deadline deadline) throws IOException {
    requireOpen();
    for (TextConnection pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
      if (pooled.isQuiet()) {
        pooled.setDeadline(deadline);
        return pooled;
      }
      itemLimit = UNKNOWN;
      pooled.close();
    }
    return connect(deadline);
  }

  private TextConnection connect(Deadline deadline) throws IOException {
    TextConnection connection =
        TextConnection.open(new LookUp(background, this::socketAddress).await(deadline), deadline);
    boolean usable = false;
    try {
      requireUsable(connection.version());
      usable = true;
      return connection;
    } finally {
      if (!usable) {
        connection.close();
      }
    }
  }

  /** Before anything else is sent: of a release that is too old some commands would work. */
  private void requireUsable(String named) throws ServerErrorException {
    version = ServerVersion.parse(named);
    boolean isTooOld =
        version.map(known -> known.isBefore(ServerVersion.OLDEST)).orElse(false);
    if (isTooOld) {
      ServerErrorException refusal = ServerErrorException.lasting(
          "its version %s is too old, and nothing is asked of it: upgrade it to memcached %s or newer"
              .formatted(version.get(), ServerVersion.OLDEST));
      if (tooOld.compareAndSet(false, true)) {
        LOG.error("memcached {} cannot be used: {}", name(), refusal.getMessage());
      }
      throw refusal;
    }
    tooOld.set(false);
  }

  /** The release that runs there, as of the newest connection; empty if it names none. */
  Optional<ServerVersion> version() {
    return version;
  }

  private void release(TextConnection connection, boolean reusable) {
    if (!reusable || idle.size() >= IDLE_CONNECTIONS) {
      connection.close();
      return;
    }
    idle.push(connection);
    if (closed) {
      closeIdle();
    }
  }

  private void closeIdle() {
    for (TextConnection pooled = idle.poll(); pooled != null; pooled = idle.poll()) {
      pooled.close();
    }
  }

  /**
   * The address under which xmemcached knows this server: for an IP address that was configured, a
   * name is looked up, and an address for that again. Once known, it stays.
   */
  InetSocketAddress canonical(Operation operation, Deadline deadline) {
    try {
      return canonical.await(deadline);
    } catch (IOException e) {
      throw failed(operation, e);
    }
  }

  private InetSocketAddress canonicalAddress() {
    InetSocketAddress direct = socketAddress();
    return direct.isUnresolved() ? direct : resolver.resolve(direct.getHostName(), address.port());
  }

  private InetSocketAddress socketAddress() {
    return resolver.resolve(address.host(), address.port());
  }

  /**
   * Walks when no other walk of ours is under way: the server allows one at a time, and they may
   * take long.
   *
   * @throws StoreUnavailable if this thread is interrupted while it waits
   */
  void inTurn(Runnable walk) {
    try {
      walking.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(Operation.of("walk"), new InterruptedIOException());
    }
    try {
      walk.run();
    } finally {
      walking.unlock();
    }
  }

  /** Has a new shared connection made, one at a time, unless there is one that works. */
  private void revive() {
    if (!closed && reviving.compareAndSet(false, true)) {
      inBackground(this::replaceIfLost, () -> reviving.set(false));
    }
  }

  /** @param otherwise is done if there are no threads any more, since the store is being closed */
  private void inBackground(Runnable work, Runnable otherwise) {
    try {
      background.execute(work);
    } catch (RejectedExecutionException e) {
      otherwise.run();
    } catch (Error e) {
      // For example, there is no memory for a thread.
      otherwise.run();
      throw e;
    }
  }

  private void replaceIfLost() {
    try {
      SharedConnection shared = multiplexer.get();
      if (shared == null || !shared.isConnected()) {
        replace(shared, SharedConnection.connect(socketAddress(), timeout));
      }
    } catch (IOException e) {
      LOG.warn("no shared connection to memcached {}", name(), e);
    } finally {
      reviving.set(false);
    }
  }

  private void replace(SharedConnection dead, SharedConnection fresh) {
    itemLimit = UNKNOWN;
    boolean taken = multiplexer.compareAndSet(dead, fresh);
    close(taken ? dead : fresh);
    if (closed) {
      close(multiplexer.getAndSet(null));
    }
  }

  private void discard(SharedConnection shared) {
    if (multiplexer.compareAndSet(shared, null) && !closed) {
      inBackground(() -> close(shared), () -> close(shared));
    }
  }

  private void close(SharedConnection shared) {
    if (shared != null) {
      try {
        shared.close();
      } catch (IOException e) {
        LOG.warn("cannot close a connection to memcached {}", name(), e);
      }
    }
  }

  /** The most bytes that an item may take on this server, asked once for each connection. */
  long itemLimit(Operation operation, Deadline deadline) {
    SharedConnection shared = multiplexer.get();
    long known = itemLimit;
    if (known != UNKNOWN && shared != null && shared.isConnected()) {
      return known;
    }
    long limit = converse(
        operation,
        deadline,
        connection -> connection.stats("stats settings").number("item_size_max"));
    itemLimit = limit;
    return limit;
  }

  /** The server's clock, in seconds since the epoch. */
  long time(Operation operation, Deadline deadline) {
    return converse(operation, deadline, connection -> report(connection).time());
  }

  /** What the server tells of itself. */
  ServerReport report(TextConnection connection) throws IOException {
    ServerReport report = connection.stats("stats");
    untoldChanges = report.untoldChanges();
    return report;
  }

  /** How many changes the server has not told its watchers, by its last report. */
  FeedLoss untoldChanges() {
    return untoldChanges;
  }

  StoreUnavailable failed(Operation operation, IOException cause) {
    itemLimit = UNKNOWN;
    boolean interrupted =
        cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
    StoreUnavailable failure = Failures.unavailable(name(), operation, cause);
    if (!interrupted
        && !(cause instanceof ServerErrorException)
        && lost.compareAndSet(false, true)) {
      LOG.warn("memcached {} is lost: {}", name(), failure.reason());
    }
    return failure;
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
    close(multiplexer.getAndSet(null));
  }
}
