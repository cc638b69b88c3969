package org.ocmcore.cache.domain.port;

import java.util.List;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * What became of work on many keys.
 *
 * @param done keys for which a server confirmed the work
 * @param failures what went wrong, at most one for each server; if there is none, the keys that are
 *     not among {@code done} were not there
 */
public record BulkResult(long done, List<StoreUnavailable> failures) {
  public BulkResult {
    failures = List.copyOf(failures);
  }
}
