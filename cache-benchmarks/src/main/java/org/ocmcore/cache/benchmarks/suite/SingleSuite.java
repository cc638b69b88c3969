package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.Folsom;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** Single keys through the library, beside xmemcached and folsom used bare: how many a second. */
final class SingleSuite implements Suite {
  private static final String BARE = "bare xmemcached";
  private static final String FOLSOM = "folsom";
  private static final double LEAST = 0.95;
  private static final Duration SAMPLE = Duration.ofMillis(100);
  private static final int[] THREADS = {1, 4, 16, 64};
  private static final int SOME = 16;

  /** A power of two, so that a thread finds its next key at no cost. */
  private static final int KEYS = 1 << 13;

  private static final int LIFETIME = 86_400;

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    String address = stage.memcached().address();
    String[] names = new String[KEYS];
    CacheKey[] keys = new CacheKey[KEYS];
    long apart = Math.max(1, stage.count() / KEYS);
    for (int i = 0; i < KEYS; i++) {
      byte[] key = stage.shape().keys().bytes(i * apart % stage.count());
      names[i] = new String(key, StandardCharsets.US_ASCII);
      keys[i] = CacheKey.ofBytes(key);
    }
    byte[] bytes = new byte[stage.shape().valueBytes()];
    CacheValue value = CacheValue.of(bytes, 0);
    Lifetime lifetime = Lifetime.ofSeconds(LIFETIME);
    MemcachedClient bare = bare(stage.memcached().port());
    try (MemcachedStore store =
            MemcachedStore.open(MemcachedSettings.parse(address), Clock.systemUTC());
        Folsom folsom = new Folsom(stage.memcached().port())) {
      CachePort cache = store.cache();
      for (int threads : THREADS) {
        scores.measure(Comparison.of(
                "get, %d threads".formatted(threads),
                Unit.PER_SECOND,
                perSecond(threads, i -> require(cache.get(keys[i]).isPresent())))
            .against(BARE, perSecond(threads, i -> require(bare.get(names[i]) != null)))
            .target(stage.atYardstick(Target.ratioAtLeast(LEAST))));
        scores.measure(Comparison.of(
                "set, %d threads".formatted(threads),
                Unit.PER_SECOND,
                perSecond(threads, i -> cache.store(keys[i], value, lifetime)))
            .against(BARE, perSecond(threads, i -> require(bare.set(names[i], LIFETIME, bytes))))
            .target(stage.atYardstick(Target.ratioAtLeast(LEAST))));
      }
      scores.measure(Comparison.of(
              "get, %d threads, beside folsom".formatted(SOME),
              Unit.PER_SECOND,
              perSecond(SOME, i -> require(cache.get(keys[i]).isPresent())))
          .against(FOLSOM, perSecond(SOME, i -> require(folsom.get(names[i]) != null))));
      scores.measure(Comparison.of(
              "set, %d threads, beside folsom".formatted(SOME),
              Unit.PER_SECOND,
              perSecond(SOME, i -> cache.store(keys[i], value, lifetime)))
          .against(FOLSOM, perSecond(SOME, i -> require(folsom.set(names[i], bytes, LIFETIME)))));
    } finally {
      bare.shutdown();
    }
  }

  private static MemcachedClient bare(int port) throws IOException {
    return new XMemcachedClientBuilder(List.of(new InetSocketAddress("127.0.0.1", port))).build();
  }

  private static void require(boolean isThere) throws IOException {
    if (!isThere) {
      throw new IOException("a key is not there");
    }
  }

  /** What is done with the key of a number. */
  private interface Work {
    void on(int key) throws Exception;
  }

  private static Probe perSecond(int threads, Work work) {
    return () -> {
      LongAdder done = new LongAdder();
      AtomicReference<Exception> failure = new AtomicReference<>();
      Thread[] workers = new Thread[threads];
      long start = System.nanoTime();
      long end = start + SAMPLE.toNanos();
      for (int i = 0; i < threads; i++) {
        int first = i * (KEYS / threads);
        workers[i] = new Thread(() -> goOn(first, end, work, done, failure), "single-" + i);
        workers[i].start();
      }
      for (Thread worker : workers) {
        worker.join();
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      return done.sum() / ((System.nanoTime() - start) / 1e9);
    };
  }

  private static void goOn(
      int first, long end, Work work, LongAdder done, AtomicReference<Exception> failure) {
    try {
      long count = 0;
      for (int key = first; System.nanoTime() < end; key = key + 1 & KEYS - 1) {
        work.on(key);
        count++;
      }
      done.add(count);
    } catch (Exception e) {
      failure.set(e);
    }
  }
}
