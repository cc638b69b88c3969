package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
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
  FreshnessView {
    incomplete = List.copyOf(incomplete);
  }

  static FreshnessView of(Freshness freshness) {
    return new FreshnessView(
        Views.time(freshness.asOf()), freshness.isComplete(), freshness.gaps());
  }
}
