package org.ocmcore.cache.domain.client;

/**
 * What a {@link Cache} does if a server cannot be reached. Deletions, {@code clear}, counters,
 * compare-and-set, and everything that works on patterns throw with both.
 */
public enum Unavailable {
  /** Throw {@link org.ocmcore.cache.domain.error.StoreUnavailable}. */
  THROW,
  /**
   * Read nothing and store nothing: a read is a miss, {@code set} does nothing, {@code add} and
   * {@code refresh} return false. {@link CacheStats#failures} counts it.
   */
  MISS
}
