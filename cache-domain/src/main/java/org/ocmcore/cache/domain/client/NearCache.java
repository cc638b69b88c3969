package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * Values in this process, in front of a store. For any number of threads.
 *
 * <p>A reader takes a {@link NearStamp} before it asks the store. What it read is kept only if the
 * stamp still holds when it is put. Whoever changes a key moves the epoch of the key first, and
 * removes the entry then; whoever drops everything begins a generation first, and clears the map
 * then. So no value is kept that was read before a change and put after it.
 */
final class NearCache {
  /** The longest age of what no feed reports. */
  static final Duration UNREPORTED_AGE = Duration.ofSeconds(1);

  private static final int STRIPES = 1 << 12;
  private static final long LONGEST_SECONDS =
      Duration.ofNanos(Long.MAX_VALUE / 2).toSeconds();

  private final NearMap map;
  private final CachePort cache;
  private final Clock clock;
  private final long maxAge;
  private final long unreportedAge;
  private final AtomicLongArray epochs = new AtomicLongArray(STRIPES);

  /** The servers whose feeds report every change. */
  private final Set<String> followed = ConcurrentHashMap.newKeySet();

  private volatile Object generation = new Object();

  /** @param clock the one that expiries refer to */
  NearCache(NearMap map, Duration maxAge, CachePort cache, Clock clock) {
    this.map = map;
    this.cache = cache;
    this.clock = clock;
    this.maxAge = maxAge.toNanos();
    this.unreportedAge = Math.min(this.maxAge, UNREPORTED_AGE.toNanos());
  }

  /** The entry of a key, of this type; null if there is none. */
  NearEntry find(String key, Type type) {
    NearEntry entry = map.get(key);
    return entry != null && entry.isOf(generation) && entry.fits(type) ? entry : null;
  }

  private static int stripe(String key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 16) & (STRIPES - 1);
  }

  /** To be taken before the store is asked for the key. */
  NearStamp stamp(String key) {
    return new NearStamp(epochs.get(stripe(key)), generation, map.nanoTime());
  }

  private boolean holds(NearStamp stamp, String key) {
    return epochs.get(stripe(key)) == stamp.epoch() && generation == stamp.generation();
  }

  /**
   * Keeps what was read, unless it may have changed since the stamp was taken.
   *
   * @param value as it was decoded, as this type
   */
  void keep(String key, NearStamp stamp, CacheEntry read, Optional<?> value, Type type) {
    long age = Math.min(age(read), remaining(read.expiry()));
    long end = stamp.nanos() + age;
    if (end - map.nanoTime() <= 0) {
      return;
    }
    NearEntry entry = value.isPresent() && isImmutable(value.get())
        ? NearEntry.shared(key, stamp, value, type, read.expiry(), end)
        : NearEntry.encoded(key, stamp, read.value(), read.expiry(), end);
    map.putIf(key, entry, () -> holds(stamp, key));
  }

  private long age(CacheEntry read) {
    boolean isReported = !followed.isEmpty()
        && followed.contains(cache.place(read.key()).server())
        && !CounterText.isLikely(read.value());
    return isReported ? maxAge : unreportedAge;
  }

  private long remaining(Expiry expiry) {
    return expiry
        .instant()
        .map(end -> Duration.between(clock.instant(), end))
        .filter(left -> left.toSeconds() < LONGEST_SECONDS)
        .map(Duration::toNanos)
        .orElse(Long.MAX_VALUE / 2);
  }

  private static boolean isImmutable(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || TextNumbers.isNumber(value.getClass());
  }

  /** The key has changed, or may have. */
  void invalidate(CacheKey key) {
    String name = key.characters();
    epochs.incrementAndGet(stripe(name));
    map.remove(name);
  }

  /** Everything may have changed. */
  void invalidateAll() {
    generation = new Object();
    map.clear();
  }

  /** From now on the feed of this server reports every change. */
  void followed(String server) {
    followed.add(server);
    invalidateAll();
  }

  /** From now on changes on this server may go unreported. */
  void unfollowed(String server) {
    if (followed.remove(server)) {
      invalidateAll();
    }
  }
}
