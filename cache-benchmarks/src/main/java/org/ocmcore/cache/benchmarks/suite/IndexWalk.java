package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/** A walk into the index in this process: what the library does, without the service around it. */
final class IndexWalk implements AutoCloseable {
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final MemcachedStore store;

  IndexWalk(String server) {
    store = MemcachedStore.open(MemcachedSettings.parse(server), Clock.systemUTC());
  }

  /** The seconds of a walk into an index that was empty. */
  double seconds(long least, long most) throws Exception {
    // What earlier walks left is not this one's to clear away.
    System.gc();
    KeyTracker tracker =
        new KeyTracker(store.keyspace(), store.cache(), executor, Clock.systemUTC());
    long[] keys = new long[1];
    double seconds =
        Probe.seconds(() -> keys[0] = tracker.index().keys().size()).measure();
    if (keys[0] < least || keys[0] > most) {
      throw new IOException("the index has %d keys, expected %d".formatted(keys[0], most));
    }
    return seconds;
  }

  @Override
  public void close() {
    store.close();
    executor.shutdownNow();
  }
}
