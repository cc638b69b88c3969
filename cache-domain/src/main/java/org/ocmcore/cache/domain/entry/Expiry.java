package org.ocmcore.cache.domain.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an entry expires, in whole seconds, or never.
 *
 * @param epochSecond seconds since the epoch by this machine's clock, within the range of
 *     {@link Instant}; {@link Long#MAX_VALUE} for never
 */
public record Expiry(long epochSecond) {
  public static final Expiry NEVER = new Expiry(Long.MAX_VALUE);

  public Expiry {
    if (epochSecond != Long.MAX_VALUE
        && (epochSecond < Instant.MIN.getEpochSecond()
            || epochSecond > Instant.MAX.getEpochSecond())) {
      throw new IllegalArgumentException("second " + epochSecond + " is no moment");
    }
  }

  /** The end of a lifetime that begins now, rounded up to the second: nothing expires early. */
  public static Expiry after(Instant now, Lifetime lifetime) {
    return lifetime.isForever() ? NEVER : at(now.plusSeconds(lifetime.seconds()));
  }

  /** At this instant, rounded up to the second. */
  public static Expiry at(Instant instant) {
    return new Expiry(instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0));
  }

  public boolean isNever() {
    return epochSecond == Long.MAX_VALUE;
  }

  /** Whether it is in the past. */
  public boolean isPast(Instant now) {
    return epochSecond <= now.getEpochSecond();
  }

  /** The instant; empty for never. */
  public Optional<Instant> instant() {
    return isNever() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(epochSecond));
  }

  /** The remaining time in whole seconds, rounded down, never negative; empty for never. */
  public Optional<Duration> remaining(Instant now) {
    return isNever() ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.max(0, left(now))));
  }

  /**
   * The lifetime from now until then: rounded down, so that it does not grow if it is stored again
   * and again, but at least 1 second. It may exceed {@link Lifetime#MAX}: nothing is shortened.
   *
   * @throws IllegalArgumentException if it is past
   */
  public Lifetime lifetime(Instant now) {
    if (isNever()) {
      return Lifetime.FOREVER;
    }
    if (isPast(now)) {
      throw new IllegalArgumentException(
          "what ended at " + instant().orElseThrow() + " has no lifetime left");
    }
    return new Lifetime(Math.max(1, left(now)));
  }

  private long left(Instant now) {
    return Duration.between(now, Instant.ofEpochSecond(epochSecond)).toSeconds();
  }
}
