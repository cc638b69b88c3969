package org.ocmcore.cache.jcache;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The loads that run in the background, which must end before their cache is closed. */
final class RunningLoads {
  /** A loader that hangs, or closes its own cache, must not hold up the close for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Set<CompletableFuture<?>> loads = ConcurrentHashMap.newKeySet();

  void add(CompletableFuture<?> load) {
    loads.add(load);
    load.whenComplete((done, failure) -> loads.remove(load));
  }

  /** Waits for the loads that have begun, for a limited time. Their failures are not ours. */
  void await() {
    CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> done)
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
