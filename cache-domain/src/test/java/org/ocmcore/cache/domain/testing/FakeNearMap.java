package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.ocmcore.cache.domain.client.NearEntry;
import org.ocmcore.cache.domain.client.NearMap;

/** A {@link NearMap} without a bound, whose time the test moves. For any number of threads. */
public final class FakeNearMap implements NearMap {
  private final Map<String, NearEntry> entries = new HashMap<>();
  private long nanos = Long.MAX_VALUE - 1_000_000;
  private boolean keepsAll;

  public synchronized void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  /** From now on {@link #clear} misses all entries. */
  public synchronized void keepAll() {
    keepsAll = true;
  }

  @Override
  public synchronized NearEntry get(String key) {
    NearEntry entry = entries.get(key);
    return entry == null || entry.end() - nanos <= 0 ? null : entry;
  }

  @Override
  public synchronized void putIf(String key, NearEntry entry, BooleanSupplier isAllowed) {
    if (isAllowed.getAsBoolean()) {
      entries.put(key, entry);
    } else {
      entries.remove(key);
    }
  }

  @Override
  public synchronized void remove(String key) {
    entries.remove(key);
  }

  @Override
  public synchronized void clear() {
    if (!keepsAll) {
      entries.clear();
    }
  }

  @Override
  public synchronized long size() {
    return entries.values().stream().filter(entry -> entry.end() - nanos > 0).count();
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }
}
