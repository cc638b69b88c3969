package org.ocmcore.cache.benchmarks.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.FolsomClient;
import org.ocmcore.cache.benchmarks.peer.SpyClient;
import org.ocmcore.cache.domain.client.Cache;

/** Texts through {@link Cache}, against other Java clients that read and store texts. */
final class LibrarySuite implements Suite {
  private static final int[] THREADS = {1, 4, 16, 64};
  private static final int TTL = 86_400;
  private static final Duration LIFETIME = Duration.ofSeconds(TTL);
  private static final int MANY = 100;
  private static final String TEXT = "a text of 32 characters, as they";
  private static final Target AS_FAST = Target.ratioAtLeast(0.97);
  private static final Target AHEAD = Target.ratioAtLeast(1);

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < Throughput.KEYS; i++) {
      keys.add("library:" + i);
    }
    try (MemcachedServer server = testbed.startMemcached()) {
      MemcachedClient xmemcached = new XMemcachedClientBuilder(
              List.of(new InetSocketAddress("127.0.0.1", server.port())))
          .build();
      try (Cache cache = Cache.builder(
                  MemcachedStore.open(MemcachedSettings.parse(server.address())))
              .build();
          SpyClient spy = new SpyClient(server.port());
          FolsomClient folsom = new FolsomClient(server.port())) {
        for (String key : keys) {
          cache.set(key, TEXT, LIFETIME);
        }
        for (int threads : THREADS) {
          Comparison get = Throughput.of(
              "Cache.get, %d threads".formatted(threads),
              threads,
              i -> check(cache.get(keys.get(i), String.class).orElse(null)));
          runner.runBriefly(get.against(
                  "xmemcached",
                  Throughput.perSecond(threads, i -> check(xmemcached.get(keys.get(i)))))
              .target(AS_FAST));
          runner.runBriefly(get.against(
                  "spymemcached", Throughput.perSecond(threads, i -> check(spy.get(keys.get(i)))))
              .target(AHEAD));
          runner.runBriefly(get.against(
                  "folsom",
                  Throughput.perSecond(
                      threads, i -> check(new String(folsom.get(keys.get(i)), UTF_8))))
              .target(AHEAD));
          Comparison set = Throughput.of(
              "Cache.set, %d threads".formatted(threads),
              threads,
              i -> cache.set(keys.get(i), TEXT, LIFETIME));
          runner.runBriefly(set.against(
                  "spymemcached",
                  Throughput.perSecond(threads, i -> check(spy.set(keys.get(i), TEXT, TTL))))
              .target(AHEAD));
          runner.runBriefly(set.against(
                  "folsom",
                  Throughput.perSecond(
                      threads, i -> check(folsom.set(keys.get(i), TEXT.getBytes(UTF_8), TTL))))
              .target(AHEAD));
        }
        List<String> many = keys.subList(0, MANY);
        Comparison all = Comparison.of(
            "Cache.getAll of 100 keys",
            Unit.SECONDS,
            Measurement.seconds(() -> check(cache.getAll(many, String.class).size() == MANY)));
        runner.runBriefly(all.against("100 gets", Measurement.seconds(() -> {
              for (String key : many) {
                check(cache.get(key, String.class).orElse(null));
              }
            }))
            .target(Target.faster()));
        runner.runBriefly(all.against(
            "xmemcached", Measurement.seconds(() -> check(xmemcached.get(many).size() == MANY))));
        runner.runBriefly(all.against(
            "spymemcached", Measurement.seconds(() -> check(spy.getAll(many).size() == MANY))));
      } finally {
        xmemcached.shutdown();
      }
    }
  }

  private static void check(String text) throws IOException {
    check(TEXT.equals(text));
  }

  private static void check(boolean isRight) throws IOException {
    if (!isRight) {
      throw new IOException("a value is missing, wrong or was not stored");
    }
  }
}
