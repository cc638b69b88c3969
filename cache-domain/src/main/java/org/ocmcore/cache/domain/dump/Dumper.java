package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.tracking.KeyIndex;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Writes the whole cache into a dump: every key that lives throughout, each with a value that it
 * held at some moment meanwhile. Values pass through in batches, so memory does not grow with them.
 * For any number of threads.
 */
public final class Dumper {
  private final CachePort cache;
  private final KeyTracker tracker;
  private final DumpPort dumps;
  private final DumpPolicy policy;
  private final DumpLock lock;
  private final DumpEvents events;
  private final Clock clock;

  private volatile boolean closed;

  public Dumper(
      CachePort cache,
      KeyTracker tracker,
      DumpPort dumps,
      DumpPolicy policy,
      DumpLock lock,
      DumpEvents events,
      Clock clock) {
    this.cache = cache;
    this.tracker = tracker;
    this.dumps = dumps;
    this.policy = policy;
    this.lock = lock;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Dumps now and returns when the dump is current.
   *
   * @throws org.ocmcore.cache.domain.error.OperationRunning if a dump or restore is running
   * @throws StoreUnavailable if a server fails; a dump that lacks its keys is none
   * @throws DumpFailed if it cannot be written, or if this is closed meanwhile
   */
  public DumpReport dump() {
    return lock.alone("dump", () -> {
      DumpReport report = writeOrTell();
      events.written(report);
      removeSurplus();
      return report;
    });
  }

  private DumpReport writeOrTell() {
    try {
      return write();
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    }
  }

  private DumpReport write() {
    requireOpen();
    Instant start = clock.instant();
    KeyIndex index = tracker.index();
    List<String> servers =
        index.keys().stream().map(KeyInfo::server).distinct().sorted().toList();
    try (DumpWriter writer = dumps.create(start, servers)) {
      long gone = 0;
      for (List<KeyInfo> batch : Batches.of(index.keys())) {
        requireOpen();
        List<CacheEntry> entries = cache.readAll(Batches.placed(batch));
        entries.forEach(writer::write);
        gone += batch.size() - entries.size();
      }
      requireOpen();
      DumpInfo dump = writer.commit();
      TreeMap<String, Long> skipped = new TreeMap<>();
      if (gone > 0) {
        skipped.put("gone", gone);
      }
      return new DumpReport(dump, skipped, Duration.between(start, clock.instant()));
    }
  }

  private void removeSurplus() {
    try {
      policy.surplus(dumps.names()).forEach(dumps::delete);
    } catch (RuntimeException e) {
      // Whatever it was: the dump is written, and older ones that stay must not deny that.
      events.notRemoved(e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new DumpFailed("the service is stopping");
    }
  }

  /** Drops a dump that is running, without a trace, and lets none begin. Does not wait for it. */
  public void close() {
    closed = true;
  }
}
