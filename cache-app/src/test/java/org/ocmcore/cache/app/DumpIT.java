package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;
import org.ocmcore.cache.domain.transfer.RateLimit;

/** Dumps of real servers into real files, and back. */
class DumpIT {
  private static final int KEYS = 20_000;

  private final Clock clock = Clock.systemUTC();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @TempDir
  private Path folder;

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  /** Servers of one's own, and a store on them. */
  private final class Cluster {
    final List<MemcachedServer> servers;
    final MemcachedStore store;

    Cluster(int size) {
      servers = Stream.generate(MemcachedServer::start).limit(size).toList();
      store = MemcachedStore.open(
          MemcachedSettings.parse(
              String.join(",", servers.stream().map(MemcachedServer::address).toList())),
          clock);
      opened.add(store);
      opened.addAll(servers);
    }

    private Store ports() {
      return Store.of(store.cache(), store.keyspace(), store.bulk(), store.clock());
    }

    DumpResult dump(FileDumps into, DumpPolicy policy) {
      return new Dumper(
              ports(),
              into,
              policy,
              new DumpLog(),
              threads,
              time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
              clock,
              "test")
          .dump(Progress.UNWATCHED);
    }

    DumpResult dump(FileDumps into) {
      return dump(into, policy(false, RateLimit.FULL));
    }

    long restore(FileDumps from) {
      return new Restorer(ports(), from, AppRule.DEFAULT, threads, clock)
          .restore(RestoreRequest.MISSING, Progress.UNWATCHED)
          .restored();
    }
  }

  private static DumpPolicy policy(boolean partial, RateLimit rateLimit) {
    return new DumpPolicy(Duration.ZERO, 0, new Retention(3, 0), partial, rateLimit);
  }

  private FileDumps dumps(String name) {
    return new FileDumps(folder.resolve(name));
  }

  private static Map<CacheKey, CacheEntry> read(FileDumps dumps) {
    Map<CacheKey, CacheEntry> entries = new HashMap<>();
    try (DumpReader reader = dumps.open(dumps.currentName())) {
      for (var next = reader.next(); next != null; next = reader.next()) {
        CacheEntry entry = next.entry();
        assertEquals(null, entries.put(entry.key(), entry), () -> entry.key() + " comes twice");
      }
    }
    return entries;
  }

  private static CacheEntry entry(int i) {
    CacheValue value = CacheValue.of(
        ("value " + i).repeat(1 + i % 20).getBytes(StandardCharsets.UTF_8), i % 3 * 1_000_000L);
    return new CacheEntry(
        CacheKey.of("key:" + i), value, i % 2 == 0 ? Expiry.NEVER : new Expiry(1_900_000_000L));
  }

  private void fill(Cluster cluster) {
    for (int i = 0; i < KEYS; i++) {
      CacheEntry entry = entry(i);
      Lifetime lifetime = entry.expiry().lifetime(clock.instant());
      cluster.store.cache().store(entry.key(), entry.value(), lifetime);
    }
  }

