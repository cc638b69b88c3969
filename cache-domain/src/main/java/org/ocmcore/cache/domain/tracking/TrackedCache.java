package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.ChangeStream;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.Precondition;

/** A {@link CachePort} whose changes are in the index before the call returns. */
public final class TrackedCache implements CachePort {
  private final CachePort cache;
  private final KeyTracker tracker;
  private final LiveIndex live;
  private final Clock clock;

  /** @param cache does the work; must belong to the same store as the tracker */
  public TrackedCache(CachePort cache, KeyTracker tracker, Clock clock) {
    this.cache = cache;
    this.tracker = tracker;
    this.live = tracker.live();
    this.clock = clock;
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return cache.get(key);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return cache.read(key);
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    return cache.readAll(keys);
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return cache.place(key);
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    cache.store(key, value, lifetime);
    stored(place(key), value, lifetime);
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    boolean added = cache.add(key, value, lifetime);
    if (added) {
      stored(place(key), value, lifetime);
    }
    return added;
  }

  @Override
  public boolean store(
      PlacedKey key, CacheValue value, Lifetime lifetime, Precondition precondition) {
    boolean stored = cache.store(key, value, lifetime, precondition);
    if (stored) {
      stored(key, value, lifetime);
    }
    return stored;
  }

  private void stored(PlacedKey key, CacheValue value, Lifetime lifetime) {
    Instant now = clock.instant();
    KeyInfo info = new KeyInfo(
        key.key(),
        Expiry.after(now, lifetime),
        ItemSize.of(key.key(), value),
        value.flags(),
        now.getEpochSecond(),
        false,
        key.server());
    publish(Kind.STORED, info, now);
    own(ChangeKind.STORED, key, now, OptionalLong.of(info.size()));
  }

  @Override
  public boolean delete(CacheKey key) {
    // Feeds report the times of the server's clock. What others store during the call must not seem
    // older than this.
    Instant before = clock.instant();
    boolean deleted = cache.delete(key);
    publish(Kind.REMOVED, removed(place(key)), before);
    if (deleted) {
      own(ChangeKind.DELETED, place(key), clock.instant(), OptionalLong.empty());
    }
    return deleted;
  }

  @Override
  public boolean delete(PlacedKey key, long version) {
    Instant before = clock.instant();
    boolean deleted = cache.delete(key, version);
    if (deleted) {
      publish(Kind.REMOVED, removed(key), before);
      own(ChangeKind.DELETED, key, clock.instant(), OptionalLong.empty());
    }
    return deleted;
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    Instant before = clock.instant();
    boolean refreshed = cache.refresh(key, lifetime);
    if (refreshed) {
      publish(Kind.TOUCHED, touched(place(key), lifetime, clock.instant()), clock.instant());
    } else {
      publish(Kind.REMOVED, removed(place(key)), before);
    }
    return refreshed;
  }

  /**
   * A counter keeps its expiry, which is unknown here; so the index learns of it by the next walk
   * or by the feed, unless the key is new.
   */
  @Override
  public long increment(CacheKey key, long delta, Lifetime lifetime) {
    long sum = cache.increment(key, delta, lifetime);
    own(ChangeKind.STORED, place(key), clock.instant(), OptionalLong.empty());
    return sum;
  }

  @Override
  public Optional<VersionedEntry> readVersioned(CacheKey key) {
    return cache.readVersioned(key);
  }

  @Override
  public Optional<VersionedEntry> read(PlacedKey key) {
    return cache.read(key);
  }

  @Override
  public Optional<VersionedInfo> inspect(PlacedKey key) {
    return cache.inspect(key);
  }

  @Override
  public boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime) {
    boolean replaced = cache.replace(key, version, value, lifetime);
    if (replaced) {
      stored(place(key), value, lifetime);
    }
    return replaced;
  }

  @Override
  public void clear() {
    tracker.clear(cache::clear);
  }

  /** Publishes what no feed reports. */
  private void own(ChangeKind kind, PlacedKey key, Instant at, OptionalLong size) {
    ChangeStream changes = tracker.changes();
    if (changes.wantsOwn()) {
      changes.own(kind, key.key(), key.server(), at, size);
    }
  }

  private void publish(Kind kind, KeyInfo info, Instant at) {
    ChangeBatch news = live.newBatch();
    news.add(kind, info, at);
    live.merge(news);
  }

  private static KeyInfo removed(PlacedKey key) {
    return new KeyInfo(key.key(), Expiry.NEVER, 0, KeyInfo.UNKNOWN, false, key.server());
  }

  /** memcached counts a new lifetime as a read. */
  private static KeyInfo touched(PlacedKey key, Lifetime lifetime, Instant now) {
    return new KeyInfo(
        key.key(), Expiry.after(now, lifetime), 0, now.getEpochSecond(), true, key.server());
  }
}
