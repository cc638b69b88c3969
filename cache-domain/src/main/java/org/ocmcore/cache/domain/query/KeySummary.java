package org.ocmcore.cache.domain.query;

import java.time.Instant;
import org.ocmcore.cache.domain.index.KeyCursor;

/**
 * The sum over a set of keys.
 *
 * @param keys the number of keys
 * @param expired how many of them have expired but are still in the store
 * @param bytes of their items
 * @param ttl by remaining lifetime
 */
public record KeySummary(long keys, long expired, long bytes, TtlSummary ttl) {
  /** The number of keys that have not expired. */
  public long active() {
    return keys - expired;
  }

  /** Sums up keys. For use by one thread. */
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

    /** @param expirySecond {@link Long#MAX_VALUE} for never */
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
   * Keys by remaining lifetime. Expired keys are in no group.
   *
   * @param never keys that never expire
   * @param underMinute less than a minute
   * @param underHour a minute to an hour
   * @param underDay an hour to a day
   * @param overDay a day or more
   */
  public record TtlSummary(
      long never, long underMinute, long underHour, long underDay, long overDay) {}
}
