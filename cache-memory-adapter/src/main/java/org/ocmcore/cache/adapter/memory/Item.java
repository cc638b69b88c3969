package org.ocmcore.cache.adapter.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A value with its expiry and its last access. Only {@link #lastAccess} and {@link #isFetched}
 * change. For any number of threads.
 */
final class Item {
  /** Longer than any process lives, and short enough for arithmetic in nanoseconds. */
  private static final Duration FOREVER = Duration.ofDays(365L * 200);

  private static final AtomicLong VERSIONS = new AtomicLong();

  private final CacheValue value;
  /** {@link Instant#MAX} for never. */
  private final Instant end;

  /** Differs from that of any other value that was stored. */
  private final long version;

  private volatile long lastAccess;
  private volatile boolean fetched;

  private Item(CacheValue value, Instant end, long version, Instant now) {
    this.value = value;
    this.end = end;
    this.version = version;
    lastAccess = now.getEpochSecond();
  }

  static Item create(CacheValue value, Lifetime lifetime, Instant now) {
    return new Item(value, end(lifetime, now), VERSIONS.incrementAndGet(), now);
  }

  private static Instant end(Lifetime lifetime, Instant now) {
    return lifetime.isForever() ? Instant.MAX : now.plusSeconds(lifetime.seconds());
  }

  /** A copy with a new lifetime from now on. It counts as fetched, as in memcached. */
  Item refreshed(Lifetime lifetime, Instant now) {
    Item refreshed = new Item(value, end(lifetime, now), version, now);
    refreshed.fetched = true;
    return refreshed;
  }

  /** A copy with another value, which has the same flags and expiry. */
  Item withValue(byte[] bytes, Instant now) {
    CacheValue changed = CacheValue.wrap(bytes, value.flags());
    return new Item(changed, end, VERSIONS.incrementAndGet(), now);
  }

  /** Changes with the value. */
  long version() {
    return version;
  }

  CacheValue value() {
    return value;
  }

  Expiry expiry() {
    return end.equals(Instant.MAX) ? Expiry.NEVER : Expiry.at(end);
  }

  /** The time until it expires; some 200 years if it does not until then. */
  Duration remaining(Instant now) {
    Duration left = Duration.between(now, end);
    return left.compareTo(FOREVER) < 0 ? left : FOREVER;
  }

  /** Seconds since the epoch. */
  long lastAccess() {
    return lastAccess;
  }

  /** Whether it was read or refreshed since it was stored. */
  boolean isFetched() {
    return fetched;
  }

  /** The entry of the key that has this item. */
  CacheEntry entry(CacheKey key) {
    return new CacheEntry(key, value, expiry());
  }

  /** The same with its version. */
  VersionedEntry versioned(CacheKey key) {
    return new VersionedEntry(entry(key), version);
  }

  /** What is known of the key that has this item. */
  KeyInfo info(CacheKey key) {
    return new KeyInfo(
        key,
        expiry(),
        ItemSize.of(key, value),
        value.flags(),
        lastAccess,
        fetched,
        MemoryCache.SERVER);
  }

  void recordRead(Instant now) {
    lastAccess = now.getEpochSecond();
    fetched = true;
  }
}
