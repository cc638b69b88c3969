package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memcached.Relay;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;
import org.ocmcore.cache.domain.tracking.TrackedCache;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/** The index is right again soon after whatever happens to real servers that are in use. */
class TrackingIT {
  /** Stores are watched only where no client can use the binary protocol. */
  private static final String[] TEXT_ONLY = {"-B", "ascii"};

  private final List<MemcachedServer> servers =
      Stream.generate(() -> MemcachedServer.start(TEXT_ONLY)).limit(3).toList();
  private final Clock clock = Clock.systemUTC();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ThreadScheduler scheduler = new ThreadScheduler(threads);
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private MemcachedStore store;
  private KeyTracker tracker;

  @BeforeEach
  void open() {
    store = MemcachedStore.open(
        MemcachedSettings.parse(
            String.join(",", servers.stream().map(MemcachedServer::address).toList())),
        clock);
  }

  /** Tracks the servers; they are walked seldom, unless there is reason to. */
  private void track() {
    track(TrackingPolicy.MAX_INTERVAL);
  }

  private void track(Duration interval) {
    tracker = new KeyTracker(
        store.keyspace(),
        store.cache(),
        threads,
        scheduler,
        clock,
        TrackingPolicy.every(interval),
        new TrackingLog());
    tracker.start();
  }

  @AfterEach
  void close() {
    writing.set(false);
    tracker.close();
    scheduler.close();
    threads.shutdownNow();
    store.close();
    servers.forEach(MemcachedServer::close);
  }

  private void awaitMode(Mode mode) {
    Await.until(() ->
        tracker.survey().servers().stream().allMatch(server -> server.mode().equals(mode)));
  }

  /** What the index says: each copy of each key, with its size. */
  private Map<String, Long> indexed() {
    KeyIndex index = tracker.index();
    Map<String, Long> found = new TreeMap<>();
    KeyCursor cursor = index.copies(KeyRange.ALL, clock.instant());
    while (cursor.next()) {
      assertEquals(null, found.put(cursor.server() + " " + cursor.key(), cursor.size()), "twice");
    }
    return found;
  }

  /** What the servers say. */
  private Map<String, Long> walked() {
    Map<String, Long> found = new TreeMap<>();
    for (String server : store.keyspace().servers()) {
      store.keyspace().walk(server, key -> found.put(server + " " + key.key(), key.size()));
    }
    return found;
  }

  private boolean isRight() {
    try {
      return indexed().equals(walked());
    } catch (StoreUnavailable e) {
      return false;
    }
  }

  private void store(String key, String value) {
    store.cache().store(CacheKey.of(key), CacheValue.ofText(value), Lifetime.ofSeconds(3600));
  }

  @Test
  void feedShowsStoresAndEvictionsByOthers() {
    track();
    awaitMode(Mode.FEED_AND_WALK);
    tracker.fresh();
    for (int i = 0; i < 2_000; i++) {
      store("k" + i, "value " + i);
    }
    Await.until(this::isRight);
    assertEquals(2_000, indexed().size());
  }

  @Test
  void foreignFlushIsSeenWithinSeconds() {
    track();
    awaitMode(Mode.FEED_AND_WALK);
    store("k", "v");
    Await.until(() -> indexed().size() == 1);
    servers.forEach(server -> server.command("flush_all"));
    Await.until(() -> {
      try {
        return indexed().isEmpty();
      } catch (StoreUnavailable e) {
        return false;
      }
    });
  }

  @Test
  void delayedForeignFlushIsSeenWhenItTakesEffect() {
    track();
    awaitMode(Mode.FEED_AND_WALK);
    store("k", "v");
    Await.until(() -> indexed().size() == 1);
    servers.forEach(server -> server.command("flush_all 3"));
    // It may take effect meanwhile.
    Map<String, Long> before = walked();
    tracker.fresh();
    Map<String, Long> known = indexed();
    assertTrue(known.equals(before) || known.equals(walked()), known::toString);
    Await.until(() -> walked().isEmpty() && isRight());
  }

