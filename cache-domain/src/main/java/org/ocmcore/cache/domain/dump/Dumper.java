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
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Writes the whole cache into a dump: every key that lives throughout, each with a value that it
 * held at some moment meanwhile. Values pass through in batches, so memory does not grow with them.
 * For one thread at a time: {@link DumpJobs} sees to that.
 */
public final class Dumper {
  private final CachePort cache;
  private final KeyTracker tracker;
  private final DumpPort dumps;
  private final DumpPolicy policy;
  private final DumpEvents events;
  private final Clock clock;

  public Dumper(
      CachePort cache,
      KeyTracker tracker,
      DumpPort dumps,
      DumpPolicy policy,
      DumpEvents events,
      Clock clock) {
    this.cache = cache;
    this.tracker = tracker;
    this.dumps = dumps;
    this.policy = policy;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Dumps now and returns when the dump is current.
   *
   * @param progress is told of keys, and of the bytes of their items
   * @throws StoreUnavailable if a server fails; a dump that lacks its keys is none
   * @throws org.ocmcore.cache.domain.error.DumpFailed if it cannot be written
   * @throws org.ocmcore.cache.domain.error.Cancelled if the progress says so; there is no trace of
   *     the dump then
   */
  public DumpReport dump(Progress progress) {
    return run(false, progress).orElseThrow();
  }

  /**
   * Dumps as {@link #dump} does, but does not put a dump without entries in the place of one that
   * has some: a cache that has lost everything is what that dump is there for.
   *
   * @return empty if no dump was written for that reason
   */
  public Optional<DumpReport> dumpUnlessLost(Progress progress) {
    return run(true, progress);
  }

  private Optional<DumpReport> run(boolean unlessLost, Progress progress) {
    Optional<DumpReport> report = writeOrTell(unlessLost, progress);
    if (report.isPresent()) {
      events.written(report.get());
      removeSurplus();
    } else {
      events.skipped("the cache is empty, and the current dump is not");
    }
    return report;
  }

  private Optional<DumpReport> writeOrTell(boolean unlessLost, Progress progress) {
    try {
      return write(unlessLost, progress);
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    }
  }

  private Optional<DumpReport> write(boolean unlessLost, Progress progress) {
    Instant start = clock.instant();
    FoundKeys keys = FoundKeys.all(tracker.fresh(), start);
    progress.expect(keys.size());
    TreeSet<String> servers = new TreeSet<>();
    keys.visit(key -> servers.add(key.server()));
    try (DumpWriter writer = dumps.create(start, List.copyOf(servers))) {
      long read = 0;
      long written = 0;
      for (List<KeyInfo> batch : Batches.of(keys)) {
        progress.checkpoint();
        List<CacheEntry> entries = cache.readAll(Batches.placed(batch));
        read += entries.size();
        written += entries.stream().filter(writer::write).count();
        progress.advance(
            batch.size(), entries.stream().mapToLong(CacheEntry::size).sum());
      }
      if (unlessLost && written == 0 && currentHasEntries()) {
        return Optional.empty();
      }
      DumpInfo dump = writer.commit(progress::checkpoint);
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
}
