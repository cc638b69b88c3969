package org.ocmcore.cache.domain.query;

import java.time.Instant;
import org.ocmcore.cache.domain.index.KeyCursor;

/**
 * Keys, counted.
 *
 * @param keys how many there are
 * @param expired how many of them have ended, though the store has not cleaned them away yet
 * @param bytes that the items take in the store
 * @param ttl how long they have still to live
 */
public record KeySummary(long keys, long expired, long bytes, TtlSummary ttl) {
  /** How many are alive. */
  public long active() {
    return keys - expired;
  }

  /** Adds keys up one by one; for one thread. */
  static final class Counter {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final long now;
    private long keys;
    private long expired;
    private long bytes;
    private long never;
    private long underMinute;
    private long underHour;
    private long underDay;
    private long overDay;

    Counter(Instant now) {
      this.now = now.getEpochSecond();
    }

    void add(KeyCursor key) {
      add(key.expirySecond(), key.size());
    }

    /** @param expirySecond {@link Long#MAX_VALUE}: never */
    void add(long expirySecond, long size) {
      keys++;
      bytes += size;
      if (expirySecond == Long.MAX_VALUE) {
        never++;
        return;
      }
      long left = expirySecond - now;
      if (left <= 0) {
        expired++;
      } else if (left < MINUTE) {
        underMinute++;
      } else if (left < HOUR) {
        underHour++;
      } else if (left < DAY) {
        underDay++;
      } else {
        overDay++;
      }
    }

    void add(Counter other) {
      keys += other.keys;
      expired += other.expired;
      bytes += other.bytes;
      never += other.never;
      underMinute += other.underMinute;
      underHour += other.underHour;
      underDay += other.underDay;
      overDay += other.overDay;
    }

    long keys() {
      return keys;
    }

    long bytes() {
      return bytes;
    }

    KeySummary totals() {
      return new KeySummary(
          keys, expired, bytes, new TtlSummary(never, underMinute, underHour, underDay, overDay));
    }
  }

  /**
   * Keys by what is left of their lifetime; those that are over are in none.
   *
   * @param never that do not end
   * @param underMinute with less than a minute
   * @param underHour with a minute to an hour
   * @param underDay with an hour to a day
   * @param overDay with a day or more
   */
  public record TtlSummary(
      long never, long underMinute, long underHour, long underDay, long overDay) {}
}
