package org.ocmcore.cache.domain;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.dump.AutoDump;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.DumpReport;
import org.ocmcore.cache.domain.dump.RestoreReport;
import org.ocmcore.cache.domain.dump.RestoreRequest;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.BulkResult;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * What changes the cache. Every method throws
 * {@link org.ocmcore.cache.domain.error.ManagementForbidden}, and does nothing, unless the
 * environment allows management: this is the one place where that is decided. For any number of
 * threads.
 */
public final class CacheAdmin {
  /** How many keys a {@link Preview} shows. */
  public static final int SAMPLE = 20;

  private final Environment environment;
  private final CachePort cache;
  private final KeyTracker tracker;
  private final DumpJobs dumps;
  private final AutoDump autoDump;
  private final Jobs jobs;
  private final Workers workers;
  private final Clock clock;

  /**
   * @param executor where keys are searched, beside the thread that asks
   * @param clock tells which keys have expired
   */
  public CacheAdmin(
      Environment environment,
      CachePort cache,
      KeyTracker tracker,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs,
      Executor executor,
      Clock clock) {
    this.environment = environment;
    this.cache = cache;
    this.tracker = tracker;
    this.dumps = dumps;
    this.autoDump = autoDump;
    this.jobs = jobs;
    this.workers = new Workers(executor);
    this.clock = clock;
  }

  /**
   * Throws unless changes are allowed here, for callers who must know before they look any further.
   */
  public void requireAllowed() {
    environment.requireManagement();
  }

  private <T> T allowed(Supplier<T> work) {
    environment.requireManagement();
    return work.get();
  }

  /**
   * Stores a value.
   *
   * @return whether the key is new
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge if it is over the store's limit; what
   *     stood there stays
   */
  public boolean store(CacheKey key, CacheValue value, Lifetime lifetime) {
    return allowed(() -> {
      boolean isNew = cache.add(key, value, lifetime);
      if (!isNew) {
        cache.store(key, value, lifetime);
      }
      return isNew;
    });
  }

  /** Gives a key a new lifetime. @throws KeyNotFound if it is not there */
  public void refresh(CacheKey key, Lifetime lifetime) {
    require(key, allowed(() -> cache.refresh(key, lifetime)));
  }

  /** Removes a key. @throws KeyNotFound if it is not there */
  public void delete(CacheKey key) {
    require(key, allowed(() -> cache.delete(key)));
  }

  private static void require(CacheKey key, boolean found) {
    if (!found) {
      throw new KeyNotFound(key.toString());
    }
  }

  /**
   * What work on the keys that match would be about; changes nothing.
   *
   * @param maxKeys refuse if more match
   * @throws TooManyKeys if more than {@code maxKeys} match
   */
  public Preview preview(KeyPattern pattern, OptionalLong maxKeys) {
    return allowed(() -> {
      FoundKeys matching = limited(pattern, maxKeys);
      AtomicLong bytes = new AtomicLong();
      matching.visit(key -> bytes.addAndGet(key.size()));
      List<CacheKey> sample =
          matching.stream().map(KeyInfo::key).distinct().limit(SAMPLE).toList();
      return new Preview(matching.size(), bytes.get(), sample);
    });
  }

  /**
   * Removes the keys that match.
   *
   * @param maxKeys refuse if more match
   * @return how many the servers confirmed to have removed
   * @throws TooManyKeys if more than {@code maxKeys} match; nothing was removed
   * @throws BulkIncomplete if a server failed meanwhile
   */
  public long deleteMatching(KeyPattern pattern, OptionalLong maxKeys) {
    return allowed(() -> apply("delete", limited(pattern, maxKeys), cache::deleteAll));
  }

  /**
   * Gives the keys that match a new lifetime.
   *
   * @param maxKeys refuse if more match
   * @return how many the servers confirmed to hold
   * @throws TooManyKeys if more than {@code maxKeys} match; nothing was changed
   * @throws BulkIncomplete if a server failed meanwhile
   */
  public long refreshMatching(KeyPattern pattern, Lifetime lifetime, OptionalLong maxKeys) {
    return allowed(() ->
        apply("refresh", limited(pattern, maxKeys), batch -> cache.refreshAll(batch, lifetime)));
  }

