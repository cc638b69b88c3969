package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.ocmcore.cache.domain.changes.ChangeStream;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Knows the keys on the servers, whichever client wrote them.
 *
 * <p>It has three sources. It learns of our own writes at once, through a {@link TrackedCache} and
 * a {@link TrackedBulk}. Feeds report changes by other clients, as far as a server offers a feed.
 * Walks over all keys, at intervals and whenever changes may have been missed, make the index
 * right. Expired keys vanish by themselves.
 *
 * <p>Before {@link #start} it does nothing by itself and walks the servers on each request. Safe
 * for use by any number of threads.
 */
public final class KeyTracker implements AutoCloseable {
  /** If the last health check is older than this, something is wrong. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** Whoever asks for the state of the servers is helped by what is known so far. */
  private static final Duration SURVEY_PATIENCE = Duration.ofSeconds(2);

  private final LiveIndex live;
  private final ChangeStream changes;
  private final TrackedServers servers;
  private final IndexPurge purge;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Instant createdAt;

  private boolean started;
  private boolean closed;
  private Instant lastCheck = Instant.MIN;
  private Scheduler.Scheduled nextCheck = () -> {};

  /**
   * @param cache knows where each key belongs, to choose between copies on several servers
   * @param executor for walks and feeds; it must have a thread for every task or run tasks on the
   *     caller's thread
   */
  public KeyTracker(
      KeyspacePort keyspace,
      CachePort cache,
      Executor executor,
      Scheduler scheduler,
      Clock clock,
      TrackingPolicy policy,
      TrackingEvents events) {
    List<String> present = keyspace.servers();
    this.live = new LiveIndex(present, cache::place, clock, policy.maxBytes());
    this.changes = new ChangeStream(keyspace.isInProcess());
    this.purge = new IndexPurge(live, clock);
    this.scheduler = scheduler;
    this.clock = clock;
    this.createdAt = clock.instant();
    this.servers = new TrackedServers(
        present,
        keyspace::servers,
        live,
        server -> new TrackedServer(
            changes.source(server), keyspace, live, executor, scheduler, clock, policy, events),
        joined -> {
          if (isStarted()) {
            joined.checkHealth();
          }
        });
  }

  /** Starts to follow and to walk the servers, until this is closed. */
  public void start() {
    synchronized (this) {
      started = true;
    }
    checkAll();
  }

  private void checkAll() {
    synchronized (this) {
      if (closed) {
        return;
      }
      lastCheck = clock.instant();
      nextCheck = scheduler.after(CHECK_INTERVAL, this::checkAll);
    }
    servers.present().forEach(TrackedServer::checkHealth);
    purge.run();
  }

  /**
   * Resumes the health checks after an Error has interrupted them, such as memory that ran out
   * once. Otherwise nobody would check the servers any more.
   */
  private void resumeChecks() {
    synchronized (this) {
      if (!started || closed || clock.instant().isBefore(lastCheck.plus(LONGEST_PAUSE))) {
        return;
      }
      nextCheck.cancel();
    }
    checkAll();
  }

  private synchronized boolean isStarted() {
    return started;
  }

  /**
   * The keys as they are known now. Waits only for servers that were not walked since they were
   * restarted, flushed or out of reach.
   *
   * @throws StoreUnavailable if a server is out of reach, or if its walk takes longer than the
   *     policy's patience plus four times its last walk. If a server does not allow walks, the
   *     index contains the keys that were written here and says so
   */
  public KeyIndex index() {
    return index(Optional.empty(), () -> {});
  }

  /**
   * The same for the keys of one server; the others need not answer. All servers if empty. The
   * checkpoint runs several times a second during a wait, and throws to end it.
   */
  public KeyIndex index(Optional<String> server, Runnable checkpoint) {
    if (!isStarted()) {
      return fresh(server, checkpoint);
    }
    resumeChecks();
    List<TrackedServer> asked = servers.present(server);
    requireNone(
        server.isPresent()
            ? WalkWait.failures(asked, TrackedServer::whenKnown, checkpoint)
            : WalkWait.failuresWithoutJoining(asked, TrackedServer::whenKnown, checkpoint));
    return snapshot(asked);
  }

  private static void requireNone(List<StoreUnavailable> failures) {
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  /**
   * All keys of all servers, by walks that begin after this call.
   *
   * @throws StoreUnavailable if a server cannot be walked, or not within the time of {@link #index}
   */
  public KeyIndex fresh() {
    return fresh(Optional.empty(), () -> {});
  }

  /** The same as {@link #index(Optional, Runnable)}. A walk goes on if the wait is ended. */
  public KeyIndex fresh(Optional<String> server, Runnable checkpoint) {
    return await(server, TrackedServer::walk, checkpoint);
  }

  /**
   * All keys of all servers, for a change of them: by feeds where these are live, otherwise by
   * walks that begin after this call.
   *
   * @throws StoreUnavailable as {@link #fresh}
   */
  public KeyIndex reliable() {
    return reliable(Optional.empty(), () -> {});
  }

  /** The same as {@link #fresh(Optional, Runnable)}. */
  public KeyIndex reliable(Optional<String> server, Runnable checkpoint) {
    return await(server, TrackedServer::whenFollowed, checkpoint);
  }

  private KeyIndex await(
      Optional<String> server,
      Function<TrackedServer, CompletableFuture<Void>> ready,
      Runnable checkpoint) {
    resumeChecks();
    List<TrackedServer> asked = servers.present(server);
    requireNone(WalkWait.failures(asked, ready, checkpoint));
    return snapshot(asked);
  }

  /**
   * The known keys, the state of each server, and the failures of servers whose keys are missing.
   * It waits two seconds at most for keys that are being listed; as long as {@link #index} if this
   * is not started.
   */
  public Survey survey() {
    List<TrackedServer> asked = servers.present();
    List<StoreUnavailable> waited = isStarted()
        ? WalkWait.failuresWithoutJoining(asked, TrackedServer::whenKnown, SURVEY_PATIENCE)
        : WalkWait.failuresWithoutJoining(asked, TrackedServer::walk, () -> {});
    List<StoreUnavailable> failures =
        waited.stream().filter(failure -> !failure.isRefusal()).toList();
    return survey(asked, failures);
  }

  /** The same as {@link #survey}, as it is known now: it waits for nothing and has no failures. */
  public Survey known() {
    return survey(servers.present(), List.of());
  }

  private Survey survey(List<TrackedServer> asked, List<StoreUnavailable> failures) {
    KeyIndex index = snapshot(asked);
    Map<String, Long> keys = index.keysByServer(clock.instant());
    return new Survey(
        index,
        failures,
        asked.stream()
            .map(server -> server.tracking(keys.getOrDefault(server.name(), 0L)))
            .toList());
  }

  /**
   * The known keys and the state of each server.
   *
   * @param failures why the keys of some servers are missing; empty if none are. Servers that do
   *     not allow walks are among the {@link KeyIndex#gaps} instead
   * @param servers in the order of configuration
   */
  public record Survey(
      KeyIndex index, List<StoreUnavailable> failures, List<ServerTracking> servers) {
    public Survey {
      failures = List.copyOf(failures);
      servers = List.copyOf(servers);
    }
  }

  /** What is known of a key, of one of its copies; empty if the key is unknown. Does not wait. */
  public Optional<KeyInfo> known(CacheKey key) {
    return live.snapshot(createdAt, List.of()).find(key, clock.instant());
  }

  /** The servers in the order of configuration. */
  public List<String> servers() {
    return servers.names();
  }

  /** The known copies of a key, one for each server that holds it. Does not wait. */
  public List<KeyInfo> copies(CacheKey key) {
    return live.snapshot(createdAt, List.of()).copies(key, clock.instant());
  }

  /**
   * The servers that may hold keys which the index lacks, since their changes are not followed; see
   * {@link #reliable}. Does not wait.
   */
  public List<String> unfollowed() {
    return servers.present().stream()
        .filter(server -> !server.isFollowed())
        .map(TrackedServer::name)
        .toList();
  }

  /** All keys, with the freshness of these servers. */
  private KeyIndex snapshot(List<TrackedServer> asked) {
    Instant asOf = asked.stream()
        .flatMap(server -> server.asOf().stream())
        .min(Instant::compareTo)
        .orElse(createdAt);
    return live.snapshot(
        asOf, asked.stream().flatMap(server -> server.gap().stream()).toList());
  }

  /** The changes that are reported while this is started. */
  public ChangeStream changes() {
    return changes;
  }

  LiveIndex live() {
    return live;
  }

  /** Removes all keys from all servers by this task. */
  void clear(Runnable clearing) {
    List<TrackedServer> cleared = servers.present();
    cleared.forEach(TrackedServer::flushing);
    boolean done = false;
    try {
      clearing.run();
      done = true;
    } finally {
      endClear(cleared, done);
    }
  }

  /** Every server, even if one of them fails. */
  private static void endClear(List<TrackedServer> cleared, boolean isDone) {
    Throwable failure = null;
    for (TrackedServer server : cleared) {
      try {
        server.flushed(isDone);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Our own work on many keys of a server. If there is no such server, nobody looks at it. */
  OwnWork work(String server) {
    return servers.present(Optional.of(server)).stream()
        .findFirst()
        .map(TrackedServer::work)
        .orElseGet(OwnWork::new);
  }

  /** Something unknown may have happened to the keys of a server: walks it. */
  void doubt(String server) {
    servers.present().stream()
        .filter(tracked -> tracked.name().equals(server))
        .forEach(tracked -> tracked.walkAtOnce("work on many of its keys broke off"));
  }

  /** Ends feeds, walks and health checks. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      nextCheck.cancel();
    }
    servers.close();
  }
}
