package org.ocmcore.cache.domain.job;

import java.time.Duration;
import java.time.Instant;

/**
 * The rate of items over the last seconds. Changes of the clock distort it for the length of the
 * window. Guarded by its owner.
 */
final class Rate {
  /** The length of the window. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  private static final int SPANS = 20;
  private static final long SPAN_MILLIS = WINDOW.toMillis() / SPANS;

  private final long[] numbers = new long[SPANS];
  private final long[] counts = new long[SPANS];
  private Instant begin;

  Rate(Instant begin) {
    this.begin = begin;
  }

  /** There was nothing to count before this time. */
  void beginAt(Instant now) {
    begin = now;
  }

  void add(long items, Instant now) {
    long number = number(now);
    int span = (int) Math.floorMod(number, (long) SPANS);
    if (numbers[span] != number) {
      numbers[span] = number;
      counts[span] = 0;
    }
    counts[span] += items;
  }

  /** Items a second; 0 before any time has passed. */
  double perSecond(Instant now) {
    long last = number(now);
    long first = last - SPANS + 1;
    long items = 0;
    for (int i = 0; i < SPANS; i++) {
      if (numbers[i] >= first && numbers[i] <= last) {
        items += counts[i];
      }
    }
    long since = Math.max(begin.toEpochMilli(), first * SPAN_MILLIS);
    long millis = now.toEpochMilli() - since;
    return millis <= 0 ? 0 : items * 1_000.0 / millis;
  }

  private static long number(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), SPAN_MILLIS);
  }
}
