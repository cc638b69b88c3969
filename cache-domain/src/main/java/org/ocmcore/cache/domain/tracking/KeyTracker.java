package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
  private final Executor executor;
  private final Clock clock;
  private final LiveIndex live;

  private CompletableFuture<Survey> underWay;
  private CompletableFuture<Survey> next;

  /** The last that was complete, or null. */
  private KeyIndex latest;

  /** When its walk ended. */
  private Instant latestEnd;

  /** @param executor where servers are walked, all at the same time if it has threads enough */
  public KeyTracker(KeyspacePort keyspace, CachePort cache, Executor executor, Clock clock) {
    this.keyspace = keyspace;
    this.executor = executor;
    this.clock = clock;
    this.live = new LiveIndex(new Homes(keyspace.servers(), cache::place), clock);
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

  private static KeyIndex complete(Survey survey) {
    if (!survey.failures.isEmpty()) {
      throw survey.failures.get(0);
    }
    return survey.index;
  }

  /** What is known of the keys, and why some servers could not be walked. */
  public record Survey(KeyIndex index, List<StoreUnavailable> failures) {}

  /**
   * All keys of all servers, for work on them: by the change feed where one is live, and otherwise
   * by a walk that begins after this call.
   */
  public KeyIndex reliable() {
    return fresh();
  }

  /** All keys of all servers, by a walk that begins after this call. */
  public KeyIndex fresh() {
    return index();
  }

  /** The keys of those servers that can be walked, as of now, with the failures of the others. */
  public Survey survey() {
    try {
      return joinWalk().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CompletableFuture<Survey> joinWalk() {
    CompletableFuture<Survey> first = new CompletableFuture<>();
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

  private void start(CompletableFuture<Survey> result) {
    walkAll().whenComplete((index, failure) -> finish(result, index, failure));
  }

  private CompletableFuture<Survey> walkAll() {
    try {
      Instant asOf = clock.instant();
      List<CompletableFuture<List<StoreUnavailable>>> walks =
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
  private CompletableFuture<List<StoreUnavailable>> walking(String server) {
    try {
      return CompletableFuture.supplyAsync(() -> walk(server), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private List<StoreUnavailable> walk(String server) {
    int serverNumber = live.homes().number(server);
    int walk = live.beginWalk(serverNumber);
    News news = new News(live.homes());
    try {
      keyspace.walk(server, key -> {
        news.add(News.Kind.MET, key, walk);
        if (news.size() == 100_000) {
          live.merge(news);
          news.clear();
        }
      });
      live.merge(news);
      live.endWalk(serverNumber, walk);
      return List.of();
    } catch (StoreUnavailable e) {
      live.breakWalk(serverNumber);
      return List.of(e);
    }
  }

  private Survey merge(List<List<StoreUnavailable>> walks, Instant asOf) {
    List<StoreUnavailable> failures = walks.stream().flatMap(List::stream).toList();
    return new Survey(
        live.at(asOf, failures.stream().map(StoreUnavailable::getMessage).toList()), failures);
  }

  private void finish(CompletableFuture<Survey> result, Survey index, Throwable failure) {
    CompletableFuture<Survey> following;
    synchronized (this) {
      if (failure == null && index.failures.isEmpty()) {
        latest = index.index;
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
}
