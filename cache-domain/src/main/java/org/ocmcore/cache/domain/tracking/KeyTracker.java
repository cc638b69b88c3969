package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;

/**
 * Finds out which keys the servers hold, by walking them when somebody asks.
 *
 * <p>A server can be walked by one at a time. So whoever asks while a walk is under way shares the
 * next one, with everybody else who came meanwhile: an answer is never older than its question, and
 * any number of askers cause at most two walks. For any number of threads.
 */
public final class KeyTracker {
  private final KeyspacePort keyspace;
  private final CachePort cache;
  private final Executor executor;
  private final Clock clock;

  private CompletableFuture<KeyIndex> underWay;
  private CompletableFuture<KeyIndex> next;

  /** The last that was complete, or null. */
  private KeyIndex latest;

  /** When its walk ended. */
  private Instant latestEnd;

  /** @param executor where servers are walked, all at the same time if it has threads enough */
  public KeyTracker(KeyspacePort keyspace, CachePort cache, Executor executor, Clock clock) {
    this.keyspace = keyspace;
    this.cache = cache;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * All keys of all servers, as of now.
   *
   * @throws StoreUnavailable if a server cannot be walked: keys would be missing
   */
  public KeyIndex index() {
    return complete(survey());
  }

  /**
   * All keys of all servers, by a walk that ended at most this long ago: a walk that takes long is
   * of use for as long as a short one.
   *
   * @throws StoreUnavailable if a server cannot be walked
   */
  public KeyIndex index(Duration maxAge) {
    synchronized (this) {
      if (latest != null && isWithin(maxAge, latestEnd)) {
        return latest;
      }
    }
    return index();
  }

  /** Not if it seems to have ended in the future either: then the clock was set back. */
  private boolean isWithin(Duration maxAge, Instant end) {
    Duration age = Duration.between(end, clock.instant());
    return !age.isNegative() && age.compareTo(maxAge) <= 0;
  }

  private static KeyIndex complete(KeyIndex index) {
    if (!index.isComplete()) {
      throw index.failures().get(0);
    }
    return index;
  }

  /** The keys of those servers that can be walked, as of now, with the failures of the others. */
  public KeyIndex survey() {
    try {
      return joinWalk().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CompletableFuture<KeyIndex> joinWalk() {
    CompletableFuture<KeyIndex> first = new CompletableFuture<>();
    synchronized (this) {
      if (underWay != null) {
        next = next == null ? first : next;
        return next;
      }
      underWay = first;
    }
    start(first);
    return first;
  }

  private void start(CompletableFuture<KeyIndex> result) {
    walkAll().whenComplete((index, failure) -> finish(result, index, failure));
  }

  private CompletableFuture<KeyIndex> walkAll() {
    try {
      Instant asOf = clock.instant();
      List<CompletableFuture<Walk>> walks =
          keyspace.servers().stream().map(this::walking).toList();
      return CompletableFuture.allOf(walks.toArray(CompletableFuture[]::new))
          .thenApply(done -> merge(walks.stream().map(CompletableFuture::join).toList(), asOf));
    } catch (RuntimeException e) {
      // Whatever it is belongs to those who asked, and later askers must get a walk of their own.
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * If the executor refuses, the walks of other servers may be under way: only when all have ended
   * can the next begin.
   */
  private CompletableFuture<Walk> walking(String server) {
    try {
      return CompletableFuture.supplyAsync(() -> walk(server), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Walk walk(String server) {
    List<KeyInfo> met = new ArrayList<>();
    try {
      keyspace.walk(server, met::add);
      return new Walk(met, List.of());
    } catch (StoreUnavailable e) {
      return new Walk(List.of(), List.of(e));
    }
  }

  private KeyIndex merge(List<Walk> walks, Instant asOf) {
    List<KeyInfo> met = new ArrayList<>();
    List<StoreUnavailable> failures = new ArrayList<>();
    for (Walk walk : walks) {
      met.addAll(walk.met);
      failures.addAll(walk.failures);
    }
    return KeyIndex.of(met, cache::place, asOf, failures);
  }

  private void finish(CompletableFuture<KeyIndex> result, KeyIndex index, Throwable failure) {
    CompletableFuture<KeyIndex> following;
    synchronized (this) {
      if (failure == null && index.isComplete()) {
        latest = index;
        latestEnd = clock.instant();
      }
      following = next;
      underWay = following;
      next = null;
    }
    if (failure == null) {
      result.complete(index);
    } else {
      result.completeExceptionally(
          failure instanceof CompletionException e ? e.getCause() : failure);
    }
    if (following != null) {
      start(following);
    }
  }

  /** What one server's walk gave. */
  private record Walk(List<KeyInfo> met, List<StoreUnavailable> failures) {}
}
