package org.ocmcore.cache.domain;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkJobs;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.schedule.AutoDump;

/**
 * What changes the cache. Every method throws
 * {@link org.ocmcore.cache.domain.error.ManagementForbidden}, and does nothing, unless the
 * environment allows management: this is the one place where that is decided. For any number of
 * threads.
 */
public final class CacheAdmin {
  private final Environment environment;
  private final CachePort cache;
  private final DumpJobs dumps;
  private final AutoDump autoDump;
  private final Jobs jobs;
  private final BulkJobs bulk;

  public CacheAdmin(
      Environment environment,
      CachePort cache,
      BulkJobs bulk,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs) {
    this.environment = environment;
    this.cache = cache;
    this.bulk = bulk;
    this.dumps = dumps;
    this.autoDump = autoDump;
    this.jobs = jobs;
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

  /** What work on many keys would be about, as {@link BulkJobs#preview}; changes nothing. */
  public BulkPreview preview(BulkRequest request) {
    return allowed(() -> bulk.preview(request));
  }

  /** The work that was looked at beforehand, as {@link BulkJobs#planned}. */
  public BulkRequest planned(String plan) {
    return allowed(() -> bulk.planned(plan));
  }

  /** Changes many keys, as {@link BulkJobs#run(BulkRequest)}. */
  public BulkAccount change(BulkRequest request) {
    return allowed(() -> bulk.run(request));
  }

  /** Begins to change many keys, as {@link BulkJobs#start}. */
  public Job startChange(BulkRequest request) {
    return allowed(() -> bulk.start(request));
  }

  /** Changes these keys, as {@link BulkJobs#run(BulkChange, List)}. */
  public BulkAccount change(BulkChange change, List<CacheKey> keys) {
    return allowed(() -> bulk.run(change, keys));
  }

  /**
   * Removes the keys of an app, and no others.
   *
   * @throws AppNotFound if it has none
   */
  public BulkAccount deleteApp(AppName app) {
    BulkAccount report = change(deletionOf(app));
    if (report.sum(ServerBulkAccount::matched) == 0) {
      throw new AppNotFound(app.name());
    }
    return report;
  }

  /** Begins to remove the keys of an app, and no others, whether it has any or not. */
  public Job startDeleteApp(AppName app) {
    return startChange(deletionOf(app));
  }

  private static BulkRequest deletionOf(AppName app) {
    return new BulkRequest(BulkChange.DELETE, KeyFilter.of(app));
  }

  /** Removes everything on every server, as {@link CachePort#clear}. */
  public void clear() {
    allowed(() -> {
      cache.clear();
      return null;
    });
  }

  /** Dumps the cache, as {@link DumpJobs#dump}. */
  public DumpResult dump() {
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
  public RestoreAccount restore(RestoreRequest request) {
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
}
