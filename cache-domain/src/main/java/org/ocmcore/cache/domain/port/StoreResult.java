package org.ocmcore.cache.domain.port;

import java.util.List;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * What became of entries that were to be stored.
 *
 * @param outcomes one for each entry, in their order
 * @param failures what went wrong, at most one for each server; their entries are
 *     {@link StoreOutcome#UNKNOWN}
 */
public record StoreResult(List<StoreOutcome> outcomes, List<StoreUnavailable> failures) {
  public StoreResult {
    outcomes = List.copyOf(outcomes);
    failures = List.copyOf(failures);
  }
}
