package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.ocmcore.cache.domain.query.Freshness;

/**
 * How much an answer about keys is worth.
 *
 * @param asOf every key counts that has been on its server from this moment on
 * @param incomplete why keys may be missing; left out if none are
 */
record FreshnessAnswer(
    String asOf,
    boolean complete,
    @JsonInclude(Include.NON_EMPTY) List<String> incomplete) {
  static FreshnessAnswer of(Freshness freshness) {
    return new FreshnessAnswer(
        Times.text(freshness.asOf()), freshness.isComplete(), freshness.gaps());
  }
}
