package org.ocmcore.cache.jcache;

import java.util.OptionalLong;

/**
 * What a store held under a key when it was read.
 *
 * @param version of the stored bytes; empty if the store held nothing
 * @param value null if there was none, or if it was removed
 * @param expiresAt milliseconds since 1970; {@link #NEVER}, or {@link #REMOVED}
 */
record Slot<V>(OptionalLong version, V value, long expiresAt) {
  static final long NEVER = Long.MAX_VALUE;

  /** Stands for a removed value until the store forgets it. */
  static final long REMOVED = 0;

  /** Whether there is a value that has not expired. */
  boolean isLive(long now) {
    return value != null && expiresAt > now;
  }

  /** Whether there is a value that has expired. */
  boolean isExpired(long now) {
    return value != null && expiresAt <= now;
  }
}
