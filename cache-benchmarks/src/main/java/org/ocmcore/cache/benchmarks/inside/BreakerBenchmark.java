package org.ocmcore.cache.benchmarks.inside;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.benchmarks.load.FixedStore;
import org.ocmcore.cache.domain.client.GuardedCalls;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/**
 * A call through our circuit breaker, and the same call through that of resilience4j, while the
 * circuit is closed. The call itself costs next to nothing. All threads share a breaker, as they do
 * in an application. {@code oursBesideFailure} places the key first, since another server failed.
 */
public class BreakerBenchmark extends Inside {
  private static final int MANY = 4;

  private final CacheKey key = CacheKey.of("a00:cart:007:00000000deadbeef");
  private final FixedStore store = new FixedStore(CacheValue.ofText("value"));
  private final Supplier<Optional<CacheValue>> call = () -> store.get(key);
  private final GuardedCalls ours = new GuardedCalls(store);
  private final GuardedCalls besideFailure = new GuardedCalls(store);
  private final CircuitBreaker defaults = CircuitBreaker.ofDefaults("defaults");
  private final CircuitBreaker byTime = CircuitBreaker.of(
      "by time",
      CircuitBreakerConfig.custom()
          .slidingWindowType(SlidingWindowType.TIME_BASED)
          .build());

  /** A server failed once, so its circuit is still closed. */
  public BreakerBenchmark() {
    besideFailure.fail("another:11211");
  }

  @Benchmark
  public Optional<CacheValue> none() {
    return call.get();
  }

  @Benchmark
  public Optional<CacheValue> ours() {
    return ours.call(key, call);
  }

  @Benchmark
  public Optional<CacheValue> oursBesideFailure() {
    return besideFailure.call(key, call);
  }

  @Benchmark
  public Optional<CacheValue> resilience4j() {
    return defaults.executeSupplier(call);
  }

  @Benchmark
  public Optional<CacheValue> resilience4jByTime() {
    return byTime.executeSupplier(call);
  }

  @Benchmark
  @Threads(MANY)
  public Optional<CacheValue> noneFourThreads() {
    return none();
  }

  @Benchmark
  @Threads(MANY)
  public Optional<CacheValue> oursFourThreads() {
    return ours();
  }

  @Benchmark
  @Threads(MANY)
  public Optional<CacheValue> oursBesideFailureFourThreads() {
    return oursBesideFailure();
  }

  @Benchmark
  @Threads(MANY)
  public Optional<CacheValue> resilience4jFourThreads() {
    return resilience4j();
  }

  @Benchmark
  @Threads(MANY)
  public Optional<CacheValue> resilience4jByTimeFourThreads() {
    return resilience4jByTime();
  }
}
