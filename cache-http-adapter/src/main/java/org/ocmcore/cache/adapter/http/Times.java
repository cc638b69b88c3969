package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants and durations as the API writes them. */
final class Times {
  private Times() {}

  /** RFC 3339 in UTC, to the millisecond. */
  static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Whole seconds, or null. */
  static Long seconds(Optional<Duration> duration) {
    return duration.map(Duration::toSeconds).orElse(null);
  }
}
