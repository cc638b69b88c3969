package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

/** Many threads write and read a few keys through one cache with this near map. */
public abstract class NearStressContract {
  private static final int KEYS = 4;
  private static final int WRITES = 5_000;
  private static final int READERS = 4;

  private final FakeCache fake = new FakeCache(new MutableClock(), "a", "b");
  private Cache cache;

  /** An empty map. */
  protected abstract NearMap createMap();

  /** The numbers of the writes that have returned. */
  private final AtomicIntegerArray written = new AtomicIntegerArray(KEYS);

  private volatile boolean areWritten;

  @BeforeEach
  void createCache() {
    cache = Cache.builder(Store.of(fake, fake, fake, new MutableClock()))
        .nearCache(createMap(), Duration.ofHours(1))
        .build();
  }

  /** Writes until a reader has also found something in the map, whichever thread runs first. */
  private void write(int key) {
    for (int i = 1; i <= WRITES || cache.stats().nearHits() == 0; i++) {
      if (i % 1_000 == 0) {
        cache.app("other").clear();
      }
      cache.set("k" + key, "v" + i, Cache.FOREVER);
      written.set(key, i);
    }
  }

  private void read() {
    while (!areWritten) {
      int key = ThreadLocalRandom.current().nextInt(KEYS);
      int before = written.get(key);
      int found = cache
          .get("k" + key, String.class)
          .map(value -> Integer.parseInt(value.substring(1)))
          .orElse(0);
      assertTrue(found >= before, "wrote " + before + ", then found " + found);
    }
  }

  @Test
  void noReadIsOlderThanAWriteThatReturned() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(KEYS + READERS);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(this::read));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        int key = i;
        writers.add(threads.submit(() -> write(key)));
      }
      await(writers);
      areWritten = true;
      await(readers);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(List<Future<?>> running)
      throws InterruptedException, ExecutionException {
    for (Future<?> each : running) {
      each.get();
    }
  }
}
