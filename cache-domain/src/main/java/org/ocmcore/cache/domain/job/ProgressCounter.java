package org.ocmcore.cache.domain.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts the progress of a job. Safe for use by any number of threads. */
final class ProgressCounter {
  private static final double MILLIS = 1_000;

  private final Clock clock;
  private final Rate rate;
  private OptionalLong expected = OptionalLong.empty();
  private long done;
  private long bytes;
  private Duration throttled = Duration.ZERO;

  ProgressCounter(Clock clock) {
    this.clock = clock;
    rate = new Rate(clock.instant());
  }

  synchronized void expect(long items) {
    if (done == 0) {
      // What came before was preparation, and says nothing about the pace.
      rate.beginAt(clock.instant());
    }
    expected = OptionalLong.of(items);
  }

  synchronized void advance(long moreItems, long moreBytes) {
    done += moreItems;
    bytes += moreBytes;
    rate.add(moreItems, clock.instant());
  }

  synchronized void throttled(Duration time) {
    throttled = throttled.plus(time);
  }

  /** Everything is done: the expected number is the number done. */
  synchronized void complete() {
    expected = OptionalLong.of(done);
  }

  /** @param running whether more will come */
  synchronized JobProgress at(Instant now, boolean running) {
    double perSecond = rate.perSecond(now);
    Optional<Duration> remaining = running && expected.isPresent() && perSecond > 0
        ? Optional.of(Duration.ofMillis(
            Math.round(Math.max(0, expected.getAsLong() - done) / perSecond * MILLIS)))
        : Optional.empty();
    return new JobProgress(done, expected, bytes, perSecond, throttled, remaining);
  }
}
