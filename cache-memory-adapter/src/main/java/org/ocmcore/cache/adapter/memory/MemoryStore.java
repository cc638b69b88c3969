package org.ocmcore.cache.adapter.memory;

import java.time.Clock;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;

/**
 * A store in this process, for tests and for applications that need no other. It behaves like a
 * memcached server; its content is lost when the process ends. For any number of threads.
 */
public final class MemoryStore implements Store {
  /** The bound on the number of entries, unless another is given. */
  public static final long DEFAULT_MAX_ENTRIES = 1_000_000;

  private final MemoryCache cache;
  private final Clock clock;

  private MemoryStore(MemoryCache cache, Clock clock) {
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * Opens an empty store by the system's clock, of at most {@value #DEFAULT_MAX_ENTRIES} entries
   * and a quarter of the heap.
   */
  public static MemoryStore open() {
    return open(Clock.systemUTC());
  }

  /**
   * Opens an empty store of at most {@value #DEFAULT_MAX_ENTRIES} entries and a quarter of the
   * heap.
   *
   * @param clock decides when entries expire; a test moves it
   */
  public static MemoryStore open(Clock clock) {
    return open(DEFAULT_MAX_ENTRIES, MemoryCache.defaultMaxBytes(), clock);
  }

  /**
   * Opens an empty store with bounds; see {@link MemoryCache#MemoryCache(long, long, Clock)}.
   *
   * @throws IllegalArgumentException if a bound is too low
   */
  public static MemoryStore open(long maxEntries, long maxBytes, Clock clock) {
    return new MemoryStore(new MemoryCache(maxEntries, maxBytes, clock), clock);
  }

  @Override
  public CachePort cache() {
    return cache;
  }

  @Override
  public KeyspacePort keyspace() {
    return cache;
  }

  @Override
  public BulkPort bulk() {
    return cache;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** Does nothing: the memory is free when nobody refers to the store. */
  @Override
  public void close() {
    // Nothing is open.
  }
}
