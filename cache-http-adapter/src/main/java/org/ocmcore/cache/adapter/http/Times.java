package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.Lifetime;

/** Instants and durations as the API writes them. */
final class Times {
  private Times() {}

  /** RFC 3339 in UTC, to the millisecond. */
  static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /**
   * The time that a field gives.
   *
   * @throws RequestRejected if it is none in UTC
   */
  static Instant instant(String field, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s is \"%s\", it must be a time in UTC such as 2026-01-31T12:00:00Z"
              .formatted(field, text));
    }
  }

  /** Whole seconds. */
  static Optional<Long> seconds(Optional<Duration> duration) {
    return duration.map(Duration::toSeconds);
  }

  /** Whole seconds; empty for a lifetime that never ends. */
  static OptionalLong seconds(Lifetime lifetime) {
    return lifetime.isForever() ? OptionalLong.empty() : OptionalLong.of(lifetime.seconds());
  }
}
