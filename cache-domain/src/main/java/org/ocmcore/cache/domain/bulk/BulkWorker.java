package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.PlanOutgrown;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.CopiesSummary;
import org.ocmcore.cache.domain.query.CopySelection;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.transfer.ServerBatcher;
import org.ocmcore.cache.domain.transfer.Throttle;

/**
 * Changes any number of keys: in pipelines to all servers at once, each key confirmed, in memory
 * that does not grow with them. A server that fails keeps the others from nothing. For any number
 * of threads.
 */
public final class BulkWorker {
  private final Store store;
  private final KeyTracker tracker;
  private final Executor executor;
  private final Workers workers;
  private final Pause pause;
  private final Clock clock;

  /**
   * @param executor where servers are worked on, a thread each; it must have a thread for whatever
   *     it is given, or take the caller's
   * @param pause holds work back that would be too fast
   */
  public BulkWorker(Store store, KeyTracker tracker, Executor executor, Pause pause, Clock clock) {
    this.store = store;
    this.tracker = tracker;
    this.executor = executor;
    this.workers = new Workers(executor);
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * Tells what work would be about.
   *
   * @param apps of how many apps
   * @param sample of how many keys
   * @throws TooManyKeys if more match than are allowed
   */
  CopiesSummary preview(BulkRequest request, int apps, int sample) {
    CopiesSummary summary = new KeyFinder(index(request), clock.instant(), workers)
        .summarizeCopies(request.filter(), apps, sample);
    requireAtMost(request.maxKeys(), summary.copies());
    return summary;
  }

  private KeyIndex index(BulkRequest request) {
    return request.fresh() ? tracker.fresh() : tracker.reliable();
  }

  /**
   * Does the work and returns when all is done that can be. If something is left, since a server
   * failed or the progress said that it is to end, the report tells what and why.
   *
   * @param progress is told of keys and of bytes of keys
   * @throws TooManyKeys if more match than are allowed; nothing was changed
   * @throws PlanOutgrown if many more match than when it was planned; nothing was changed
   * @throws StoreUnavailable if a server's keys cannot be listed; nothing was changed
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly if the pattern takes too many steps;
   *     found out before anything is changed
   */
  public BulkAccount run(BulkRequest request, Progress progress) {
    Instant start = clock.instant();
    // Who is to leave room to others takes one processor.
    Workers searching = request.keysPerSecond() == 0 ? workers : Workers.ALONE;
    KeyIndex index = index(request);
    KeyFinder finder = new KeyFinder(index, clock.instant(), searching);
    // The pattern runs here, and once: whatever is wrong with it shows before anything changes.
    CopySelection selection = finder.selectCopies(request.filter());
    BulkAccountBuilder account = new BulkAccountBuilder(selection.countByServer());
    long matching = account.matched();
    requireAtMost(request.maxKeys(), matching);
    if (request.isOutgrownBy(matching)) {
      throw new PlanOutgrown(request.planned().getAsLong(), matching);
    }
    progress.expect(matching);
    Run run = new Run(
        request.change(),
        Optional.of(new BulkAccount.Matching(request.filter(), index.asOf())),
        request.keysPerSecond(),
        start,
        account,
        progress);
    return run.report(() -> selection.visit(run::add));
  }

  private static void requireAtMost(OptionalLong maxKeys, long matching) {
    if (maxKeys.isPresent() && matching > maxKeys.getAsLong()) {
      throw new TooManyKeys(matching, maxKeys.getAsLong());
    }
  }

  /** Does the same with these keys, each where it belongs. */
  public BulkAccount run(BulkChange change, List<CacheKey> keys, Progress progress) {
    Instant start = clock.instant();
    progress.expect(keys.size());
    List<PlacedKey> placed = keys.stream().map(store.cache()::place).toList();
    Map<String, Long> matched = new LinkedHashMap<>();
    store.keyspace().servers().forEach(server -> matched.put(server, 0L));
    placed.forEach(key -> matched.merge(key.server(), 1L, Long::sum));
    Run run =
        new Run(change, Optional.empty(), 0, start, new BulkAccountBuilder(matched), progress);
    return run.report(() -> placed.forEach(key -> run.add(key.server(), key.key())));
  }

  /** Work that is under way. For one thread. */
  private final class Run {
    private final BulkChange change;
    private final Optional<BulkAccount.Matching> matching;
    private final Instant start;
    private final BulkAccountBuilder account;
    private final ServerBatcher<CacheKey> lanes;
    private final Throttle throttle;

    Run(
        BulkChange change,
        Optional<BulkAccount.Matching> matching,
        long keysPerSecond,
        Instant start,
        BulkAccountBuilder account,
        Progress progress) {
      this.change = change;
      this.matching = matching;
      this.start = start;
      this.account = account;
      lanes = new ServerBatcher<>(executor, this::work, progress);
      throttle =
          Throttle.ofAll(keysPerSecond, account.servers(), progress::checkpoint, pause, clock);
    }

    void add(KeyCursor key) {
      add(key.server(), key.key());
    }

    void add(String keyServer, CacheKey key) {
      if (throttle.isHolding()) {
        lanes.flush();
        throttle.await();
      }
      // What a server that has failed would have had is no work: nobody waits for it.
      if (lanes.add(keyServer, key, key.length())) {
        throttle.count();
      }
    }

    private void work(String keyServer, Iterator<CacheKey> keys, Runnable told) {
      BulkAccountBuilder.Counts mine = account.of(keyServer);
      if (change instanceof BulkChange.Refresh refresh) {
        store.bulk().refresh(keyServer, lifetimes(keys, refresh), (key, outcome, reason) -> {
          account.count(mine, key.key(), outcome, reason);
          told.run();
        });
      } else {
        store.bulk().delete(keyServer, keys, (key, outcome, reason) -> {
          account.count(mine, key, outcome, reason);
          told.run();
        });
      }
    }

    private static Iterator<NewLifetime> lifetimes(
        Iterator<CacheKey> keys, BulkChange.Refresh refresh) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return keys.hasNext();
        }

        @Override
        public NewLifetime next() {
          CacheKey key = keys.next();
          return new NewLifetime(key, refresh.lifetimeOf(key));
        }
      };
    }

    BulkAccount report(Runnable adding) {
      try {
        adding.run();
        List<StoreUnavailable> failures = lanes.finish();
        return report(
            failures,
            failures.isEmpty()
                ? Optional.empty()
                : Optional.of(new BulkIncomplete(
                    change.verb(), account.done(), account.matched(), failures)));
      } catch (Cancelled e) {
        return report(lanes.abandon(), Optional.of(e));
      } catch (RuntimeException e) {
        // What is under way must have ended before anybody hears of it.
        lanes.abandon();
        throw e;
      }
    }

    private BulkAccount report(List<StoreUnavailable> failures, Optional<CacheException> failure) {
      return new BulkAccount(
          change,
          matching,
          account.shares(failures),
          account.refused(),
          Duration.between(start, clock.instant()),
          failure);
    }
  }
}
