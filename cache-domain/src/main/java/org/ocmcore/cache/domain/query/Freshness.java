package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.List;
import org.ocmcore.cache.domain.index.KeyIndex;

/**
 * How complete and how old an answer about keys is.
 *
 * @param asOf every key counts that has stayed on its server since this time
 * @param gaps why keys may be missing, a sentence for each server; empty if none are
 */
public record Freshness(Instant asOf, List<String> gaps) {
  public Freshness {
    gaps = List.copyOf(gaps);
  }

  static Freshness of(KeyIndex index) {
    return new Freshness(index.asOf(), index.gaps());
  }

  /** Whether the keys of every server are known. */
  public boolean isComplete() {
    return gaps.isEmpty();
  }
}
