package org.ocmcore.cache.junit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it. Any number of threads may read and move it.
 *
 * <p>{@link CacheExtension} injects the clock of the test's store. A test without the extension
 * passes one to {@code MemoryStore.open}.
 */
public final class TestClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private TestClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = Objects.requireNonNull(zone, "zone");
  }

  /** A clock that stands at this time, in UTC. */
  public static TestClock at(Instant start) {
    return new TestClock(
        new AtomicReference<>(Objects.requireNonNull(start, "start")), ZoneOffset.UTC);
  }

  /** A clock that stands at the current time, in UTC. */
  public static TestClock atCurrentTime() {
    return at(Instant.now());
  }

  /**
   * Moves the clock, and those that {@link #withZone} made of it; returns the new time.
   *
   * @param time zero or more
   * @throws IllegalArgumentException if it is negative; the clock does not move
   */
  public Instant advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          "advance: " + time + " is negative. The clock moves forward only");
    }
    return now.updateAndGet(before -> before.plus(time));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock in another zone: moving one moves both. */
  @Override
  public TestClock withZone(ZoneId other) {
    return new TestClock(now, other);
  }

  @Override
  public String toString() {
    return "TestClock[" + now + ", " + zone + "]";
  }
}
