package org.ocmcore.cache.domain.client;

import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

/**
 * Calls through the circuit breaker of {@link Cache} alone, so that benchmarks can measure it. It
 * is in this package because the breaker is not public. For any number of threads.
 */
public final class GuardedCalls {
  private final StoreAccess access;

  /** @param store places the keys while a server fails; it is not called otherwise */
  public GuardedCalls(Store store) {
    access = new StoreAccess(
        store,
        new CircuitBreaker(System::nanoTime),
        Unavailable.THROW,
        new CacheCounters(Optional.empty()));
  }

  /**
   * The result of the call.
   *
   * @throws StoreUnavailable if the call throws it, or if the server of the key must not be asked
   */
  public <R> R call(CacheKey key, Supplier<R> call) {
    return access.call("get", key, call);
  }

  /** Counts one failed call of a server. */
  public void fail(String server) {
    access.attempt("get", CacheKey.of("failing"), () -> {
      throw new StoreUnavailable(server, "get", "it fails for a benchmark");
    });
  }
}
