package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.KeyInfo;
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
  private KeyIndex latest;

  /** @param executor where servers are walked, all at the same time */
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
   * All keys of all servers, as of at most this long ago.
   *
   * @throws StoreUnavailable if a server cannot be walked
   */
  public KeyIndex index(Duration maxAge) {
    synchronized (this) {
      if (latest != null
          && latest.isComplete()
          && !latest.asOf().plus(maxAge).isBefore(clock.instant())) {
        return latest;
      }
    }
    return index();
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

  private synchronized CompletableFuture<KeyIndex> joinWalk() {
    if (underWay == null) {
      underWay = new CompletableFuture<>();
      start(underWay);
      return underWay;
    }
    if (next == null) {
      next = new CompletableFuture<>();
    }
    return next;
  }

  private void start(CompletableFuture<KeyIndex> result) {
    Instant asOf = clock.instant();
    List<CompletableFuture<Walk>> walks = keyspace.servers().stream()
        .map(server -> CompletableFuture.supplyAsync(() -> walk(server), executor))
        .toList();
    CompletableFuture.allOf(walks.toArray(CompletableFuture[]::new))
        .thenApply(done -> merge(walks.stream().map(CompletableFuture::join).toList(), asOf))
        .whenComplete((index, failure) -> finish(result, index, failure));
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
    synchronized (this) {
      latest = index;
      underWay = next;
      next = null;
      if (underWay != null) {
        start(underWay);
      }
    }
    if (failure == null) {
      result.complete(index);
    } else {
      result.completeExceptionally(
          failure instanceof CompletionException e ? e.getCause() : failure);
    }
  }

  /** What one server's walk gave. */
  private record Walk(List<KeyInfo> met, List<StoreUnavailable> failures) {}
}
