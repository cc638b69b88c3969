package org.ocmcore.cache.benchmarks.suite;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.ocmcore.cache.benchmarks.load.FixedStore;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * What {@link Cache} adds to a call of the port, and what an app view adds to {@link Cache}. A
 * network hides so little, so the addition is measured on a {@link FixedStore}, and set against the
 * time of a call of the port on a real server: (call + addition) / call. One thread.
 */
final class FacadeCost {
  private static final Target FACADE = Target.ratioAtMost(1.03);
  private static final Target VIEW = Target.ratioAtMost(1.01);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Lifetime LIFETIME = Lifetime.ofSeconds(3_600);
  private static final Duration SAMPLE = Duration.ofMillis(10);

  /** So many calls lie between two looks at the clock, so that the clock costs nothing. */
  private static final int BATCH = 64;

  /** A call of the port takes the median of so many samples. */
  private static final int SAMPLES = 51;

  private final List<String> names;
  private final List<CacheKey> keys;
  private final String text;
  private final CacheValue value;

  /**
   * @param names of keys that the server holds, {@link Throughput#KEYS} of them
   * @param text their value
   */
  FacadeCost(List<String> names, String text) {
    this.names = names;
    this.keys = names.stream().map(CacheKey::of).toList();
    this.text = text;
    this.value = CacheValue.ofText(text);
  }

  /**
   * Measures and adds the rows.
   *
   * @param server the port of a real server
   */
  void compare(CachePort server, BenchmarkRunner runner) throws Exception {
    FixedStore store = new FixedStore(value);
    try (Cache cache = Cache.builder(store).build()) {
      Cache view = cache.app("app");
      compare("get", gets(server), gets(store), gets(cache), gets(view), runner);
      compare("set", sets(server), sets(store), sets(cache), sets(view), runner);
    }
  }

  private void compare(
      String call,
      Throughput.Call server,
      Throughput.Call port,
      Throughput.Call cache,
      Throughput.Call view,
      BenchmarkRunner runner)
      throws Exception {
    double base = medianSeconds(server);
    runner.runBriefly(row("Cache." + call + " over the port", base, port, cache).target(FACADE));
    runner.runBriefly(
        row("Cache." + call + " of an app view over Cache", base, cache, view).target(VIEW));
  }

  private static Comparison row(
      String what, double base, Throughput.Call without, Throughput.Call with) {
    return Comparison.of(
            what, Unit.SECONDS, () -> base + secondsOfCall(with) - secondsOfCall(without))
        .against("call of the port", () -> base);
  }

  private Throughput.Call gets(CachePort port) {
    return i -> require(port.get(keys.get(i)).isPresent());
  }

  private Throughput.Call gets(Cache cache) {
    return i -> require(cache.get(names.get(i), String.class).isPresent());
  }

  private Throughput.Call sets(CachePort port) {
    return i -> port.store(keys.get(i), value, LIFETIME);
  }

  private Throughput.Call sets(Cache cache) {
    return i -> cache.set(names.get(i), text, HOUR);
  }

  private static double medianSeconds(Throughput.Call call) throws Exception {
    double[] samples = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = secondsOfCall(call);
    }
    Arrays.sort(samples);
    return samples[SAMPLES / 2];
  }

  static double secondsOfCall(Throughput.Call call) throws Exception {
    long start = System.nanoTime();
    long elapsed;
    int calls = 0;
    do {
      for (int i = 0; i < BATCH; i++) {
        call.execute(calls++ & Throughput.KEYS - 1);
      }
      elapsed = System.nanoTime() - start;
    } while (elapsed < SAMPLE.toNanos());
    return elapsed / 1e9 / calls;
  }

  private static void require(boolean isFound) {
    if (!isFound) {
      throw new IllegalStateException("a key is missing");
    }
  }
}
