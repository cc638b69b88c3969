package org.ocmcore.cache.domain.testing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.port.ServerStats;

/** One server of a {@link FakeCache}, which guards it. */
final class FakeServer {
  private final String address;
  private final Clock clock;
  private final Map<CacheKey, Item> items = new LinkedHashMap<>();
  private Instant startedAt;
  private int process;
  private long changes;
  private long stores;
  private long flushes;
  private boolean isFlushPending;
  private long versions;

  boolean isDown;
  boolean refusesWalks;
  boolean refusesClears;
  Duration latency = Duration.ZERO;

  FakeServer(String address, Clock clock) {
    this.address = address;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Loses its items and counts from 0 again. */
  void restart() {
    items.clear();
    resetStats();
    isFlushPending = false;
    process++;
    startedAt = clock.instant();
  }

  void resetStats() {
    changes = 0;
    stores = 0;
    flushes = 0;
  }

  void flush() {
    announceFlush();
    completeFlush();
  }

  /** Counts a flush that has no effect yet. */
  void announceFlush() {
    isFlushPending = true;
    flushes++;
    changes++;
  }

  /** Lets the announced flush take effect. */
  void completeFlush() {
    isFlushPending = false;
    items.clear();
  }

  /** @throws StoreUnavailable if it is down */
  void requireUp(String operation) {
    if (isDown) {
      throw unavailable(operation, "connection refused");
    }
  }

  StoreUnavailable unavailable(String operation, String reason) {
    return new StoreUnavailable(address, operation, reason);
  }

  StoreUnavailable refusal(String operation) {
    return StoreUnavailable.refused(address, operation, "it does not allow that", null);
  }

  boolean isPast(Expiry expiry) {
    return expiry.isPast(clock.instant());
  }

  /** A live item. */
  Optional<Item> find(CacheKey key) {
    return Optional.ofNullable(items.get(key)).filter(item -> !isPast(item.expiry));
  }

  void put(CacheEntry entry) {
    stores++;
    versions++;
    items.put(entry.key(), new Item(entry.value(), entry.expiry(), versions, clock.instant()));
    changes++;
  }

  /**
   * @return true
   * @throws ValueTooLarge beyond memcached's default limit
   */
  boolean store(CacheKey key, CacheValue value, Lifetime lifetime) {
    long size = ItemSize.of(key, value);
    if (size > ItemSize.DEFAULT_MAX) {
      throw new ValueTooLarge(key.toString(), size, ItemSize.DEFAULT_MAX);
    }
    put(new CacheEntry(key, value, Expiry.after(clock.instant(), lifetime)));
    return true;
  }

  boolean delete(CacheKey key) {
    boolean found = find(key).isPresent();
    items.remove(key);
    changes += found ? 1 : 0;
    return found;
  }

  boolean refresh(CacheKey key, Lifetime lifetime) {
    Optional<Item> found = find(key);
    found.ifPresent(item -> {
      store(key, item.value, lifetime);
      // As in memcached.
      items.get(key).fetch();
      items.get(key).version = item.version;
    });
    return found.isPresent();
  }

  /** Adds to a number below 2<sup>63</sup>, which is enough for tests. */
  long increment(CacheKey key, long delta, Lifetime lifetime) {
    Optional<Item> found = find(key);
    if (found.isEmpty()) {
      store(key, CacheValue.ofText("" + Math.max(0, delta)), lifetime);
      return Math.max(0, delta);
    }
    try {
      String text = StandardCharsets.US_ASCII.decode(found.get().value.buffer()).toString();
      long sum = Math.max(0, Long.parseUnsignedLong(text) + delta);
      byte[] bytes = ("" + sum).getBytes(StandardCharsets.US_ASCII);
      put(new CacheEntry(
          key, CacheValue.wrap(bytes, found.get().value.flags()), found.get().expiry));
      return sum;
    } catch (NumberFormatException e) {
      throw new UnexpectedValue(key.toString(), "a number", "it is not decimal digits", e);
    }
  }

  boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime) {
    boolean isSame = find(key).filter(item -> item.version == version).isPresent();
    if (isSame) {
      store(key, value, lifetime);
    }
    return isSame;
  }

  /** Returns whether the precondition holds and the value was stored. */
  boolean store(CacheKey key, CacheValue value, Lifetime lifetime, Precondition precondition) {
    Optional<Item> found = find(key);
    boolean holds = switch (precondition.kind()) {
      case NONE -> true;
      case ABSENT -> found.isEmpty();
      case PRESENT -> found.isPresent();
      case VERSION ->
        found.filter(item -> item.version == precondition.version()).isPresent();
    };
    return holds && store(key, value, lifetime);
  }

  boolean delete(CacheKey key, long version) {
    return find(key).filter(item -> item.version == version).isPresent() && delete(key);
  }

  Optional<VersionedInfo> inspect(CacheKey key) {
    return find(key).map(item -> new VersionedInfo(info(key, item), item.version));
  }

  /** The live keys. */
  Set<CacheKey> keys() {
    Set<CacheKey> keys = new LinkedHashSet<>(items.keySet());
    keys.removeIf(key -> find(key).isEmpty());
    return keys;
  }

  List<KeyInfo> infos() {
    return keys().stream().map(key -> info(key, items.get(key))).toList();
  }

  private KeyInfo info(CacheKey key, Item item) {
    return new KeyInfo(
        key,
        item.expiry,
        ItemSize.of(key, item.value),
        item.value.flags(),
        item.written.getEpochSecond(),
        item.fetched,
        address);
  }

  /** Hits and misses are counted by the cache. */
  ServerStats stats(long hits, long misses) {
    long bytes = items.entrySet().stream()
        .mapToLong(item -> ItemSize.of(item.getKey(), item.getValue().value))
        .sum();
    return new ServerStats(
        "fake",
        address + process,
        Duration.between(startedAt, clock.instant()),
        items.size(),
        bytes,
        OptionalLong.empty(),
        hits,
        misses,
        flushes,
        isFlushPending,
        0,
        changes,
        stores,
        OptionalLong.empty(),
        false);
  }

  /** A stored value. */
  static final class Item {
    private final CacheValue value;
    private final Expiry expiry;
    private final Instant written;
    private long version;
    private boolean fetched;

    private Item(CacheValue value, Expiry expiry, long version, Instant written) {
      this.value = value;
      this.expiry = expiry;
      this.version = version;
      this.written = written;
    }

    /** Reads the entry with its version, which marks the item as fetched. */
    VersionedEntry fetchVersioned(CacheKey key) {
      return new VersionedEntry(fetch(key), version);
    }

    /** Reads the value, which marks the item as fetched. */
    CacheValue fetch() {
      fetched = true;
      return value;
    }

    /** Reads the entry, which marks the item as fetched. */
    CacheEntry fetch(CacheKey key) {
      return new CacheEntry(key, fetch(), expiry);
    }
  }
}
