package org.ocmcore.cache.benchmarks.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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

/** Texts through {@link Cache}, against other Java clients and against the port below it. */
final class LibrarySuite implements Suite {
  private static final int[] THREADS = {1, 4, 16, 64};
  private static final int TTL = 86_400;
  private static final Duration LIFETIME = Duration.ofSeconds(TTL);
  private static final int MANY = 100;
  private static final String TEXT = "a text of 32 characters, as they";
  private static final String XMEMCACHED = "xmemcached";
  private static final String SPYMEMCACHED = "spymemcached";
  private static final String FOLSOM = "folsom";
  private static final Target AS_FAST = Target.ratioAtLeast(0.97);
  private static final Target AHEAD = Target.ratioAtLeast(1);

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    List<String> keys =
        IntStream.range(0, Throughput.KEYS).mapToObj(i -> "library:" + i).toList();
    try (MemcachedServer server = testbed.startMemcached()) {
      MemcachedClient xmemcached = new XMemcachedClientBuilder(
              List.of(new InetSocketAddress("127.0.0.1", server.port())))
          .build();
      MemcachedStore store = MemcachedStore.open(MemcachedSettings.parse(server.address()));
      try (Cache cache = Cache.builder(store).build();
          SpyClient spy = new SpyClient(server.port());
          FolsomClient folsom = new FolsomClient(server.port())) {
        for (String key : keys) {
          cache.set(key, TEXT, LIFETIME);
        }
        Clients clients = new Clients(cache, xmemcached, spy, folsom, keys);
        for (int threads : THREADS) {
          compareGets(clients, threads, runner);
          compareSets(clients, threads, runner);
        }
        compareGetAll(clients, runner);
        new FacadeCost(keys, TEXT).compare(store.cache(), runner);
        NearHit.compare(keys, TEXT, runner);
      } finally {
        xmemcached.shutdown();
      }
    }
  }

  private static void compareGets(Clients clients, int threads, BenchmarkRunner runner) {
    List<String> keys = clients.keys;
    Throughput.Call get =
        i -> check(clients.cache.get(keys.get(i), String.class).orElse(null));
    compare(
        runner,
        "Cache.get",
        threads,
        get,
        XMEMCACHED,
        AS_FAST,
        i -> check(clients.xmemcached.<String>get(keys.get(i))));
    compare(
        runner,
        "Cache.get",
        threads,
        get,
        SPYMEMCACHED,
        AHEAD,
        i -> check(clients.spy.get(keys.get(i))));
    compare(
        runner,
        "Cache.get",
        threads,
        get,
        FOLSOM,
        AHEAD,
        i -> check(new String(clients.folsom.get(keys.get(i)), UTF_8)));
  }

  private static void compareSets(Clients clients, int threads, BenchmarkRunner runner) {
    List<String> keys = clients.keys;
    Throughput.Call set = i -> clients.cache.set(keys.get(i), TEXT, LIFETIME);
    compare(
        runner,
        "Cache.set",
        threads,
        set,
        XMEMCACHED,
        AS_FAST,
        i -> check(clients.xmemcached.set(keys.get(i), TTL, TEXT)));
    compare(
        runner,
        "Cache.set",
        threads,
        set,
        SPYMEMCACHED,
        AHEAD,
        i -> check(clients.spy.set(keys.get(i), TEXT, TTL)));
    compare(
        runner,
        "Cache.set",
        threads,
        set,
        FOLSOM,
        AHEAD,
        i -> check(clients.folsom.set(keys.get(i), TEXT.getBytes(UTF_8), TTL)));
  }

  private static void compare(
      BenchmarkRunner runner,
      String what,
      int threads,
      Throughput.Call ours,
      String reference,
      Target target,
      Throughput.Call theirs) {
    String name = "%s, %d threads, beside %s".formatted(what, threads, reference);
    runner.runBriefly(Throughput.of(name, threads, ours)
        .against(reference, Throughput.perSecond(threads, theirs))
        .target(target));
  }

  private static void compareGetAll(Clients clients, BenchmarkRunner runner) {
    List<String> many = clients.keys.subList(0, MANY);
    Measurement getAll =
        Measurement.seconds(() -> check(clients.cache.getAll(many, String.class).size() == MANY));
    runner.runBriefly(getAll(getAll, "100 gets", () -> {
          for (String key : many) {
            check(clients.cache.get(key, String.class).orElse(null));
          }
        })
        .target(Target.faster()));
    runner.runBriefly(
        getAll(getAll, XMEMCACHED, () -> check(clients.xmemcached.get(many).size() == MANY)));
    runner.runBriefly(
        getAll(getAll, SPYMEMCACHED, () -> check(clients.spy.getAll(many).size() == MANY)));
  }

  private static Comparison getAll(Measurement ours, String reference, Measurement.Action theirs) {
    return Comparison.of("Cache.getAll of 100 keys, beside " + reference, Unit.SECONDS, ours)
        .against(reference, Measurement.seconds(theirs));
  }

  private static void check(String text) throws IOException {
    check(TEXT.equals(text));
  }

  private static void check(boolean isRight) throws IOException {
    if (!isRight) {
      throw new IOException("a value is missing, wrong or was not stored");
    }
  }

  /** The clients of one server, and the keys that it holds. */
  private record Clients(
      Cache cache,
      MemcachedClient xmemcached,
      SpyClient spy,
      FolsomClient folsom,
      List<String> keys) {}
}
