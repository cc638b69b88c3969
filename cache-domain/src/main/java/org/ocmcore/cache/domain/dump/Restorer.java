package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.FilterTest;

/**
 * Brings back what a dump holds: values, flags and lifetimes, each key on the server where it
 * belongs now. The dump is checked whole before the first entry is stored. For any number of
 * threads.
 */
public final class Restorer {
  /** Progress is told after so many entries that are not stored. */
  private static final int STEP = 4_096;

  private final Store store;
  private final DumpPort dumps;
  private final Executor executor;
  private final Clock clock;

  /**
   * @param executor where entries are stored, a thread a server; it must have a thread for whatever
   *     it is given, or take the caller's
   */
  public Restorer(Store store, DumpPort dumps, Executor executor, Clock clock) {
    this.store = store;
    this.dumps = dumps;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Restores now and returns when all is stored.
   *
   * @param progress is told of entries of the dump, and of bytes of items
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if it fails its checks; nothing was stored
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly if the pattern takes too many steps;
   *     found out before anything is stored
   * @throws BulkIncomplete if a server fails; says what became of the entries until then
   * @throws StoreUnavailable if a server cannot be asked for a dry run
   * @throws org.ocmcore.cache.domain.error.Cancelled if the progress says so; what was stored by
   *     then stays
   */
  public RestoreReport restore(RestoreRequest request, Progress progress) {
    Instant start = clock.instant();
    String name = request.name().orElseGet(dumps::currentName);
    try (DumpReader reader = open(name, request)) {
      request
          .filter()
          .pattern()
          .ifPresent(pattern -> requireAffordable(pattern, name, request, progress));
      progress.expect(reader.info().entries());
      RestoreAccount account = new RestoreAccount();
      Lanes.Target target = request.dryRun()
          ? new Rehearsal(store, request.mode(), clock)
          : storing(request.mode() == RestoreRequest.Mode.ADD);
      Lanes lanes = new Lanes(executor, target, account, progress);
      try {
        copy(reader, request, start, lanes, account, progress);
      } catch (RuntimeException e) {
        // What is under way must have ended before anybody hears of it.
        lanes.abandon();
        throw e;
      }
      List<StoreUnavailable> failures = lanes.finish();
      if (request.dryRun() && !failures.isEmpty()) {
        throw failures.get(0);
      }
      account.requireComplete(reader.info().entries(), failures);
      return account.report(reader.info(), Duration.between(start, clock.instant()));
    }
  }

  private DumpReader open(String name, RestoreRequest request) {
    return request.salvage() ? dumps.salvage(name) : dumps.open(name);
  }

  /**
   * Runs the pattern over the dump once, so that one that is too costly stops the restore before
   * its first entry.
   */
  private void requireAffordable(
      KeyPattern pattern, String name, RestoreRequest request, Progress progress) {
    KeyPattern.Search search = pattern.search();
    try (DumpReader reader = open(name, request)) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        progress.checkpoint();
        search.finds(next.entry().key());
      }
    }
  }

  private void copy(
      DumpReader reader,
      RestoreRequest request,
      Instant now,
      Lanes lanes,
      RestoreAccount account,
      Progress progress) {
    FilterTest filter = new FilterTest(request.filter(), now);
    Instant createdAt = reader.info().createdAt();
    long passedOver = 0;
    for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
      CacheEntry dumped = next.entry();
      CacheEntry entry = new CacheEntry(
          dumped.key(), dumped.value(), request.lifetime().expiry(dumped.expiry(), createdAt, now));
      if (filter.passes(info(entry, next.lastAccess()))) {
        if (!lanes.add(store.cache().place(entry.key()).server(), entry)) {
          return;
        }
      } else {
        account.skip("not_matching");
        if (++passedOver % STEP == 0) {
          progress.checkpoint();
          progress.advance(STEP, 0);
        }
      }
    }
    progress.advance(passedOver % STEP, 0);
  }

  private static KeyInfo info(CacheEntry entry, long lastAccess) {
    return new KeyInfo(entry.key(), entry.expiry(), entry.size(), lastAccess, false, "");
  }

  private Lanes.Target storing(boolean onlyAbsent) {
    return (server, entries, visitor) ->
        store.bulk().store(server, entries.iterator(), onlyAbsent, visitor);
  }
}
