package org.ocmcore.cache.domain.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that only the test moves. For any number of threads. */
public final class MutableClock extends Clock {
  private final AtomicReference<Instant> now;

  /** Stands at this moment. */
  public MutableClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  /** Stands at noon of some day. */
  public MutableClock() {
    this(Instant.parse("2026-01-02T12:00:00Z"));
  }

  public void advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("it only knows UTC");
  }
}
