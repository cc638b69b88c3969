package org.ocmcore.cache.domain.named;

import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Where named keys are.
 *
 * @param servers the servers that hold each key; if none does, the server where it belongs
 * @param failures of servers that may hold keys which no other server holds; at most one each
 */
public record LocatedKeys(Map<CacheKey, List<String>> servers, List<StoreUnavailable> failures) {
  public LocatedKeys {
    failures = List.copyOf(failures);
  }
}
