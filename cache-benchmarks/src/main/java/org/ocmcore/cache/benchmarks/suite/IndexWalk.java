package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking;
import org.ocmcore.cache.domain.tracking.TrackingEvents;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/** A walk into the index in this process: what the library does, without the service around it. */
public final class IndexWalk implements AutoCloseable {
  private static final Clock CLOCK = Clock.systemUTC();

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final MemcachedStore store;

  public IndexWalk(String server) {
    store = MemcachedStore.open(MemcachedSettings.parse(server), CLOCK);
  }

  /** The seconds of a walk into an index that was empty. */
  double seconds(long least, long most) throws Exception {
    // What earlier walks left is not this one's to clear away.
    System.gc();
    long[] keys = new long[1];
    double seconds = Probe.seconds(
            () -> keys[0] = walked().sum(KeyRange.ALL, CLOCK.instant()).keys())
        .measure();
    if (keys[0] < least || keys[0] > most) {
      throw new IOException("the index has %d keys, expected %d".formatted(keys[0], most));
    }
    return seconds;
  }

  /** What a walk finds. */
  public KeyIndex walked() {
    return new KeyTracker(
            store.keyspace(),
            store.cache(),
            executor,
            (delay, task) -> {
              throw new IllegalStateException("a first walk needs no rest before it");
            },
            CLOCK,
            TrackingPolicy.DEFAULT,
            new Silence())
        .fresh();
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
    public void feedWithheld(String server, String reason) {}

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