  @Test
  void unwalkableServerIsTrackedByOwnWrites() {
    servers.forEach(server -> server.restart("-X"));
    store("foreign", "v");
    track();
    awaitMode(Mode.OWN_WRITES);
    KeyIndex index = tracker.index();
    assertFalse(index.isComplete());
    assertEquals(3, index.gaps().size());
    assertTrue(indexed().isEmpty());
  }

  private void storeHere(String key) {
    new TrackedCache(store.cache(), tracker, clock)
        .store(CacheKey.of(key), CacheValue.ofText("v"), Lifetime.ofSeconds(3600));
  }

  @Test
  void unwalkableServerIsEmptiedByFlushAndRestart() {
    servers.forEach(server -> server.restart("-X"));
    track();
    awaitMode(Mode.OWN_WRITES);
    for (int i = 0; i < 10; i++) {
      storeHere("own:" + i);
    }
    assertEquals(10, indexed().size());
    servers.forEach(server -> server.command("flush_all"));
    Await.until(() -> indexed().isEmpty());
    for (int i = 0; i < 10; i++) {
      storeHere("own:" + i);
    }
    assertEquals(10, indexed().size());
    servers.forEach(MemcachedServer::restart);
    Await.until(() -> {
      try {
        return indexed().isEmpty();
      } catch (StoreUnavailable e) {
        return false;
      }
    });
  }

  /** As a firewall does that forgets an idle flow: nothing but the watchdog can find that. */
  @Test
  void forgottenFeedIsDetected() {
    MemcachedServer server = servers.get(0);
    store.close();
    try (Relay relay = Relay.to(server)) {
      store = MemcachedStore.open(MemcachedSettings.parse(relay.address()), clock);
      track();
      awaitMode(Mode.FEED_AND_WALK);
      tracker.fresh();
      relay.forgetFeeds();
      for (int i = 0; i < 100; i++) {
        server.command("set unheard:" + i + " 0 0 1\r\nv");
      }
      Await.until(() -> relay.feeds() == 1);
      Await.until(this::isRight);
      assertEquals(100, indexed().size());
      assertTrue(tracker.index().isComplete());
      server.command("set heard 0 0 1\r\nv");
      Await.until(() -> indexed().size() == 101);
    }
  }

  /** Writers and chaos first; then quiet, and the index must be right by itself. */
  @RepeatedTest(3)
  void indexIsRightAfterServersWereKilled() throws Exception {
    track(Duration.ofSeconds(1));
    AtomicLong writes = new AtomicLong();
    List<Future<?>> writers = Stream.of(1, 2)
        .<Future<?>>map(seed -> threads.submit(() -> write(new Random(seed), writes)))
        .toList();
    Random random = new Random(7);
    for (int i = 0; i < 6; i++) {
      MemcachedServer victim = servers.get(random.nextInt(servers.size()));
      long goal = writes.get() + 500 + random.nextInt(3_000);
      Await.until(() -> writes.get() > goal);
      switch (i % 3) {
        case 0 -> {
          victim.stop();
          victim.restart();
        }
        case 1 -> {
          victim.stop();
          Await.until(this::isLost);
          victim.restart();
        }
        default -> victim.command("flush_all");
      }
    }
    writing.set(false);
    for (Future<?> writer : writers) {
      writer.get();
    }
    Await.until(this::isRight);
    assertTrue(writes.get() > 3_000);
  }

  private boolean isLost() {
    try {
      tracker.index();
      return false;
    } catch (StoreUnavailable e) {
      return true;
    }
  }

  private void write(Random random, AtomicLong writes) {
    while (writing.get()) {
      String name = "load:" + random.nextInt(20_000);
      try {
        if (random.nextInt(4) == 0) {
          store.cache().delete(CacheKey.of(name));
        } else {
          store(name, "v".repeat(random.nextInt(100)));
        }
      } catch (StoreUnavailable e) {
        // Servers are killed on purpose.
        Thread.onSpinWait();
      }
      writes.incrementAndGet();
    }
  }
}
