package org.ocmcore.cache.domain.client;

import java.util.function.BooleanSupplier;

/**
 * The memory of a near cache: entries by key, bounded, each until its own end. A cache needs a map
 * of its own. {@code MemoryNearMap} of cache-memory-adapter is one. For any number of threads.
 *
 * <p>The map may forget entries at any time. It must not give an entry whose end has come.
 */
public interface NearMap {
  /** The entry of a key; null if there is none. */
  NearEntry get(String key);

  /**
   * Puts the entry if this is allowed; otherwise removes what is there. The question and the put
   * are one step: {@link #remove} of this key waits for both, or comes before both.
   *
   * @param isAllowed is asked once, quickly, without calls of this map
   */
  void putIf(String key, NearEntry entry, BooleanSupplier isAllowed);

  /** Removes the entry of a key, if there is one. */
  void remove(String key);

  /** Removes all entries. May miss those that are put at the same time. */
  void clear();

  /** The number of entries that have not ended. */
  long size();

  /** The current time in nanoseconds; only differences mean something, as those of nanoTime. */
  long nanoTime();
}