  /**
   * Removes the keys of an app, and no others.
   *
   * @throws AppNotFound if it has none
   * @throws BulkIncomplete if a server failed meanwhile
   */
  public Cleared deleteApp(AppName app) {
    return allowed(() -> {
      FoundKeys keys = matching(KeyFilter.of(app));
      if (keys.isEmpty()) {
        throw new AppNotFound(app.name());
      }
      return new Cleared(apply("delete", keys, cache::deleteAll), keys.size());
    });
  }

  private FoundKeys limited(KeyPattern pattern, OptionalLong maxKeys) {
    FoundKeys matching = matching(KeyFilter.matching(pattern));
    if (maxKeys.isPresent() && matching.size() > maxKeys.getAsLong()) {
      throw new TooManyKeys(matching.size(), maxKeys.getAsLong());
    }
    return matching;
  }

  private FoundKeys matching(KeyFilter filter) {
    return new KeyFinder(tracker.reliable(), clock.instant(), workers).copies(filter);
  }

  private static long apply(
      String operation, FoundKeys keys, Function<List<PlacedKey>, BulkResult> work) {
    long done = 0;
    for (List<KeyInfo> batch : Batches.of(keys)) {
      BulkResult result = work.apply(Batches.placed(batch));
      done += result.done();
      if (!result.failures().isEmpty()) {
        throw new BulkIncomplete(operation, done, keys.size(), result.failures());
      }
    }
    return done;
  }

  /** Removes everything on every server, as {@link CachePort#clear}. */
  public void clear() {
    allowed(() -> {
      cache.clear();
      return null;
    });
  }

  /** Dumps the cache, as {@link DumpJobs#dump}. */
  public DumpReport dump() {
    return allowed(dumps::dump);
  }

  /** Begins to dump the cache, as {@link DumpJobs#startDump}. */
  public Job startDump() {
    return allowed(dumps::startDump);
  }

  /** Removes a dump, as {@link DumpJobs#delete}. */
  public void deleteDump(String name) {
    allowed(() -> {
      dumps.delete(name);
      return null;
    });
  }

  /** The bytes of a dump, to be closed, as {@link DumpJobs#bytes}. */
  public DumpBytes dumpBytes(String name) {
    return allowed(() -> dumps.bytes(name));
  }

  /** Restores a dump, as {@link DumpJobs#restore}. */
  public RestoreReport restore(RestoreRequest request) {
    return allowed(() -> dumps.restore(request));
  }

  /** Begins to restore a dump, as {@link DumpJobs#startRestore}. */
  public Job startRestore(RestoreRequest request) {
    return allowed(() -> dumps.startRestore(request));
  }

  /** Has a job end, as {@link Jobs#cancel}. */
  public Job cancel(String job) {
    return allowed(() -> jobs.cancel(job));
  }

  /** Starts auto-dump with the interval that is set. */
  public AutoDump.State startAutoDump() {
    return allowed(autoDump::start);
  }

  /** Starts auto-dump, as {@link AutoDump#start(Duration)}. */
  public AutoDump.State startAutoDump(Duration interval) {
    return allowed(() -> autoDump.start(interval));
  }

  /** Changes the interval of auto-dump, as {@link AutoDump#retime}. */
  public AutoDump.State retimeAutoDump(Duration interval) {
    return allowed(() -> autoDump.retime(interval));
  }

  /** Stops auto-dump, as {@link AutoDump#stop}. */
  public AutoDump.State stopAutoDump() {
    return allowed(autoDump::stop);
  }

  /**
   * What work on many keys would be about.
   *
   * @param keys how many
   * @param bytes that their items take
   * @param sample the first {@value #SAMPLE} of them
   */
  public record Preview(long keys, long bytes, List<CacheKey> sample) {}

  /**
   * What was removed.
   *
   * @param deleted keys that the servers confirmed to have removed
   * @param total keys that were found beforehand
   */
  public record Cleared(long deleted, long total) {}
}
