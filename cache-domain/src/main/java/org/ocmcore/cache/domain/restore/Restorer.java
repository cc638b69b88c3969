package org.ocmcore.cache.domain.restore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyMatcher;
import org.ocmcore.cache.domain.transfer.ServerBatcher;

/**
 * Restores a dump: values, flags and lifetimes, each entry on the server of its
 * {@link RestoreRequest.Placement}. Checks the whole dump before it stores the first entry. Safe
 * for use by any number of threads.
 */
public final class Restorer {
  /** Progress is reported after this number of entries that are left out. */
  private static final int STEP = 4_096;

  private final Store store;
  private final DumpSource dumps;
  private final AppRule apps;
  private final Executor executor;
  private final Clock clock;

  /**
   * @param executor uses a thread for each server; it must have a thread for every task or run
   *     tasks on the caller's thread
   */
  public Restorer(Store store, DumpSource dumps, AppRule apps, Executor executor, Clock clock) {
    this.store = store;
    this.dumps = dumps;
    this.apps = apps;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Restores now and returns when everything possible is stored. If a server fails, the limit is
   * reached or the job is cancelled, the account says why, and what is stored by then stays.
   *
   * @param progress counts entries of the dump, and bytes of items
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump
   * @throws DumpUnusable if it fails its checks; nothing was stored then
   * @throws PreconditionFailed if it is of another time than the request says; nothing was stored
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly if the pattern takes too many steps;
   *     found out before anything is stored
   * @throws StoreUnavailable if a server cannot be asked for a dry run
   * @throws org.ocmcore.cache.domain.error.Cancelled if the progress says so before anything is
   *     stored
   */
  public RestoreAccount restore(RestoreRequest request, Progress progress) {
    Instant start = clock.instant();
    String name = request.name().orElseGet(dumps::currentName);
    try (ScopedDumpReader reader = open(name, request)) {
      if (request.filter().pattern().isPresent()
          || request.filter().app().isPresent() && apps.isPattern()) {
        requireAffordable(name, request, progress);
      }
      reader.expected().ifPresent(progress::expect);
      RestoreAccountBuilder account = new RestoreAccountBuilder();
      Optional<CacheException> failure = storeAll(reader, request, account, progress);
      return account.report(
          request,
          reader.info(),
          reader.expected(),
          store.keyspace().ring(),
          Duration.between(start, clock.instant()),
          failure);
    }
  }

  /** Returns why the work has stopped; empty if all is done. */
  private Optional<CacheException> storeAll(
      ScopedDumpReader reader,
      RestoreRequest request,
      RestoreAccountBuilder account,
      Progress progress) {
    ServerBatcher<CacheEntry> batcher =
        new ServerBatcher<>(executor, target(request, account), progress);
    List<StoreUnavailable> failures;
    try {
      copy(reader, request, batcher, account, progress);
      failures = batcher.finish();
    } catch (RuntimeException e) {
      // All work must have ended before the caller learns of the failure.
      List<StoreUnavailable> before = batcher.abandon();
      return Optional.of(account.failure(e, before));
    }
    if (request.dryRun() && !failures.isEmpty()) {
      throw failures.get(0);
    }
    return account.failure(reader.expected().orElse(reader.read()), failures);
  }

  private ScopedDumpReader open(String name, RestoreRequest request) {
    AppScope scope = request.filter().scope();
    ScopedDumpReader reader = request.salvage()
        ? ScopedDumpReader.salvage(dumps, name, scope, apps)
        : ScopedDumpReader.open(dumps, name, scope, apps);
    try {
      request.createdAt().ifPresent(reader.info()::requireOf);
      return reader;
    } catch (PreconditionFailed e) {
      reader.close();
      throw e;
    }
  }

  /**
   * Runs the patterns over the dump once, so that a pattern that is too costly fails before the
   * first entry is stored.
   */
  private void requireAffordable(String name, RestoreRequest request, Progress progress) {
    KeyMatcher filter = new KeyMatcher(request.filter(), apps, clock.instant());
    try (ScopedDumpReader reader = open(name, request)) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        progress.checkpoint();
        filter.passes(next.entry().key());
      }
    }
  }

  private void copy(
      DumpReader reader,
      RestoreRequest request,
      ServerBatcher<CacheEntry> batcher,
      RestoreAccountBuilder account,
      Progress progress) {
    KeyMatcher filter = new KeyMatcher(request.filter(), apps, clock.instant());
    boolean isAll = request.filter().passesEverything();
    Instant createdAt = reader.info().createdAt();
    Set<String> warm = request.coldOnly() ? warm(createdAt) : Set.of();
    Set<String> origins = request.placement() == RestoreRequest.Placement.ORIGIN
        ? Set.copyOf(store.keyspace().servers())
        : Set.of();
    long passedOver = 0;
    for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
      CacheEntry dumped = next.entry();
      CacheEntry entry = dumped.until(request.lifetime().expiry(dumped.expiry(), createdAt, clock));
      String server = destination(entry.key(), reader.server(), origins);
      boolean isMatching = isAll || filter.passes(info(entry, next.lastAccess()));
      if (!isMatching || warm.contains(server)) {
        account.skip(isMatching ? SkipReason.WARM_SERVER : SkipReason.NOT_MATCHING);
        if (++passedOver % STEP == 0) {
          progress.checkpoint();
          progress.advance(STEP, 0);
        }
        continue;
      }
      if (reader.server().isPresent() && !reader.server().get().equals(server)) {
        account.move(entry);
      }
      if (!batcher.add(server, entry, entry.size())) {
        return;
      }
    }
    progress.advance(passedOver % STEP, 0);
  }

  /** @param origins the servers to which entries go back that came from them */
  private String destination(CacheKey key, Optional<String> origin, Set<String> origins) {
    return origin
        .filter(origins::contains)
        .orElseGet(() -> store.cache().place(key).server());
  }

  /** The servers that hold keys and were started before this time. */
  private Set<String> warm(Instant createdAt) {
    Set<String> warm = new HashSet<>();
    for (String server : store.keyspace().servers()) {
      try {
        ServerStats stats = store.keyspace().stats(server);
        if (stats.currentItems() > 0 && clock.instant().minus(stats.uptime()).isBefore(createdAt)) {
          warm.add(server);
        }
      } catch (StoreUnavailable e) {
        // Storing there fails, too, and reports that.
        continue;
      }
    }
    return warm;
  }

  private static KeyInfo info(CacheEntry entry, long lastAccess) {
    return new KeyInfo(entry.key(), entry.expiry(), entry.size(), lastAccess, false, "");
  }

  private ServerBatcher.Target<CacheEntry> target(
      RestoreRequest request, RestoreAccountBuilder account) {
    StoreForecast forecast = new StoreForecast(store, request.mode(), clock);
    if (request.dryRun()) {
      return new DryRun(forecast, account);
    }
    if (request.maxKeys().isPresent()) {
      StorePermits permits = new StorePermits(request.maxKeys().getAsLong());
      return new LimitedStoring(store, request.mode(), forecast, permits, account);
    }
    return storing(request.mode() == RestoreRequest.Mode.ADD, account);
  }

  private ServerBatcher.Target<CacheEntry> storing(
      boolean onlyAbsent, RestoreAccountBuilder account) {
    return (server, entries, onDone) -> store
        .bulk()
        .store(server, entries, onlyAbsent, (entry, outcome, reason) -> {
          account.count(entry, outcome, reason);
          onDone.run();
        });
  }
}
