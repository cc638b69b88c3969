package org.ocmcore.cache.domain.entry;

import org.ocmcore.cache.domain.key.CacheKey;

/** A key with its value and its expiry. */
public record CacheEntry(CacheKey key, CacheValue value, Expiry expiry) {
  /** The same until another end. */
  public CacheEntry until(Expiry other) {
    return other.equals(expiry) ? this : new CacheEntry(key, value, other);
  }

  /** The size of its item in bytes. */
  public long size() {
    return ItemSize.of(key, value);
  }
}
