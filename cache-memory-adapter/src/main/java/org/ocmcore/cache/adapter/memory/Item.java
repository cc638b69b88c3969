package org.ocmcore.cache.adapter.memory;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * A value with its expiry and its last access. Only {@link #lastAccess} and {@link #isFetched}
 * change. For any number of threads.
 */
final class Item {
  /** Longer than any process lives, and short enough for arithmetic in nanoseconds. */
  private static final Duration FOREVER = Duration.ofDays(365L * 200);

  private final CacheValue value;
  /** {@link Instant#MAX} for never. */
  private final Instant end;

  private volatile long lastAccess;
  private volatile boolean fetched;

  private Item(CacheValue value, Instant end, Instant now) {
    this.value = value;
    this.end = end;
    lastAccess = now.getEpochSecond();
  }

  static Item create(CacheValue value, Lifetime lifetime, Instant now) {
    return new Item(
        value, lifetime.isForever() ? Instant.MAX : now.plusSeconds(lifetime.seconds()), now);
  }

  /** A copy with a new lifetime from now on. It counts as fetched, as in memcached. */
  Item refreshed(Lifetime lifetime, Instant now) {
    Item refreshed = create(value, lifetime, now);
    refreshed.fetched = true;
    return refreshed;
  }

  CacheValue value() {
    return value;
  }

  Expiry expiry() {
    return end.equals(Instant.MAX) ? Expiry.NEVER : Expiry.at(end);
  }

  /** The time until it expires; some 200 years if it never does. */
  Duration remaining(Instant now) {
    return end.equals(Instant.MAX) ? FOREVER : Duration.between(now, end);
  }

  /** Seconds since the epoch. */
  long lastAccess() {
    return lastAccess;
  }

  /** Whether it was read or refreshed since it was stored. */
  boolean isFetched() {
    return fetched;
  }

  void recordRead(Instant now) {
    lastAccess = now.getEpochSecond();
    fetched = true;
  }
}
