package org.ocmcore.cache.domain.entry;

import org.ocmcore.cache.domain.key.CacheKey;

/** A key with its value and its end. */
public record CacheEntry(CacheKey key, CacheValue value, Expiry expiry) {
  /** Bytes that it takes in a store. */
  public long size() {
    return ItemSize.of(key, value);
  }
}
