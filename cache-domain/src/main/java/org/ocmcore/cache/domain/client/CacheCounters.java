package org.ocmcore.cache.domain.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens in a cache. A view also counts for its parent. For any number of threads. */
final class CacheCounters {
  private final Optional<CacheCounters> parent;
  /** Those that the near cache did not answer. */
  private final LongAdder hits = new LongAdder();

  private final LongAdder nearHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final LongAdder failures = new LongAdder();

  CacheCounters(Optional<CacheCounters> parent) {
    this.parent = parent;
  }

  void countReads(long found, long absent) {
    hits.add(found);
    misses.add(absent);
    parent.ifPresent(counters -> counters.countReads(found, absent));
  }

  /** Counts a read. */
  void countRead(boolean found) {
    (found ? hits : misses).increment();
    parent.ifPresent(counters -> counters.countRead(found));
  }

  /** Counts hits that the near cache answered. */
  void countNearHits(long found) {
    nearHits.add(found);
    if (parent.isPresent()) {
      parent.get().countNearHits(found);
    }
  }

  void countLoad(boolean succeeded, long nanos) {
    (succeeded ? loads : loadFailures).increment();
    loadNanos.add(nanos);
    parent.ifPresent(counters -> counters.countLoad(succeeded, nanos));
  }

  void countFailure() {
    failures.increment();
    parent.ifPresent(CacheCounters::countFailure);
  }

  /** The average time of a call of a loader, in nanoseconds; 0 before the first. */
  long averageLoadNanos() {
    long calls = loads.sum() + loadFailures.sum();
    return calls == 0 ? 0 : loadNanos.sum() / calls;
  }

  CacheStats stats() {
    long near = nearHits.sum();
    return new CacheStats(
        hits.sum() + near,
        misses.sum(),
        loads.sum(),
        loadFailures.sum(),
        Duration.ofNanos(loadNanos.sum()),
        failures.sum(),
        near);
  }
}
