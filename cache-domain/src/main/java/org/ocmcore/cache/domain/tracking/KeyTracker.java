package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Knows which keys the servers hold, whoever wrote them.
 *
 * <p>Three sources keep it right: our own writes, through a {@link TrackedCache}, are known at
 * once; the servers' feeds of changes make it fresh, as far as a server offers one; and walks over
 * all keys, from time to time and whenever something may have been missed, are the truth. Expired
 * keys vanish by themselves.
 *
 * <p>Until it is {@link #start started} it does nothing by itself and walks whenever it is asked.
 * For any number of threads.
 */
public final class KeyTracker implements AutoCloseable {
  /** After so long without a beat something is wrong. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private static final int PAUSE_PER_PURGE = 20;

  private final LiveIndex live;
  private final List<TrackedServer> servers = new ArrayList<>();
  private final Scheduler scheduler;
  private final Clock clock;
  private final Instant createdAt;

  private boolean started;
  private boolean closed;
  private Instant lastCheck = Instant.MIN;
  private Scheduler.Scheduled nextCheck = () -> {};
  private Instant purgeDue = Instant.MIN;

  /**
   * @param cache tells where a key belongs, to choose between copies of it on several servers
   * @param executor where servers are walked and followed; it must have a thread for whatever it is
   *     given, or take the caller's
   */
  public KeyTracker(
      KeyspacePort keyspace,
      CachePort cache,
      Executor executor,
      Scheduler scheduler,
      Clock clock,
      TrackingPolicy policy,
      TrackingEvents events) {
    this.live = new LiveIndex(keyspace.servers(), cache::place, clock, policy.maxBytes());
    this.scheduler = scheduler;
    this.clock = clock;
    this.createdAt = clock.instant();
    for (String server : keyspace.servers()) {
      servers.add(
          new TrackedServer(server, keyspace, live, executor, scheduler, clock, policy, events));
    }
  }

  /** Begins to follow and to walk the servers, until this is closed. */
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
    servers.forEach(TrackedServer::checkHealth);
    purge();
  }

  /**
   * Goes on where an Error has kept the last beat from being followed by another, such as memory
   * that ran out for once: nobody would look after the servers any more, and nobody would notice.
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

  /** It takes at most a twentieth of the time. */
  private void purge() {
    Instant begin = clock.instant();
    synchronized (this) {
      if (begin.isBefore(purgeDue)) {
        return;
      }
      purgeDue = Instant.MAX;
    }
    try {
      live.purge();
    } finally {
      Instant end = clock.instant();
      synchronized (this) {
        purgeDue = end.plus(Duration.between(begin, end).multipliedBy(PAUSE_PER_PURGE));
      }
    }
  }

  private synchronized boolean isStarted() {
    return started;
  }

  /**
   * The keys as they are known now. It waits only for servers that have not been walked since they
   * were restarted, flushed or out of reach.
   *
   * @throws StoreUnavailable if a server is out of reach, or is not walked within the policy's
   *     patience and four times the length of its last walk: keys would be missing. Of a server
   *     that cannot be walked at all, those keys are known that were written here; the index says
   *     so
   */
  public KeyIndex index() {
    return isStarted() ? await(TrackedServer::whenKnown) : fresh();
  }

  /**
   * All keys of all servers, by walks that begin after this call.
   *
   * @throws StoreUnavailable if a server cannot be walked, or is not in the time that
   *     {@link #index} waits
   */
  public KeyIndex fresh() {
    return await(TrackedServer::walk);
  }

  /**
   * All keys of all servers, for work on them: by the feeds of changes where they are live, and
   * otherwise by walks that begin after this call.
   *
   * @throws StoreUnavailable as {@link #fresh}
   */
  public KeyIndex reliable() {
    return await(
        server -> server.isFollowed() ? CompletableFuture.completedFuture(null) : server.walk());
  }

  private KeyIndex await(Function<TrackedServer, CompletableFuture<Void>> ready) {
    resumeChecks();
    List<StoreUnavailable> failures = failures(ready);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return snapshot();
  }

  /** What is known of the keys, and which servers' are missing. */
  public Survey survey() {
    List<StoreUnavailable> failures =
        failures(isStarted() ? TrackedServer::whenKnown : TrackedServer::walk).stream()
            .filter(failure -> !failure.isRefusal())
            .toList();
    KeyIndex index = snapshot();
    long[] keys = index.keysByServer(clock.instant());
    List<ServerTracking> tracking = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      tracking.add(servers.get(i).tracking(keys[i]));
    }
    return new Survey(index, failures, tracking);
  }

  /**
   * What is known of the keys.
   *
   * @param failures why some servers' keys are not known; empty if all are, but for those that are
   *     {@link KeyIndex#gaps} since their server does not allow it
   * @param servers how the keys of each server are tracked, in the order of configuration
   */
  public record Survey(
      KeyIndex index, List<StoreUnavailable> failures, List<ServerTracking> servers) {
    public Survey {
      failures = List.copyOf(failures);
      servers = List.copyOf(servers);
    }
  }

  /**
   * How many bytes the item took when it was last heard of; 0 if the key is not known. Waits for
   * nothing.
   */
  public long sizeOf(CacheKey key) {
    return live.snapshot(createdAt, List.of())
        .find(key, clock.instant())
        .map(KeyInfo::size)
        .orElse(0L);
  }

  private KeyIndex snapshot() {
    Instant asOf = servers.stream()
        .flatMap(server -> server.asOf().stream())
        .min(Instant::compareTo)
        .orElse(createdAt);
    return live.snapshot(
        asOf, servers.stream().flatMap(server -> server.gap().stream()).toList());
  }

  private List<StoreUnavailable> failures(Function<TrackedServer, CompletableFuture<Void>> ready) {
    List<CompletableFuture<Void>> waiting = servers.stream().map(ready).toList();
    long begin = System.nanoTime();
    List<StoreUnavailable> failures = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      failure(servers.get(i), waiting.get(i), begin).ifPresent(failures::add);
    }
    return failures;
  }

  private static Optional<StoreUnavailable> failure(
      TrackedServer server, CompletableFuture<Void> ready, long begin) {
    try {
      await(server, ready, begin);
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailable unavailable) {
        return Optional.of(unavailable);
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      return Optional.of(server.unavailable("its keys are still being listed; try again later"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(server.unavailable("interrupted while its keys are listed"));
    }
  }

  private static void await(TrackedServer server, CompletableFuture<Void> ready, long begin)
      throws ExecutionException, TimeoutException, InterruptedException {
    Duration patience = server.patience();
    while (true) {
      long left = patience.toNanos() - (System.nanoTime() - begin);
      try {
        ready.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        // A first walk may have ended meanwhile, and told how long walks of this server take.
        Duration now = server.patience();
        if (now.compareTo(patience) <= 0) {
          throw e;
        }
        patience = now;
      }
    }
  }

  LiveIndex live() {
    return live;
  }

  /** Has all keys of all servers removed by this. */
  void clear(Runnable clearing) {
    servers.forEach(TrackedServer::flushing);
    boolean done = false;
    try {
      clearing.run();
      done = true;
    } finally {
      boolean areCleared = done;
      servers.forEach(server -> server.flushed(areCleared));
    }
  }

  /** Something may have happened to the keys of a server that we do not know. */
  void doubt(String server) {
    servers.stream()
        .filter(tracked -> tracked.name().equals(server))
        .forEach(tracked -> tracked.walkAtOnce("work on many of its keys broke off"));
  }

  /** Ends all that goes on by itself. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      nextCheck.cancel();
    }
    servers.forEach(TrackedServer::close);
  }
}
