package org.ocmcore.cache.domain.entry;

import java.time.Duration;

/**
 * How long an entry lives: whole seconds, or for ever. Callers may ask for up to {@link #MAX}; what
 * other clients stored may live longer, and keeps that when it is restored. Adapters convert large
 * values (memcached reads more than 30 days as a date).
 *
 * @param seconds at least 1, or {@link Long#MAX_VALUE} for ever
 */
public record Lifetime(long seconds) {
  /** The most that callers may ask for: ten years. */
  public static final Duration MAX = Duration.ofSeconds(315_360_000);

  public static final Lifetime FOREVER = new Lifetime(Long.MAX_VALUE);

  public Lifetime {
    if (seconds < 1) {
      throw notWithin(seconds);
    }
  }

  private static IllegalArgumentException notWithin(long seconds) {
    return new IllegalArgumentException(
        "a lifetime of %d seconds is not within 1 to %d".formatted(seconds, MAX.toSeconds()));
  }

  /** @throws IllegalArgumentException unless it is 1 to 315,360,000 */
  public static Lifetime ofSeconds(long seconds) {
    if (seconds > MAX.toSeconds()) {
      throw notWithin(seconds);
    }
    return new Lifetime(seconds);
  }

  /**
   * This time, rounded up to a whole second: 0.4 s must not become 0, which memcached reads as "for
   * ever".
   *
   * @throws IllegalArgumentException if it is zero, negative or more than {@link #MAX}
   */
  public static Lifetime of(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("a lifetime of " + duration + " is not positive");
    }
    if (duration.compareTo(MAX) > 0) {
      throw notWithin(duration.toSeconds());
    }
    return new Lifetime(duration.toSeconds() + (duration.toNanosPart() > 0 ? 1 : 0));
  }

  public boolean isForever() {
    return seconds == Long.MAX_VALUE;
  }

  /** As a part of what somebody asks for, such as "timeout 60". */
  public String words() {
    return isForever() ? "for ever" : "timeout " + seconds;
  }

  @Override
  public String toString() {
    return isForever() ? "for ever" : seconds + " s";
  }
}
