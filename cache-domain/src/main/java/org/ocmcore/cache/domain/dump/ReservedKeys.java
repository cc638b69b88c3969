package org.ocmcore.cache.domain.dump;

import org.ocmcore.cache.domain.key.CacheKey;

/** The keys that the service itself keeps in the cache. A dump leaves them out. */
public final class ReservedKeys {
  /** Holds the name of the process that makes automatic dumps. */
  public static final CacheKey DUMP_LEASE = CacheKey.of("cache-app:lease:dump");

  private ReservedKeys() {}

  /** Whether the service keeps this key for itself. */
  static boolean contains(CacheKey key) {
    return key.equals(DUMP_LEASE);
  }
}
