package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;
import org.ocmcore.cache.domain.query.FoundKeys;
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
    return run(false).orElseThrow();
  }

  /**
   * Dumps as {@link #dump} does, but does not put a dump without entries in the place of one that
   * has some: a cache that has lost everything is what that dump is there for.
   *
   * @return empty if no dump was written for that reason
   */
  public Optional<DumpReport> dumpUnlessLost() {
    return run(true);
  }

  private Optional<DumpReport> run(boolean unlessLost) {
    return lock.alone("dump", () -> {
      Optional<DumpReport> report = writeOrTell(unlessLost);
      if (report.isPresent()) {
        events.written(report.get());
        removeSurplus();
      } else {
        events.skipped("the cache is empty, and the current dump is not");
      }
      return report;
    });
  }

  private Optional<DumpReport> writeOrTell(boolean unlessLost) {
    try {
      return write(unlessLost);
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    }
  }

  private Optional<DumpReport> write(boolean unlessLost) {
    requireOpen();
    Instant start = clock.instant();
    FoundKeys keys = FoundKeys.all(tracker.fresh(), start);
    TreeSet<String> servers = new TreeSet<>();
    keys.visit(key -> servers.add(key.server()));
    try (DumpWriter writer = dumps.create(new DumpHeader(start, List.copyOf(servers), ""))) {
      PartWriter part = writer.part();
      long read = 0;
      long written = 0;
      for (List<KeyInfo> batch : Batches.of(keys)) {
        requireOpen();
        List<CacheEntry> entries = cache.readAll(Batches.placed(batch));
        read += entries.size();
        written += entries.stream()
            .filter(entry -> part.write(new DumpEntry(entry, KeyInfo.UNKNOWN)))
            .count();
      }
      if (unlessLost && written == 0 && currentHasEntries()) {
        return Optional.empty();
      }
      part.end();
      DumpInfo dump = writer.commit(new DumpAccount(List.of()), this::requireOpen);
      TreeMap<String, Long> skipped = new TreeMap<>();
      skipped.put("gone", keys.size() - read);
      skipped.put("too_large", read - written);
      skipped.values().removeIf(count -> count == 0);
      return Optional.of(new DumpReport(dump, skipped, Duration.between(start, clock.instant())));
    }
  }

  private boolean currentHasEntries() {
    try {
      return dumps.describe(dumps.currentName()).entries() > 0;
    } catch (DumpNotFound none) {
      return false;
    }
  }

  private void removeSurplus() {
    try {
      List<String> whole = dumps.names().stream().filter(this::isWhole).toList();
      policy.surplus(whole).forEach(dumps::delete);
    } catch (RuntimeException e) {
      // Whatever it was: the dump is written, and older ones that stay must not deny that.
      events.notRemoved(e);
    }
  }

  /** What is not whole neither takes the place of a dump nor is removed. */
  private boolean isWhole(String name) {
    try {
      return name.equals(dumps.currentName()) || dumps.describe(name).valid();
    } catch (DumpNotFound | DumpUnusable unreadable) {
      return false;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new DumpFailed("the service is stopping");
    }
  }

  /**
   * Drops a dump that is running, without a trace, and lets none begin. Does not wait for it: it
   * ends as soon as the server or the disk has answered that it is waiting for.
   */
  public void close() {
    closed = true;
  }
}
