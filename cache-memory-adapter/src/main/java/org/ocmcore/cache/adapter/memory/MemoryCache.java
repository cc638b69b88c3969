package org.ocmcore.cache.adapter.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.port.StoreOutcome;

/**
 * A cache in this process, with the limits of a memcached server, so that what works here works
 * there. It is a single server by the name of {@value #SERVER}, and fails only when its caller is
 * interrupted in bulk work.
 *
 * <p>It is bounded twice: whenever a store returns, it holds at most its most entries and they take
 * at most its most bytes, but for what other threads are storing and what has expired within the
 * last seconds. To make room it evicts, as memcached does, the entries that were used longest ago;
 * what was just stored stays. An entry takes the bytes of its item and {@value #ENTRY_OVERHEAD} of
 * the heap around it. A value that could not be held alone is {@link ValueTooLarge}.
 */
public final class MemoryCache implements CachePort, KeyspacePort, BulkPort {
  /** The address of the only server. */
  public static final String SERVER = "memory";

  /** The fewest bytes that a cache can be bounded by. */
  public static final long LEAST_MAX_BYTES = 1024;

  /**
   * Bytes of the heap that an entry takes beyond its {@link ItemSize}, which has 59 for the headers
   * and the alignment of its two arrays: 204 for the objects of key, value, item, end, map entry
   * and place in the orders of use and expiry, with compressed references.
   */
  static final int ENTRY_OVERHEAD = 192;

  private final Cache<CacheKey, Item> items;
  private final Policy.Eviction<CacheKey, Item> order;
  private final long maxEntries;
  private final long maxBytes;
  private final long maxItemSize;
  private final Clock clock;
  private final Instant startedAt;
  private final Object room = new Object();
  private final EvictionFeed evictions = new EvictionFeed();
  private final AtomicLong flushes = new AtomicLong();
  private final LongAdder changes = new LongAdder();
  private final LongAdder stores = new LongAdder();

  /**
   * An empty cache of at most {@link #defaultMaxBytes()}.
   *
   * @param maxEntries the most entries that it holds, at least 1
   * @param clock tells when entries end
   */
  public MemoryCache(long maxEntries, Clock clock) {
    this(maxEntries, defaultMaxBytes(), clock);
  }

