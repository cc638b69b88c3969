package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackingEvents;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/** Walks of a memcached into a new index, by the library in this process. */
final class IndexWalk implements AutoCloseable {
  private static final Clock CLOCK = Clock.systemUTC();

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final MemcachedStore store;

  /** @param server {@code host:port} */
  IndexWalk(String server) {
    store = MemcachedStore.open(MemcachedSettings.parse(server), CLOCK);
  }

  /**
   * Walks once.
   *
   * @return the seconds that it took
   * @throws IOException if the index has not this many keys
   */
  double seconds(long keys) throws Exception {
    // Otherwise this walk would pay for the garbage of the walks before.
    System.gc();
    long[] found = new long[1];
    double seconds = Measurement.seconds(
            () -> found[0] = walk().sum(KeyRange.ALL, CLOCK.instant()).keys())
        .measure();
    if (found[0] != keys) {
      throw new IOException("the index has %d keys, expected %d".formatted(found[0], keys));
    }
    return seconds;
  }

  /** Walks once and returns the index. */
  KeyIndex walk() {
    return new KeyTracker(
            store.keyspace(),
            store.cache(),
            executor,
            (delay, task) -> {
              throw new IllegalStateException("a single walk schedules nothing");
            },
            CLOCK,
            TrackingPolicy.DEFAULT,
            NoEvents.of(TrackingEvents.class))
        .fresh();
  }

  @Override
  public void close() {
    store.close();
    executor.shutdownNow();
  }
}
