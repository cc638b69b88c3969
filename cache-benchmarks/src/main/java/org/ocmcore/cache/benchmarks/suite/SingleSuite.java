package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Target;
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
  private static final int[] THREADS = {1, 4, 16, 64};
  private static final int FOLSOM_THREADS = 16;
  private static final int TTL = 86_400;

  private static final int KEYS = Throughput.KEYS;

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
      Throughput.Call get = i -> require(cache.get(keys[i]).isPresent());
      Throughput.Call set = i -> cache.store(keys[i], value, lifetime);
      for (int threads : THREADS) {
        runner.run(Throughput.of("get, %d threads".formatted(threads), threads, get)
            .against(
                XMEMCACHED,
                Throughput.perSecond(threads, i -> require(xmemcached.get(names[i]) != null)))
            .target(testbed.atTargetKeys(TARGET)));
        runner.run(Throughput.of("set, %d threads".formatted(threads), threads, set)
            .against(
                XMEMCACHED,
                Throughput.perSecond(threads, i -> require(xmemcached.set(names[i], TTL, bytes))))
            .target(testbed.atTargetKeys(TARGET)));
      }
      int threads = FOLSOM_THREADS;
      runner.run(Throughput.of("get, %d threads, beside folsom".formatted(threads), threads, get)
          .against(
              FOLSOM, Throughput.perSecond(threads, i -> require(folsom.get(names[i]) != null))));
      runner.run(Throughput.of("set, %d threads, beside folsom".formatted(threads), threads, set)
          .against(
              FOLSOM,
              Throughput.perSecond(threads, i -> require(folsom.set(names[i], bytes, TTL)))));
    } finally {
      xmemcached.shutdown();
    }
  }

  private static void require(boolean isDone) throws IOException {
    if (!isDone) {
      throw new IOException("a key is missing or was not stored");
    }
  }
}
