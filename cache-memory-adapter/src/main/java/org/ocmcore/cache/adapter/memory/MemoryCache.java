package org.ocmcore.cache.adapter.memory;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.port.StoreOutcome;

/**
 * A cache in this process with the limits of a memcached server. It is a single server named
 * {@value #SERVER}, and fails only if its caller is interrupted in bulk work. Thread-safe.
 *
 * <p>Two bounds hold whenever a store returns: the number of entries and their bytes. Entries that
 * other threads are storing, or that expired within the last seconds, may exceed them. Like
 * memcached, the cache evicts the entries that were used longest ago, but never the one that was
 * just stored. An entry takes the bytes of its item and {@value #ENTRY_OVERHEAD} bytes of heap
 * around it. A value that does not fit alone is {@link ValueTooLarge}.
 */
public final class MemoryCache implements CachePort, KeyspacePort, BulkPort {
  /** The address of the only server. */
  public static final String SERVER = "memory";

  /** The lowest bound in bytes. */
  public static final long LEAST_MAX_BYTES = 1024;

  /**
   * Bytes of heap per entry beyond its {@link ItemSize}, which already has 59 for the headers and
   * the alignment of two arrays. The objects of key, value, item, end and map entry, and the links
   * of use and expiry order, take 204 bytes with compressed references.
   */
  static final int ENTRY_OVERHEAD = 192;

  private final EvictionFeed evictions = new EvictionFeed();
  private final BoundedItems items;
  private final long maxBytes;
  private final long maxItemSize;
  private final Clock clock;
  private final Instant startedAt;
  private final AtomicLong flushes = new AtomicLong();
  private final LongAdder changes = new LongAdder();
  private final LongAdder stores = new LongAdder();

  /**
   * Creates an empty cache of at most {@link #defaultMaxBytes()}.
   *
   * @param maxEntries the bound on the number of entries, at least 1
   * @param clock decides when entries expire
   * @throws IllegalArgumentException if the bound is too low
   */
  public MemoryCache(long maxEntries, Clock clock) {
    this(maxEntries, defaultMaxBytes(), clock);
  }

  /**
   * Creates an empty cache.
   *
   * @param maxEntries the bound on the number of entries, at least 1
   * @param maxBytes the bound on their bytes, at least {@value #LEAST_MAX_BYTES}
   * @param clock decides when entries expire
   * @throws IllegalArgumentException if a bound is too low
   */
  public MemoryCache(long maxEntries, long maxBytes, Clock clock) {
    requireAtLeast(1, "maxEntries", maxEntries);
    requireAtLeast(LEAST_MAX_BYTES, "maxBytes", maxBytes);
    this.maxBytes = maxBytes;
    this.maxItemSize = Math.min(ItemSize.DEFAULT_MAX, maxBytes - ENTRY_OVERHEAD);
    this.clock = clock;
    this.startedAt = clock.instant();
    this.items = new BoundedItems(maxEntries, maxBytes, clock, evictions);
  }

