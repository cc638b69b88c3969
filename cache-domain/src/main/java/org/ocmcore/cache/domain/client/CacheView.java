package org.ocmcore.cache.domain.client;

import java.util.Optional;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.port.Pause;

/** What the methods of a cache or of an app view need. */
record CacheView(
    KeyNamespace namespace,
    StoreAccess access,
    ValueConverter values,
    CacheCounters counters,
    Flights flights,
    Optional<NearCache> near,
    Pause pause) {
  CacheView app(AppName app) {
    CacheCounters own = new CacheCounters(Optional.of(counters));
    return new CacheView(
        namespace.app(app), access.countingFor(own), values, own, flights, near, pause);
  }
}
