package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.FolsomClient;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** The throughput of single keys through the library, against xmemcached and folsom. */
final class SingleSuite implements Suite {
  private static final String XMEMCACHED = "bare xmemcached";
  private static final String FOLSOM = "folsom";
  private static final Target TARGET = Target.ratioAtLeast(0.95);
  private static final Duration SAMPLE = Duration.ofMillis(100);
  private static final int[] THREADS = {1, 4, 16, 64};
  private static final int FOLSOM_THREADS = 16;
  private static final int TTL = 86_400;

  /** A power of two, so that the next key costs no division. */
  private static final int KEYS = 1 << 13;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    String[] names = new String[KEYS];
    CacheKey[] keys = new CacheKey[KEYS];
    long distance = Math.max(1, testbed.count() / KEYS);
    for (int i = 0; i < KEYS; i++) {
      names[i] = testbed.shape().keys().text(i * distance % testbed.count());
      keys[i] = CacheKey.of(names[i]);
    }
    byte[] bytes = new byte[testbed.shape().valueBytes()];
    CacheValue value = CacheValue.of(bytes, 0);
    Lifetime lifetime = Lifetime.ofSeconds(TTL);
    int port = testbed.memcached().port();
    MemcachedClient xmemcached =
        new XMemcachedClientBuilder(List.of(new InetSocketAddress("127.0.0.1", port))).build();
    try (MemcachedStore store = MemcachedStore.open(
            MemcachedSettings.parse(testbed.memcached().address()), Clock.systemUTC());
        FolsomClient folsom = new FolsomClient(port)) {
      CachePort cache = store.cache();
      Call get = i -> require(cache.get(keys[i]).isPresent());
      Call set = i -> cache.store(keys[i], value, lifetime);
      for (int threads : THREADS) {
        runner.run(throughput("get, %d threads".formatted(threads), threads, get)
            .against(XMEMCACHED, perSecond(threads, i -> require(xmemcached.get(names[i]) != null)))
            .target(testbed.atTargetKeys(TARGET)));
        runner.run(throughput("set, %d threads".formatted(threads), threads, set)
            .against(
                XMEMCACHED, perSecond(threads, i -> require(xmemcached.set(names[i], TTL, bytes))))
            .target(testbed.atTargetKeys(TARGET)));
      }
      int threads = FOLSOM_THREADS;
      runner.run(throughput("get, %d threads, beside folsom".formatted(threads), threads, get)
          .against(FOLSOM, perSecond(threads, i -> require(folsom.get(names[i]) != null))));
      runner.run(throughput("set, %d threads, beside folsom".formatted(threads), threads, set)
          .against(FOLSOM, perSecond(threads, i -> require(folsom.set(names[i], bytes, TTL)))));
    } finally {
      xmemcached.shutdown();
    }
  }

  private static void require(boolean isDone) throws IOException {
    if (!isDone) {
      throw new IOException("a key is missing or was not stored");
    }
  }

  /** A call for the key of this number. */
  private interface Call {
    void execute(int key) throws Exception;
  }

  private static Comparison throughput(String what, int threads, Call call) {
    return Comparison.of(what, Unit.PER_SECOND, perSecond(threads, call));
  }

  private static Measurement perSecond(int threads, Call call) {
    return () -> {
      LongAdder calls = new LongAdder();
      AtomicReference<Exception> failure = new AtomicReference<>();
      Thread[] workers = new Thread[threads];
      long start = System.nanoTime();
      long end = start + SAMPLE.toNanos();
      for (int i = 0; i < threads; i++) {
        int first = i * (KEYS / threads);
        workers[i] = new Thread(() -> repeat(call, first, end, calls, failure), "single-" + i);
        workers[i].start();
      }
      for (Thread worker : workers) {
        worker.join();
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      return calls.sum() / ((System.nanoTime() - start) / 1e9);
    };
  }

  private static void repeat(
      Call call, int first, long end, LongAdder calls, AtomicReference<Exception> failure) {
    try {
      long count = 0;
      for (int key = first; System.nanoTime() < end; key = key + 1 & KEYS - 1) {
        call.execute(key);
        count++;
      }
      calls.add(count);
    } catch (Exception e) {
      failure.set(e);
    }
  }
}