  private static void requireAtLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d, it must be at least %d".formatted(name, value, least));
    }
  }

  /** A quarter of this process's maximum heap, in bytes. */
  public static long defaultMaxBytes() {
    return Math.max(LEAST_MAX_BYTES, Runtime.getRuntime().maxMemory() / 4);
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return find(key).map(Item::value);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return find(key).map(item -> item.entry(key));
  }

  private Optional<Item> find(CacheKey key) {
    Optional<Item> found = items.find(key);
    found.ifPresent(item -> item.recordRead(clock.instant()));
    return found;
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    items.put(key, item(key, value, lifetime));
    changes.increment();
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    return store(place(key), value, lifetime, Precondition.ABSENT);
  }

  @Override
  public boolean store(
      PlacedKey key, CacheValue value, Lifetime lifetime, Precondition precondition) {
    requireKnown(key.server());
    return countChange(items.put(key.key(), item(key.key(), value, lifetime), precondition));
  }

  /** Counts a change if there was one; returns the argument. */
  private boolean countChange(boolean changed) {
    if (changed) {
      changes.increment();
    }
    return changed;
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
    return countChange(items.remove(key));
  }

  @Override
  public boolean delete(PlacedKey key, long version) {
    requireKnown(key.server());
    return countChange(items.removeIf(key.key(), item -> item.version() == version));
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    return countChange(items.replace(key, item -> item.refreshed(lifetime, clock.instant())));
  }

  @Override
  public long increment(CacheKey key, long delta, Lifetime lifetime) {
    Item changed =
        items.change(key, item -> DecimalCounter.add(key, item, delta, lifetime, clock.instant()));
    changes.increment();
    return DecimalCounter.parse(key, changed.value());
  }

  @Override
  public Optional<VersionedEntry> readVersioned(CacheKey key) {
    return read(place(key));
  }

  @Override
  public Optional<VersionedEntry> read(PlacedKey key) {
    requireKnown(key.server());
    return find(key.key()).map(item -> item.versioned(key.key()));
  }

  @Override
  public Optional<VersionedInfo> inspect(PlacedKey key) {
    requireKnown(key.server());
    return items
        .peek(key.key())
        .map(item -> new VersionedInfo(item.info(key.key()), item.version()));
  }

  @Override
  public boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime) {
    return version != 0 && store(place(key), value, lifetime, Precondition.version(version));
  }

  @Override
  public void clear() {
    flushes.incrementAndGet();
    changes.increment();
    items.removeAll();
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(key, SERVER);
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    return keys.stream().map(key -> read(key.key())).flatMap(Optional::stream).toList();
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
    requireKnown(server);
    while (keys.hasNext()) {
      KeyInfo key = keys.next();
      BulkLoop.requireNotInterrupted("read of many keys");
      read(key.key())
          .ifPresentOrElse(entry -> visitor.found(key, entry), () -> visitor.absent(key));
    }
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    requireKnown(server);
    while (keys.hasNext()) {
      CacheKey key = keys.next();
      BulkLoop.requireNotInterrupted("look-up of many keys");
      visitor.visit(key, items.contains(key));
    }
  }

  @Override
  public long maxItemSize(String server) {
    requireKnown(server);
    return maxItemSize;
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    requireKnown(server);
    while (entries.hasNext()) {
      CacheEntry entry = entries.next();
      BulkLoop.requireNotInterrupted("store of many keys");
      visitor.visit(entry, store(entry, onlyAbsent), "");
    }
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    requireKnown(server);
    BulkLoop.change("delete of many keys", keys, this::delete, visitor);
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    requireKnown(server);
    BulkLoop.change(
        "refresh of many keys", keys, key -> refresh(key.key(), key.lifetime()), visitor);
  }

  private static void requireKnown(String server) {
    if (!server.equals(SERVER)) {
      throw new IllegalArgumentException("there is no server \"" + server + "\"");
    }
  }

  @Override
  public List<String> servers() {
    return List.of(SERVER);
  }

  @Override
  public boolean isInProcess() {
    return true;
  }

  @Override
  public String ring() {
    return "single";
  }

  @Override
  public Duration probe(String server) {
    return Duration.ZERO;
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    items.forEach((key, item) -> visitor.accept(item.info(key)));
  }

  /** Reports evictions only: no other process writes here, and a walk is cheap. */
  @Override
  public boolean follow(String server, ChangeListener listener) {
    requireKnown(server);
    return evictions.follow(listener);
  }

  @Override
  public ServerStats stats(String server) {
    items.removeExpired();
    CacheStats counted = items.stats();
    return new ServerStats(
        Runtime.version().toString(),
        startedAt.toString(),
        Duration.between(startedAt, clock.instant()),
        items.count(),
        items.bytes(),
        OptionalLong.of(maxBytes),
        counted.hitCount(),
        counted.missCount(),
        flushes.get(),
        false,
        evictions.count(),
        changes.sum(),
        stores.sum(),
        OptionalLong.empty(),
        false);
  }
}