  /**
   * Two threads store and delete meanwhile. Some keys live throughout while their values change:
   * each is there once, with a value that it held between begin and end.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void dumpDuringWritesHoldsEveryLastingKeyOnce(int size) throws Exception {
    Cluster cluster = new Cluster(size);
    FileDumps dumps = dumps("dump.json");
    fill(cluster);
    int lasting = 2_000;
    AtomicIntegerArray versions = new AtomicIntegerArray(lasting);
    for (int i = 0; i < lasting; i++) {
      cluster.store.cache().store(lastingKey(i), CacheValue.ofText("0"), Lifetime.FOREVER);
    }
    AtomicBoolean writing = new AtomicBoolean(true);
    List<Future<?>> writers = List.of(
        threads.submit(() -> raiseVersions(cluster, versions, writing)),
        threads.submit(() -> comeAndGo(cluster, writing)));
    for (int round = 0; round < 3; round++) {
      int[] before = snapshot(versions);
      DumpResult report = cluster.dump(dumps);
      int[] after = snapshot(versions);
      Map<CacheKey, CacheEntry> entries = read(dumps);
      for (int i = 0; i < lasting; i++) {
        CacheEntry entry = entries.get(lastingKey(i));
        assertTrue(entry != null, "a key that lived throughout is missing");
        int version =
            Integer.parseInt(new String(entry.value().bytes(), StandardCharsets.US_ASCII));
        // The next version is stored before it is noted.
        assertTrue(
            version >= before[i] && version <= after[i] + 1,
            version + " is not from " + before[i] + " to " + after[i]);
      }
      for (int i = 0; i < KEYS; i++) {
        CacheEntry stored = entry(i);
        CacheEntry dumped = entries.get(stored.key());
        assertEquals(stored.value(), dumped.value());
        assertEquals(stored.expiry().isNever(), dumped.expiry().isNever());
        // A server counts in seconds of its own, and late on a busy machine.
        long off = dumped.expiry().epochSecond() - stored.expiry().epochSecond();
        assertTrue(Math.abs(off) <= 2, () -> stored.key() + " ends " + off + " s later");
      }
      assertTrue(report.account().isComplete(), () -> report.account().toString());
      assertEquals(report.dump().entries(), report.account().sum(ServerAccount::written));
    }
    writing.set(false);
    for (Future<?> writer : writers) {
      writer.get(20, TimeUnit.SECONDS);
    }
  }

  private static CacheKey lastingKey(int i) {
    return CacheKey.of("lasting:" + i);
  }

  private static int[] snapshot(AtomicIntegerArray versions) {
    int[] all = new int[versions.length()];
    for (int i = 0; i < all.length; i++) {
      all[i] = versions.get(i);
    }
    return all;
  }

  private static void raiseVersions(
      Cluster cluster, AtomicIntegerArray versions, AtomicBoolean writing) {
    Random random = new Random(1);
    while (writing.get()) {
      int i = random.nextInt(versions.length());
      String next = Integer.toString(versions.get(i) + 1);
      cluster.store.cache().store(lastingKey(i), CacheValue.ofText(next), Lifetime.FOREVER);
      versions.incrementAndGet(i);
    }
  }

  private static void comeAndGo(Cluster cluster, AtomicBoolean writing) {
    Random random = new Random(2);
    while (writing.get()) {
      CacheKey key = CacheKey.of("passing:" + random.nextInt(5_000));
      if (random.nextBoolean()) {
        cluster.store.cache().store(key, CacheValue.ofText("v"), Lifetime.ofSeconds(2));
      } else {
        cluster.store.cache().delete(key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.zst", "dump.json.gz"})
  void dumpOfThreeServersRestoresAnywhere(String name) {
    Cluster three = new Cluster(3);
    fill(three);
    FileDumps dumps = dumps(name);
    assertEquals(KEYS, three.dump(dumps).dump().entries());
    for (int size : new int[] {1, 5}) {
      Cluster other = new Cluster(size);
      assertEquals(KEYS, other.restore(dumps(name)));
      for (int i = 0; i < KEYS; i += 97) {
        assertEquals(
            Optional.of(entry(i).value()), other.store.cache().get(entry(i).key()));
        CacheEntry read = other.store.cache().read(entry(i).key()).orElseThrow();
        assertEquals(entry(i).expiry().isNever(), read.expiry().isNever());
      }
      assertEquals(KEYS, other.dump(dumps("again" + size + ".json")).dump().entries());
    }
  }

  @Test
  void killedServerLeavesOldOrPartialDump() throws Exception {
    Cluster cluster = new Cluster(3);
    FileDumps dumps = dumps("dump.json");
    fill(cluster);
    DumpResult good = cluster.dump(dumps);
    RateLimit slow = new RateLimit(10_000, Duration.ZERO);
    Future<DumpResult> whole = threads.submit(() -> cluster.dump(dumps, policy(false, slow)));
    Future<DumpResult> partial =
        threads.submit(() -> cluster.dump(dumps("partial.json"), policy(true, slow)));
    // Both are to be in the middle: 20,000 keys take two seconds.
    assertThrows(
        java.util.concurrent.TimeoutException.class, () -> whole.get(500, TimeUnit.MILLISECONDS));
    cluster.servers.get(1).stop();
    Throwable failure =
        assertThrows(java.util.concurrent.ExecutionException.class, whole::get).getCause();
    assertEquals(StoreUnavailable.class, failure.getClass());
    assertEquals(List.of(good.dump().name()), dumps.names());
    assertEquals(KEYS, read(dumps).size());
    DumpResult marked = partial.get(20, TimeUnit.SECONDS);
    assertFalse(marked.dump().complete());
    assertTrue(marked.dump().valid());
    ServerAccount lost = marked.account().servers().get(1);
    assertEquals(cluster.servers.get(1).address(), lost.server());
    assertTrue(lost.failure().isPresent());
    assertTrue(marked.dump().entries() < KEYS, () -> "all of " + KEYS + " are there");
  }

  @Test
  void secondInstanceTakesOverTheDumps() {
    Cluster cluster = new Cluster(1);
    fill(cluster);
    Map<String, String> settings = new HashMap<>(Map.of(
        "MEMCACHED_SERVERS", cluster.servers.get(0).address(),
        "CACHE_HTTP_PORT", "0",
        "CACHE_AUTO_DUMP_INTERVAL", "1",
        "CACHE_DUMP_LEASE", "true"));
    RunningService one =
        RunningService.start(org.ocmcore.cache.app.StoreKind.MEMORY, "production", settings);
    opened.add(one);
    Await.until(() -> dumps(one) > 1);
    RunningService other =
        RunningService.start(org.ocmcore.cache.app.StoreKind.MEMORY, "production", settings);
    opened.add(0, other);
    int before = dumps(one);
    Await.until(() -> dumps(one) > before + 1 || dumps(one) == 4);
    assertEquals(0, dumps(other));
    one.close();
    opened.remove(one);
    Await.until(() -> dumps(other) > 0);
  }

  private static int dumps(RunningService service) {
    return service.client().get("/dumps/").expect(200).json().get("dumps").size();
  }
}