  /**
   * An empty cache.
   *
   * @param maxEntries the most entries that it holds, at least 1
   * @param maxBytes the most bytes that they take, at least {@value #LEAST_MAX_BYTES}
   * @param clock tells when entries end
   * @throws IllegalArgumentException if a bound is too low
   */
  public MemoryCache(long maxEntries, long maxBytes, Clock clock) {
    requireAtLeast(1, "maxEntries", maxEntries);
    requireAtLeast(LEAST_MAX_BYTES, "maxBytes", maxBytes);
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.maxItemSize = Math.min(ItemSize.DEFAULT_MAX, maxBytes - ENTRY_OVERHEAD);
    this.clock = clock;
    this.startedAt = clock.instant();
    // It knows one bound only, and below it what was just stored may be the first to go. So it has
    // none, but keeps the sum of the bytes and the order of use; makeRoomFor() evicts.
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

  private static void requireAtLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d, it must be at least %d".formatted(name, value, least));
    }
  }

  /** A quarter of the heap that this process may have, in bytes. */
  public static long defaultMaxBytes() {
    return Math.max(LEAST_MAX_BYTES, Runtime.getRuntime().maxMemory() / 4);
  }

  private static long bytes(long itemSize) {
    return itemSize + ENTRY_OVERHEAD;
  }

  private long nanos() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return find(key).map(Item::value);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return find(key).map(item -> new CacheEntry(key, item.value(), item.expiry()));
  }

  private Optional<Item> find(CacheKey key) {
    Optional<Item> found = Optional.ofNullable(items.getIfPresent(key));
    found.ifPresent(item -> item.fetch(clock.instant()));
    return found;
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    items.put(key, item(key, value, lifetime));
    changes.increment();
    makeRoomFor(key);
  }

  /**
   * Evicts until both bounds hold, or until nothing is left to evict: what has expired may count
   * for a second more.
   *
   * @param stored what is not evicted
   */
  private void makeRoomFor(CacheKey stored) {
    if (isWithinBounds()) {
      return;
    }
    synchronized (room) {
      // What has expired makes room first.
      items.cleanUp();
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
      evictions.evicted(entry.getKey(), before, isBack);
    }
  }

  private boolean isWithinBounds() {
    return items.estimatedSize() <= maxEntries && weight() <= maxBytes;
  }

  private long weight() {
    return order.weightedSize().orElseThrow();
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    boolean added = changed(items.asMap().putIfAbsent(key, item(key, value, lifetime)) == null);
    makeRoomFor(key);
    return added;
  }

  /** Counts a change if there was one. */
  private boolean changed(boolean done) {
    if (done) {
      changes.increment();
    }
    return done;
  }

  private Item item(CacheKey key, CacheValue value, Lifetime lifetime) {
    stores.increment();
    long size = ItemSize.of(key, value);
    if (size > maxItemSize) {
      throw new ValueTooLarge(key.toString(), size, maxItemSize);
    }
    return Item.create(value, lifetime, clock.instant());
  }

  @Override
  public boolean delete(CacheKey key) {
    return changed(items.asMap().remove(key) != null);
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    Item refreshed = items
        .asMap()
        .computeIfPresent(key, (same, item) -> item.refresh(lifetime, clock.instant()));
    return changed(refreshed != null);
  }

  @Override
  public void clear() {
    flushes.incrementAndGet();
    changes.increment();
    items.invalidateAll();
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(key, SERVER);
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    return keys.stream()
        .map(PlacedKey::key)
        .map(this::read)
        .flatMap(Optional::stream)
        .toList();
  }

  private StoreOutcome store(CacheEntry entry, boolean onlyAbsent) {
    Instant now = clock.instant();
    if (entry.expiry().isPast(now)) {
      return StoreOutcome.EXPIRED;
    }
    if (entry.size() > maxItemSize) {
      return StoreOutcome.TOO_LARGE;
    }
    Lifetime lifetime = entry.expiry().lifetime(now);
    if (onlyAbsent) {
      return add(entry.key(), entry.value(), lifetime) ? StoreOutcome.STORED : StoreOutcome.EXISTS;
    }
    store(entry.key(), entry.value(), lifetime);
    return StoreOutcome.STORED;
  }

  @Override
  public void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor) {
    requireThis(server);
    while (keys.hasNext()) {
      KeyInfo key = keys.next();
      requireNoInterrupt("read of many keys");
      read(key.key())
          .ifPresentOrElse(entry -> visitor.found(key, entry), () -> visitor.absent(key));
    }
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    requireThis(server);
    while (keys.hasNext()) {
      CacheKey key = keys.next();
      requireNoInterrupt("look-up of many keys");
      visitor.visit(key, items.asMap().containsKey(key));
    }
  }

  @Override
  public long maxItemSize(String server) {
    requireThis(server);
    return maxItemSize;
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    requireThis(server);
    while (entries.hasNext()) {
      CacheEntry entry = entries.next();
      requireNoInterrupt("store of many keys");
      visitor.visit(entry, store(entry, onlyAbsent), "");
    }
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    change(server, "delete of many keys", keys, this::delete, visitor);
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    change(
        server, "refresh of many keys", keys, key -> refresh(key.key(), key.lifetime()), visitor);
  }

  private static <T> void change(
      String server, String operation, Iterator<T> keys, Predicate<T> work, KeyVisitor<T> visitor) {
    requireThis(server);
    while (keys.hasNext()) {
      T key = keys.next();
      requireNoInterrupt(operation);
      visitor.visit(key, work.test(key) ? KeyOutcome.DONE : KeyOutcome.ABSENT, "");
    }
  }

  private static void requireThis(String server) {
    if (!server.equals(SERVER)) {
      throw new IllegalArgumentException("there is no server \"" + server + "\"");
    }
  }

  private static void requireNoInterrupt(String operation) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreUnavailable(SERVER, operation, "interrupted");
    }
  }

  @Override
  public List<String> servers() {
    return List.of(SERVER);
  }

  @Override
  public Duration probe(String server) {
    return Duration.ZERO;
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    items.asMap().forEach((key, item) -> visitor.accept(info(key, item)));
  }

  private static KeyInfo info(CacheKey key, Item item) {
    return new KeyInfo(
        key,
        item.expiry(),
        ItemSize.of(key, item.value()),
        item.lastAccess(),
        item.isFetched(),
        SERVER);
  }

  /** Tells of evictions only: nobody else writes here unseen, and a walk costs next to nothing. */
  @Override
  public boolean follow(String server, ChangeListener listener) {
    requireThis(server);
    return evictions.follow(listener);
  }

  @Override
  public ServerStats stats(String server) {
    items.cleanUp();
    CacheStats counted = items.stats();
    return new ServerStats(
        Runtime.version().toString(),
        startedAt.toString(),
        Duration.between(startedAt, clock.instant()),
        items.estimatedSize(),
        weight(),
        OptionalLong.of(maxBytes),
        counted.hitCount(),
        counted.missCount(),
        flushes.get(),
        evictions.count(),
        changes.sum(),
        stores.sum(),
        OptionalLong.empty());
  }
}
