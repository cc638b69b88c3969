package org.ocmcore.cache.domain.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.Store;

/** Builds a {@link Cache}; get it from {@link Cache#builder}. For one thread. */
public final class CacheBuilder {
  private final Store store;
  private Optional<Codec> codec = Optional.empty();
  private Optional<Compression> compression = Optional.empty();
  private int compressAbove = Integer.MAX_VALUE;
  private Unavailable onUnavailable = Unavailable.THROW;
  private Optional<Executor> executor = Optional.empty();
  private Optional<Near> near = Optional.empty();

  private record Near(NearMap map, Duration maxAge) {}

  CacheBuilder(Store store) {
    this.store = Objects.requireNonNull(store, "store");
  }

  /**
   * Converts values that are not text, bytes, numbers or booleans. Without it they are rejected.
   */
  public CacheBuilder codec(Codec converter) {
    codec = Optional.of(converter);
    return this;
  }

  /**
   * Compresses values of more than this number of bytes, unless that makes them larger. Clients
   * that do not know the flags of the compression cannot read such values.
   *
   * @param way {@link Compression#zlib}, or another
   * @param bytes at least 0
   * @throws IllegalArgumentException if it is negative
   */
  public CacheBuilder compressAbove(int bytes, Compression way) {
    if (bytes < 0) {
      throw new IllegalArgumentException("compressAbove: " + bytes + " bytes are less than 0");
    }
    compression = Optional.of(way);
    compressAbove = bytes;
    return this;
  }

  /** What happens if a server cannot be reached; {@link Unavailable#THROW} if not called. */
  public CacheBuilder onUnavailable(Unavailable policy) {
    onUnavailable = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * Runs what {@link Cache#async} begins; the caller ends it. Without it, up to
   * {@value AsyncExecutor#THREADS} daemon threads start as they are needed.
   */
  public CacheBuilder executor(Executor threads) {
    executor = Optional.of(threads);
    return this;
  }

  /**
   * Keeps values in this process, so that most reads ask no server. {@link Cache#getVersioned} and
   * everything that writes or walks always ask the servers.
   *
   * <p>After a write by this cache, no later read of this cache finds an older value. Changes of
   * others are seen after {@code maxAge} or one second, whichever is shorter. Where a server's feed
   * reports all stores and deletions, the feed makes them visible at once, and values are kept up
   * to {@code maxAge}. A value that memcached can increment is always kept for a second at most,
   * and none is kept longer than its item lives. If a server cannot be reached, its near values are
   * still found until they end.
   *
   * <p>The cache follows each server on two daemon threads until it is closed. A server has room
   * for 20 followers.
   *
   * @param map of this cache alone, {@code MemoryNearMap} for example
   * @param maxAge the longest time that a value is found after it was read from its server; more
   *     than zero, at most ten years
   * @throws IllegalArgumentException if the age is not within these limits
   */
  public CacheBuilder nearCache(NearMap map, Duration maxAge) {
    Objects.requireNonNull(map, "map");
    if (maxAge.isNegative() || maxAge.isZero() || maxAge.compareTo(Lifetime.MAX) > 0) {
      throw new IllegalArgumentException(
          "maxAge: %s is not more than zero and at most ten years".formatted(maxAge));
    }
    near = Optional.of(new Near(map, maxAge));
    return this;
  }

  /** The cache. Closing it closes the store. Does not wait for any server. */
  public Cache build() {
    Pause pause = time -> Thread.sleep(time.toMillis());
    Optional<NearCache> nearCache = near.map(
        wanted -> new NearCache(wanted.map(), wanted.maxAge(), store.cache(), store.clock()));
    Store used = nearCache
        .<Store>map(
            kept -> new NearStore(store, kept, NearFeeds.start(store.keyspace(), kept, pause)))
        .orElse(store);
    CacheCounters counters = new CacheCounters(Optional.empty());
    CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);
    CacheView view = new CacheView(
        () -> KeyNamespace.ROOT,
        Optional.empty(),
        new StoreAccess(used, breaker, onUnavailable, counters),
        new ValueConverter(codec, compression, compressAbove),
        counters,
        new Flights(),
        nearCache,
        pause);
    return Cache.root(view, new AsyncExecutor(executor));
  }
}
