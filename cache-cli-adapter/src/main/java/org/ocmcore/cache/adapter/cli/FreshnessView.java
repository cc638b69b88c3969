package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.query.Freshness;

/**
 * How much an answer about keys is worth.
 *
 * @param asOf every key counts that has been on its server since this moment
 * @param incomplete why keys may be missing; empty if none are
 */
record FreshnessView(
    String asOf,
    boolean complete,

    @JsonInclude(Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<String> incomplete) {
  /** An answer of a service that is older is said to be old. */
  private static final Duration OLD = Duration.ofSeconds(10);

  FreshnessView {
    incomplete = List.copyOf(incomplete);
  }

  static FreshnessView of(Freshness freshness) {
    return new FreshnessView(
        Views.time(freshness.asOf()), freshness.isComplete(), freshness.gaps());
  }

  /** What somebody must know who reads the answer. @param now by the clock of this machine */
  List<String> notes(Instant now) {
    return Instant.parse(asOf).isBefore(now.minus(OLD))
        ? Stream.concat(Stream.of(ageNote()), incomplete.stream()).toList()
        : incomplete;
  }

  private String ageNote() {
    return "as of %s: what was stored since may be missing; --servers H:P,... asks servers now"
        .formatted(asOf);
  }
}
