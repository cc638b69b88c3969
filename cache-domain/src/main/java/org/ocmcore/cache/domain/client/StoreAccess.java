package org.ocmcore.cache.domain.client;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

/** Calls a store, and decides what happens if a server cannot be reached. */
final class StoreAccess {
  private final Store store;
  private final CircuitBreaker breaker;
  private final Unavailable onUnavailable;
  private final CacheCounters counters;

  StoreAccess(
      Store store, CircuitBreaker breaker, Unavailable onUnavailable, CacheCounters counters) {
    this.store = store;
    this.breaker = breaker;
    this.onUnavailable = onUnavailable;
    this.counters = counters;
  }

  /** The same store, counting for a view. */
  StoreAccess countingFor(CacheCounters view) {
    return new StoreAccess(store, breaker, onUnavailable, view);
  }

  Store store() {
    return store;
  }

  /** Calls the store for a key. Failures reach the caller. */
  <R> R call(String operation, CacheKey key, Supplier<R> call) {
    if (breaker.isQuiet()) {
      return counted(call);
    }
    return call(store.cache().place(key).server(), () -> operation + " of key '" + key + "'", call);
  }

  /** Calls the store for a server. Failures reach the caller. */
  <R> R call(String server, Supplier<String> operation, Supplier<R> call) {
    permit(List.of(server), operation);
    R result = counted(call);
    succeeded(List.of(server));
    return result;
  }

  /** Calls the store; counts a failure of any server and passes it on. */
  <R> R counted(Supplier<R> call) {
    try {
      return call.get();
    } catch (StoreUnavailable e) {
      counters.countFailure();
      breaker.failed(e);
      throw e;
    }
  }

  /** @throws StoreUnavailable if one of the servers must not be asked now */
  void permit(Collection<String> servers, Supplier<String> operation) {
    try {
      servers.forEach(server -> breaker.permit(server, operation));
    } catch (StoreUnavailable e) {
      // The server was not asked, so this is no further failure of it.
      counters.countFailure();
      throw e;
    }
  }

  /** Notes that these servers have answered. */
  void succeeded(Collection<String> servers) {
    if (!breaker.isQuiet()) {
      servers.forEach(breaker::succeeded);
    }
  }

  /** Calls the store for a key where it does not matter if that fails; it is counted. */
  void attempt(String operation, CacheKey key, Runnable call) {
    try {
      call(operation, key, () -> {
        call.run();
        return true;
      });
    } catch (StoreUnavailable e) {
      // Counted.
    }
  }

  /**
   * Calls the store for a key.
   *
   * @param missed the result if the server cannot be reached and that is a miss
   */
  <R> R callOrMiss(String operation, CacheKey key, Supplier<R> call, R missed) {
    try {
      return call(operation, key, call);
    } catch (StoreUnavailable e) {
      throwUnlessMiss(e);
      return missed;
    }
  }

  /** Throws the failure again, unless it counts as a miss. */
  void throwUnlessMiss(StoreUnavailable failure) {
    if (!isMiss(failure)) {
      throw failure;
    }
  }

  /** Whether the failure counts as a miss. A refusal never does: asking again does not help. */
  boolean isMiss(StoreUnavailable failure) {
    return onUnavailable == Unavailable.MISS && !failure.isRefusal();
  }
}
