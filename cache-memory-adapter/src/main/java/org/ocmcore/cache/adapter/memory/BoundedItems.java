package org.ocmcore.cache.adapter.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Precondition;

/**
 * Items by key, bounded by number and by bytes. A put evicts the items that were used longest ago
 * until both bounds hold, never the one just put. Expired items are absent. Any thread may use it.
 */
final class BoundedItems {
  private final Cache<CacheKey, Item> items;
  private final Policy.Eviction<CacheKey, Item> order;
  private final long maxEntries;
  private final long maxBytes;
  private final Clock clock;
  private final EvictionFeed evictions;
  private final Object evictionLock = new Object();

  /** @param evictions receives every evicted key before the put that evicts it returns */
  BoundedItems(long maxEntries, long maxBytes, Clock clock, EvictionFeed evictions) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.evictions = evictions;
    // Caffeine has one bound only, and near it may evict the item that was just put. So it gets
    // none: it keeps the sum of the bytes and the order of use, and evictExcept() evicts.
    this.items = Caffeine.newBuilder()
        .maximumWeight(Long.MAX_VALUE)
        .<CacheKey, Item>weigher((key, item) -> (int) bytes(ItemSize.of(key, item.value())))
        .ticker(this::nanos)
        .expireAfter(Expiry.<CacheKey, Item>writing((key, item) -> item.remaining(clock.instant())))
        .executor(Runnable::run)
        .recordStats()
        .build();
    this.order = items.policy().eviction().orElseThrow();
  }

  private static long bytes(long itemSize) {
    return itemSize + MemoryCache.ENTRY_OVERHEAD;
  }

  private long nanos() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** The item of a key; counts as a hit or a miss, and as a use of the item. */
  Optional<Item> find(CacheKey key) {
    return Optional.ofNullable(items.getIfPresent(key));
  }

  /** Whether a key has an item; counts as nothing. */
  boolean contains(CacheKey key) {
    return items.asMap().containsKey(key);
  }

  /** The item of a key; counts as nothing. */
  Optional<Item> peek(CacheKey key) {
    return Optional.ofNullable(items.policy().getIfPresentQuietly(key));
  }

  void put(CacheKey key, Item item) {
    items.put(key, item);
    evictExcept(key);
  }

  /** Puts an item if a precondition holds, atomically; returns whether it did. */
  boolean put(CacheKey key, Item item, Precondition precondition) {
    switch (precondition.kind()) {
      case NONE -> put(key, item);
      case ABSENT -> {
        boolean wasAbsent = items.asMap().putIfAbsent(key, item) == null;
        evictExcept(key);
        return wasAbsent;
      }
      case PRESENT -> {
        return replaceIf(key, item, older -> true);
      }
      case VERSION -> {
        return replaceIf(key, item, older -> older.version() == precondition.version());
      }
    }
    return true;
  }

  private boolean replaceIf(CacheKey key, Item item, Predicate<Item> test) {
    boolean[] isReplaced = new boolean[1];
    replace(key, older -> {
      isReplaced[0] = test.test(older);
      return isReplaced[0] ? item : older;
    });
    evictExcept(key);
    return isReplaced[0];
  }

  /** Replaces the item of a key atomically; returns whether there was one. */
  boolean replace(CacheKey key, UnaryOperator<Item> change) {
    return items.asMap().computeIfPresent(key, (same, item) -> change.apply(item)) != null;
  }

  /**
   * Changes the item of a key atomically.
   *
   * @param change gets the item, or null if there is none; returns the new one
   * @return the new one
   */
  Item change(CacheKey key, UnaryOperator<Item> change) {
    Item changed = items.asMap().compute(key, (same, item) -> change.apply(item));
    evictExcept(key);
    return changed;
  }

  /** Returns whether there was an item. */
  boolean remove(CacheKey key) {
    return items.asMap().remove(key) != null;
  }

  /** Removes the item of a key if it passes a test, atomically; returns whether it did. */
  boolean removeIf(CacheKey key, Predicate<Item> test) {
    boolean[] isRemoved = new boolean[1];
    items.asMap().computeIfPresent(key, (same, item) -> {
      isRemoved[0] = test.test(item);
      return isRemoved[0] ? null : item;
    });
    return isRemoved[0];
  }

  void removeAll() {
    items.invalidateAll();
  }

  /** Visits every item, as far as none is put or removed meanwhile; counts as no use. */
  void forEach(BiConsumer<CacheKey, Item> visitor) {
    items.asMap().forEach(visitor);
  }

  /**
   * Evicts until both bounds hold, or until nothing is left to evict: an expired item may count for
   * a second more.
   */
  private void evictExcept(CacheKey stored) {
    if (isWithinBounds()) {
      return;
    }
    synchronized (evictionLock) {
      // Expired items make room first.
      removeExpired();
      while (!isWithinBounds()) {
        Optional<Map.Entry<CacheKey, Item>> coldest = order.coldest(2).entrySet().stream()
            .filter(entry -> !entry.getKey().equals(stored))
            .findFirst();
        if (coldest.isEmpty()) {
          return;
        }
        evict(coldest.get());
      }
    }
  }

  private void evict(Map.Entry<CacheKey, Item> entry) {
    Instant before = clock.instant();
    if (items.asMap().remove(entry.getKey(), entry.getValue())) {
      // Another thread may have stored it again already.
      boolean isBack = items.asMap().containsKey(entry.getKey());
      evictions.publish(entry.getKey(), before, isBack);
    }
  }

  private boolean isWithinBounds() {
    return count() <= maxEntries && bytes() <= maxBytes;
  }

  /** Removes expired items now, so that {@link #count} and {@link #bytes} leave them out. */
  void removeExpired() {
    items.cleanUp();
  }

  /** The number of items; expired ones count until they are removed. */
  long count() {
    return items.estimatedSize();
  }

  /** The bytes of all items; expired ones count until they are removed. */
  long bytes() {
    return order.weightedSize().orElseThrow();
  }

  /** Hits and misses since the beginning. */
  CacheStats stats() {
    return items.stats();
  }
}
