package org.ocmcore.cache.adapter.memory;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * A value with its end and its last access; only what tells of access changes. For any number of
 * threads.
 */
final class Item {
  /** Far enough to be never, and near enough for arithmetic in nanoseconds. */
  private static final Duration FOREVER = Duration.ofDays(365L * 200);

  private final CacheValue value;
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

  /** The same with a new end; memcached, too, takes that for a read. */
  Item refresh(Lifetime lifetime, Instant now) {
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

  /** Notes that it is read. */
  void fetch(Instant now) {
    lastAccess = now.getEpochSecond();
    fetched = true;
  }
}
