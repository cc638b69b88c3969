package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.ocmcore.cache.domain.named.KeySearch;
import org.ocmcore.cache.domain.named.LocatedKeys;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.CopiesSummary;
import org.ocmcore.cache.domain.query.CopySelection;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.transfer.ServerBatcher;
import org.ocmcore.cache.domain.transfer.Throttle;

/**
 * Changes any number of keys, pipelined to all servers at once. Each key is confirmed. If one
 * server fails, the others still finish. Safe for use by any number of threads.
 */
public final class BulkWorker {
  private final Store store;
  private final KeyTracker tracker;
  private final AppRule apps;
  private final KeySearch search;
  private final Executor executor;
  private final Workers workers;
  private final Pause pause;
  private final Clock clock;

  /**
   * @param executor runs a worker for each server; it must have a thread for every task or run
   *     tasks on the caller's thread
   * @param pause slows work down to its rate
   */
  public BulkWorker(
      Store store, KeyTracker tracker, AppRule apps, Executor executor, Pause pause, Clock clock) {
    this.store = store;
    this.tracker = tracker;
    this.apps = apps;
    this.search = new KeySearch(store, tracker, executor);
    this.executor = executor;
    this.workers = new Workers(executor);
    this.pause = pause;
    this.clock = clock;
  }

  /**
   * Summarizes the keys of a change.
   *
   * @param most the most apps in the summary
   * @param sample the most keys in its sample
   * @param checkpoint runs several times a second; throws to end the work
   * @throws TooManyKeys if more keys match than are allowed
   */
  CopiesSummary preview(BulkRequest request, int most, int sample, Runnable checkpoint) {
    KeyIndex index = index(request, checkpoint);
    CopiesSummary summary = new KeyFinder(
            index, apps, clock.instant(), workers.checkedBy(checkpoint))
        .summarizeCopies(request.filter(), most, sample);
    requireAtMost(request.maxKeys(), summary.copies());
    return summary;
  }

  /** The same of named keys, as far as they are known now. Does not wait. */
  NamedPreview preview(List<CacheKey> keys, int most, int sample) {
    KeyIndex index = tracker.known().index();
    Instant now = clock.instant();
    CopiesSummary summary =
        new KeyFinder(index, apps, now, Workers.ALONE).summarizeCopies(keys, most, sample);
    return new NamedPreview(
        summary, keys.stream().filter(key -> index.copies(key, now).isEmpty()).count());
  }

  private KeyIndex index(BulkRequest request, Runnable checkpoint) {
    Optional<String> server = request.filter().server();
    return request.fresh()
        ? tracker.fresh(server, checkpoint)
        : tracker.reliable(server, checkpoint);
  }

  /**
   * Changes all keys that match, and returns when everything possible is done. If a server fails or
   * the job is cancelled, the account says what is left and why.
   *
   * @param progress counts keys and bytes of keys
   * @throws TooManyKeys if more keys match than are allowed; nothing has changed
   * @throws PlanOutgrown if many more keys match than in the preview; nothing has changed
   * @throws StoreUnavailable if the keys of a server cannot be listed; nothing has changed
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly if the pattern takes too many steps;
   *     nothing has changed
   */
  public BulkAccount run(BulkRequest request, Progress progress) {
    Instant start = clock.instant();
    // A change with a rate leaves the other processors to others.
    Workers searching = request.keysPerSecond() == 0 ? workers : Workers.ALONE;
    KeyIndex index = index(request, progress::checkpoint);
    KeyFinder finder = new KeyFinder(index, apps, clock.instant(), searching);
    // The pattern runs here and only here, so that it fails before anything changes.
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
    return run.report(List.of(), () -> selection.visit(run::add));
  }

  private static void requireAtMost(OptionalLong maxKeys, long matching) {
    if (maxKeys.isPresent() && matching > maxKeys.getAsLong()) {
      throw new TooManyKeys(matching, maxKeys.getAsLong());
    }
  }

  /**
   * Changes these keys on all servers that hold them. A key that no server holds counts as absent
   * on the server where it belongs.
   */
  public BulkAccount run(BulkChange change, List<CacheKey> keys, Progress progress) {
    Instant start = clock.instant();
    LocatedKeys located = search.locate(keys);
    Map<String, Long> matched = new LinkedHashMap<>();
    store.keyspace().servers().forEach(server -> matched.put(server, 0L));
    located
        .servers()
        .forEach((key, servers) -> servers.forEach(server -> matched.merge(server, 1L, Long::sum)));
    BulkAccountBuilder account = new BulkAccountBuilder(matched);
    progress.expect(account.matched());
    Run run = new Run(change, Optional.empty(), 0, start, account, progress);
    return run.report(
        located.failures(),
        () -> located
            .servers()
            .forEach((key, servers) -> servers.forEach(server -> run.add(server, key))));
  }

  /** A change that is running. For use by one thread. */
  private final class Run {
    private final BulkChange change;
    private final Optional<BulkAccount.Matching> matching;
    private final Instant start;
    private final BulkAccountBuilder account;
    private final ServerBatcher<CacheKey> batcher;
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
      batcher = new ServerBatcher<>(executor, this::work, progress);
      throttle =
          Throttle.ofAll(keysPerSecond, account.servers(), progress::checkpoint, pause, clock);
    }

    void add(KeyCursor key) {
      add(key.server(), key.key());
    }

    void add(String keyServer, CacheKey key) {
      if (throttle.isHolding()) {
        batcher.flush();
        throttle.await();
      }
      // Keys of a server that has failed cost no time.
      if (batcher.add(keyServer, key, key.length())) {
        throttle.count();
      }
    }

    private void work(String keyServer, Iterator<CacheKey> keys, Runnable onDone) {
      BulkAccountBuilder.Counts mine = account.of(keyServer);
      if (change instanceof BulkChange.Refresh refresh) {
        store.bulk().refresh(keyServer, lifetimes(keys, refresh), (key, outcome, reason) -> {
          account.count(mine, key.key(), outcome, reason);
          onDone.run();
        });
      } else {
        store.bulk().delete(keyServer, keys, (key, outcome, reason) -> {
          account.count(mine, key, outcome, reason);
          onDone.run();
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

    /** @param unsearched servers that may hold further copies of the keys and do not answer */
    BulkAccount report(List<StoreUnavailable> unsearched, Runnable adding) {
      try {
        adding.run();
        List<StoreUnavailable> failures = new ArrayList<>(batcher.finish());
        failures.addAll(unsearched);
        return report(
            failures,
            failures.isEmpty()
                ? Optional.empty()
                : Optional.of(new BulkIncomplete(
                    change.verb(), account.done(), account.matched(), failures)));
      } catch (Cancelled e) {
        return report(batcher.abandon(), Optional.of(e));
      } catch (RuntimeException e) {
        // All work must have ended before the caller learns of the failure.
        batcher.abandon();
        throw e;
      }
    }

    private BulkAccount report(List<StoreUnavailable> failures, Optional<CacheException> failure) {
      return new BulkAccount(
          change,
          matching,
          account.serverAccounts(failures),
          account.refused(),
          Duration.between(start, clock.instant()),
          failure);
    }
  }
}
