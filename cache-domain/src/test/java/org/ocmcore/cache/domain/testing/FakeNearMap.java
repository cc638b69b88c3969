package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.ocmcore.cache.domain.client.NearEntry;
import org.ocmcore.cache.domain.client.NearMap;

/** A {@link NearMap} without a bound, whose time the test may move. For any number of threads. */
public final class FakeNearMap implements NearMap {
  private final Map<String, NearEntry> entries = new HashMap<>();
  private final LongSupplier time;
  private long moved;
  private boolean keepsAll;

  /** With a time that stands. */
  public FakeNearMap() {
    this(() -> Long.MAX_VALUE - 1_000_000);
  }

  /** With this time in nanoseconds. */
  public FakeNearMap(LongSupplier time) {
    this.time = time;
  }

  public synchronized void advance(Duration duration) {
    moved += duration.toNanos();
  }

  private boolean isOver(NearEntry entry) {
    return entry.end() - nanoTime() <= 0;
  }

  /** From now on {@link #clear} misses all entries. */
  public synchronized void keepAll() {
    keepsAll = true;
  }

  @Override
  public synchronized NearEntry get(String key) {
    NearEntry entry = entries.get(key);
    return entry == null || isOver(entry) ? null : entry;
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
    return entries.values().stream().filter(entry -> !isOver(entry)).count();
  }

  @Override
  public synchronized long nanoTime() {
    return time.getAsLong() + moved;
  }
}
