package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.dump.DumpPolicy;

/** The requests that change auto-dump. */
final class AutoDumpRequests {
  private static final String INTERVAL = "interval_seconds";

  /** The fields that these requests take. */
  static final Set<String> FIELDS = Set.of(INTERVAL);

  private AutoDumpRequests() {}

  private static Optional<Duration> interval(JsonBody body) {
    OptionalLong seconds = body.number(INTERVAL, 1, DumpPolicy.MAX_INTERVAL.toSeconds());
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
  }

  /** Starts auto-dump. @param interval empty: as it was */
  record Start(Optional<Duration> interval) {
    static Start parse(RawRequest request) {
      return new Start(AutoDumpRequests.interval(request.body()));
    }
  }

  /** Gives auto-dump another interval. */
  record Retime(Duration interval) {
    static Retime parse(RawRequest request) {
      request.body().required(INTERVAL);
      return new Retime(AutoDumpRequests.interval(request.body()).orElseThrow());
    }
  }
}
