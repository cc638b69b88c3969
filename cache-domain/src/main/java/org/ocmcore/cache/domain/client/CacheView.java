package org.ocmcore.cache.domain.client;

import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.port.Pause;

/** What the methods of a cache or of an app view need. */
record CacheView(
    Supplier<KeyNamespace> namespaces,
    Optional<Generation> generation,
    StoreAccess access,
    ValueConverter values,
    CacheCounters counters,
    Flights flights,
    Optional<NearCache> near,
    Pause pause) {
  /** The names of the keys now; may take a round trip if there is a generation. */
  KeyNamespace namespace() {
    return namespaces.get();
  }

  CacheView app(AppName app) {
    if (isFixed()) {
      KeyNamespace fixed = namespace().app(app);
      return view(access, () -> fixed, Optional.empty());
    }
    return view(access, () -> namespace().app(app), Optional.empty());
  }

  private boolean isFixed() {
    return generation.isEmpty();
  }

  /** An app view that is cleared by a new generation. */
  CacheView generations(AppName app) {
    Generation own = new Generation(namespace().app(app), access, System::nanoTime);
    return view(access, own::current, Optional.of(own));
  }

  private CacheView view(
      StoreAccess shared, Supplier<KeyNamespace> names, Optional<Generation> its) {
    CacheCounters own = new CacheCounters(Optional.of(counters));
    return new CacheView(names, its, shared.countingFor(own), values, own, flights, near, pause);
  }
}
