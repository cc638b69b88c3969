package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.port.StoreResult;
import org.ocmcore.cache.domain.tracking.KeyIndex;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Brings back what a dump holds: values, flags and what is left of each lifetime. The dump is
 * checked whole before the first entry is stored. For one thread at a time: {@link DumpJobs} sees
 * to that.
 */
public final class Restorer {
  private final CachePort cache;
  private final KeyTracker tracker;
  private final DumpPort dumps;
  private final Clock clock;

  public Restorer(CachePort cache, KeyTracker tracker, DumpPort dumps, Clock clock) {
    this.cache = cache;
    this.tracker = tracker;
    this.dumps = dumps;
    this.clock = clock;
  }

  /**
   * Restores now and returns when all is stored.
   *
   * @param progress is told of entries, and of the bytes of those that match
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it fails its checks; nothing was stored
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly if the pattern takes too many steps;
   *     found out before anything is stored
   * @throws BulkIncomplete if a server fails; says how many entries were stored before
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if a server cannot be asked for a dry
   *     run
   * @throws org.ocmcore.cache.domain.error.Cancelled if the progress says so; what was stored by
   *     then stays
   */
  public RestoreReport restore(RestoreRequest request, Progress progress) {
    Instant start = clock.instant();
    String name = request.name().orElseGet(dumps::currentName);
    try (DumpReader reader = dumps.open(name)) {
      progress.expect(reader.info().entries());
      request.pattern().ifPresent(pattern -> requireAffordable(pattern, name, progress));
      Account account = new Account();
      Target target = request.dryRun() ? new Rehearsal(request.mode()) : new Cache(request.mode());
      copy(reader, request.pattern(), target, account, progress);
      return new RestoreReport(
          reader.info(),
          account.restored,
          account.skipped,
          account.failed,
          Duration.between(start, clock.instant()));
    }
  }

  /**
   * Runs the pattern over the dump once, so that one that is too costly stops the restore before
   * its first entry.
   */
  private void requireAffordable(KeyPattern pattern, String name, Progress progress) {
    KeyPattern.Search search = pattern.search();
    try (DumpReader reader = dumps.open(name)) {
      for (CacheEntry entry = reader.next(); entry != null; entry = reader.next()) {
        progress.checkpoint();
        search.finds(entry.key());
      }
    }
  }

  private static void copy(
      DumpReader reader,
      Optional<KeyPattern> pattern,
      Target target,
      Account account,
      Progress progress) {
    Optional<KeyPattern.Search> search = pattern.map(KeyPattern::search);
    List<CacheEntry> batch = new ArrayList<>();
    long bytes = 0;
    for (CacheEntry entry = reader.next(); entry != null; entry = reader.next()) {
      progress.checkpoint();
      if (search.isPresent() && !search.get().finds(entry.key())) {
        account.skip("not_matching");
        progress.advance(1, 0);
        continue;
      }
      batch.add(entry);
      bytes += entry.size();
      if (batch.size() == Batches.MAX_KEYS || bytes >= Batches.MAX_BYTES) {
        store(batch, target, account, reader.info());
        progress.advance(batch.size(), bytes);
        batch.clear();
        bytes = 0;
      }
    }
    store(batch, target, account, reader.info());
    progress.advance(batch.size(), bytes);
  }

  private static void store(List<CacheEntry> batch, Target target, Account account, DumpInfo dump) {
    StoreResult result = target.store(batch);
    result.outcomes().forEach(account::count);
    if (!result.failures().isEmpty()) {
      throw new BulkIncomplete("restore", account.restored, dump.entries(), result.failures());
    }
  }

  /** Where entries go. */
  private interface Target {
    StoreResult store(List<CacheEntry> entries);
  }

  /** Stores them. */
  private final class Cache implements Target {
    private final boolean onlyAbsent;

    Cache(RestoreRequest.Mode mode) {
      onlyAbsent = mode == RestoreRequest.Mode.ADD;
    }

    @Override
    public StoreResult store(List<CacheEntry> entries) {
      return cache.storeAll(entries, onlyAbsent);
    }
  }

  /** Tells what would become of them; a value over the store's limit is not foreseen. */
  private final class Rehearsal implements Target {
    private final Optional<KeyIndex> live;

    Rehearsal(RestoreRequest.Mode mode) {
      live = mode == RestoreRequest.Mode.ADD ? Optional.of(tracker.index()) : Optional.empty();
    }

    @Override
    public StoreResult store(List<CacheEntry> entries) {
      Instant now = clock.instant();
      return new StoreResult(
          entries.stream().map(entry -> foreseen(entry, now)).toList(), List.of());
    }

    private StoreOutcome foreseen(CacheEntry entry, Instant now) {
      if (entry.expiry().isPast(now)) {
        return StoreOutcome.EXPIRED;
      }
      return isLive(entry.key()) ? StoreOutcome.EXISTS : StoreOutcome.STORED;
    }

    /** Whether it is where it belongs: a copy elsewhere does not keep an entry from being added. */
    private boolean isLive(CacheKey key) {
      return live.flatMap(index -> index.find(key, clock.instant()))
          .filter(found -> found.placed().equals(cache.place(key)))
          .isPresent();
    }
  }

  private static final class Account {
    private final TreeMap<String, Long> skipped = new TreeMap<>();
    private long restored;
    private long failed;

    void count(StoreOutcome outcome) {
      switch (outcome) {
        case STORED -> restored++;
        case REFUSED -> failed++;
        case EXISTS, EXPIRED, TOO_LARGE -> skip(outcome.name().toLowerCase(Locale.ROOT));
        case UNKNOWN -> {
          // Its server failed, and with it the restore.
        }
      }
    }

    void skip(String reason) {
      skipped.merge(reason, 1L, Long::sum);
    }
  }
}
