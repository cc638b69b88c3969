package org.ocmcore.cache.adapter.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.ocmcore.cache.domain.client.NearEntry;
import org.ocmcore.cache.domain.client.NearMap;

/**
 * The memory of a near cache, bounded by bytes: it forgets the entries that are used least. Each
 * cache needs one of its own. For any number of threads.
 */
public final class MemoryNearMap implements NearMap {
  private final Cache<String, NearEntry> entries;
  private final LongSupplier nanos;

  private MemoryNearMap(long maxBytes, LongSupplier nanos) {
    this.nanos = nanos;
    this.entries = Caffeine.newBuilder()
        .maximumWeight(maxBytes)
        .<String, NearEntry>weigher(
            (key, entry) -> (int) Math.min(Integer.MAX_VALUE, entry.bytes()))
        .ticker(nanos::getAsLong)
        .expireAfter(new UntilEnd())
        .build();
  }

  /**
   * An empty map.
   *
   * @param maxBytes about the most bytes of its entries, more than 0; an entry takes some 300 bytes
   *     more than its key and its value
   * @throws IllegalArgumentException if it is not more than 0
   */
  public static MemoryNearMap ofBytes(long maxBytes) {
    return ofBytes(maxBytes, System::nanoTime);
  }

  /**
   * An empty map whose time a test moves.
   *
   * @param maxBytes as in {@link #ofBytes(long)}
   * @param nanos the time in nanoseconds, which never goes back
   * @throws IllegalArgumentException if {@code maxBytes} is not more than 0
   */
  public static MemoryNearMap ofBytes(long maxBytes, LongSupplier nanos) {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException(
          "maxBytes: " + maxBytes + " is not more than 0; give the near cache some memory");
    }
    return new MemoryNearMap(maxBytes, nanos);
  }

  private static final class UntilEnd implements Expiry<String, NearEntry> {
    @Override
    public long expireAfterCreate(String key, NearEntry entry, long now) {
      return entry.end() - now;
    }

    @Override
    public long expireAfterUpdate(String key, NearEntry entry, long now, long left) {
      return entry.end() - now;
    }

    @Override
    public long expireAfterRead(String key, NearEntry entry, long now, long left) {
      return left;
    }
  }

  @Override
  public NearEntry get(String key) {
    return entries.getIfPresent(key);
  }

  @Override
  public void putIf(String key, NearEntry entry, BooleanSupplier isAllowed) {
    entries.asMap().compute(key, (same, old) -> isAllowed.getAsBoolean() ? entry : null);
  }

  @Override
  public void remove(String key) {
    entries.invalidate(key);
  }

  @Override
  public void clear() {
    entries.invalidateAll();
  }

  @Override
  public long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }

  @Override
  public long nanoTime() {
    return nanos.getAsLong();
  }
}
