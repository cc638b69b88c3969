package org.ocmcore.cache.adapter.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.monitoring.StatsHistory;

/** Asks for the statistics of servers since then, with this time between two samples. */
record HistoryRequest(Instant since, Duration step) {
  private static final String SINCE = "since";
  private static final String STEP = "step";
  static final long MAX_STEP = Duration.ofDays(1).toSeconds();

  /** Without {@code since} it is the last hour, and without {@code step} all samples. */
  static HistoryRequest parse(RawRequest request, Clock clock) {
    Instant since = request
        .query()
        .text(SINCE)
        .map(text -> Times.instant(SINCE, text))
        .orElseGet(() -> clock.instant().minus(StatsHistory.FINE_SPAN));
    Duration step = Duration.ofSeconds(request.query().number(STEP, 1, MAX_STEP).orElse(1));
    return new HistoryRequest(since, step);
  }
}
