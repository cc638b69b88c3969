package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking;
import org.ocmcore.cache.domain.tracking.TrackingEvents;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/** A walk into the index in this process: what the library does, without the service around it. */
final class IndexWalk implements AutoCloseable {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final MemcachedStore store;

  IndexWalk(String server) {
    store = MemcachedStore.open(MemcachedSettings.parse(server), Clock.systemUTC());
  }

  /** The seconds of a walk into an index that was empty. */
  double seconds(long least, long most) throws Exception {
    // What earlier walks left is not this one's to clear away.
    System.gc();
    Clock clock = Clock.systemUTC();
    KeyTracker tracker = new KeyTracker(
        store.keyspace(),
        store.cache(),
        executor,
        (delay, task) -> {
          throw new IllegalStateException("a first walk needs no rest before it");
        },
        clock,
        TrackingPolicy.DEFAULT,
        new Silence());
    long[] keys = new long[1];
    double seconds = Probe.seconds(
            () -> keys[0] = tracker.fresh().sum(KeyRange.ALL, clock.instant()).keys())
        .measure();
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

  /** Nobody watches; a walk that fails throws. */
  private static final class Silence implements TrackingEvents {
    @Override
    public void changed(String server, ServerTracking.Mode mode) {}

    @Override
    public void walkingAtOnce(String server, String reason) {}

    @Override
    public void walked(String server, ServerTracking.Walk walk) {}

    @Override
    public void notWalked(String server, StoreUnavailable failure) {}

    @Override
    public void broken(String server, Throwable failure) {}
  }
}
