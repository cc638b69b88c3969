package org.ocmcore.cache.domain;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkJobs;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.ConfirmationRequired;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.KeyRouter;
import org.ocmcore.cache.domain.named.StoreReceipt;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.schedule.AutoDump;

/**
 * The use cases that change the cache. Every method throws {@link ManagementForbidden}, and does
 * nothing, unless the environment allows changes. Permission is decided here and nowhere else. Safe
 * for use by any number of threads.
 */
public final class CacheAdmin {
  private final ManagementPolicy policy;
  private final CachePort cache;
  private final KeyRouter named;
  private final DumpJobs dumps;
  private final AutoDump autoDump;
  private final Jobs jobs;
  private final BulkJobs bulk;

  public CacheAdmin(
      ManagementPolicy policy,
      CachePort cache,
      KeyRouter named,
      BulkJobs bulk,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs) {
    this.policy = policy;
    this.cache = cache;
    this.named = named;
    this.bulk = bulk;
    this.dumps = dumps;
    this.autoDump = autoDump;
    this.jobs = jobs;
  }

  /** @throws ManagementForbidden unless changes are allowed */
  public void requireAllowed() {
    requireAllowedIn(policy.environment());
  }

  /**
   * Decides for callers that work without a service.
   *
   * @throws ManagementForbidden unless this environment allows changes
   */
  public static void requireAllowedIn(Environment environment) {
    if (!environment.allowsChanges()) {
      throw new ManagementForbidden();
    }
  }

  private <T> T allowed(Supplier<T> work) {
    requireAllowed();
    return work.get();
  }

  /** Stores a value; see {@link KeyRouter#store(StoreRequest)}. */
  public StoreReceipt store(StoreRequest request) {
    return allowed(() -> named.store(request));
  }

  /** Gives a key a new lifetime; see {@link KeyRouter#refresh}. */
  public List<String> refresh(CacheKey key, Lifetime lifetime) {
    return allowed(() -> named.refresh(key, lifetime));
  }

  /** Deletes a key; see {@link KeyRouter#delete}. */
  public List<String> delete(CacheKey key) {
    return allowed(() -> named.delete(key));
  }

  /** Previews a change of many keys; see {@link BulkJobs#preview}. Changes nothing. */
  public BulkPreview preview(BulkRequest request) {
    return allowed(() -> bulk.preview(request));
  }

  /** The change of a saved plan; see {@link BulkJobs#planned}. */
  public BulkRequest planned(String plan) {
    return allowed(() -> bulk.planned(plan));
  }

  /** Changes many keys; see {@link BulkJobs#run(BulkRequest)}. */
  public BulkAccount change(BulkRequest request) {
    return allowed(() -> bulk.run(request));
  }

  /** Starts a change of many keys; see {@link BulkJobs#start}. */
  public Job startChange(BulkRequest request) {
    return allowed(() -> bulk.start(request));
  }

  /** Changes these keys; see {@link BulkJobs#run(BulkChange, List)}. */
  public BulkAccount change(BulkChange change, List<CacheKey> keys) {
    return allowed(() -> bulk.run(change, keys));
  }

  /**
   * Deletes the keys of an app and no others.
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

  /** Starts to delete the keys of an app and no others, whether there are any or not. */
  public Job startDeleteApp(AppName app) {
    return startChange(deletionOf(app));
  }

  private static BulkRequest deletionOf(AppName app) {
    return new BulkRequest(BulkChange.DELETE, KeyFilter.of(app));
  }

  /**
   * Deletes everything on every server; see {@link CachePort#clear}.
   *
   * @param isConfirmed whether the caller has said that it means every key
   * @throws ConfirmationRequired if that is needed and missing
   */
  public void clear(boolean isConfirmed) {
    allowed(() -> {
      if (policy.confirmsClearing() && !isConfirmed) {
        throw new ConfirmationRequired();
      }
      cache.clear();
      return null;
    });
  }

  /** Dumps the cache; see {@link DumpJobs#dump}. */
  public DumpResult dump() {
    return allowed(dumps::dump);
  }

  /** Starts a dump; see {@link DumpJobs#startDump}. */
  public Job startDump() {
    return allowed(dumps::startDump);
  }

  /** Removes a dump; see {@link DumpJobs#delete}. */
  public void deleteDump(String name) {
    allowed(() -> {
      dumps.delete(name);
      return null;
    });
  }

  /** The file of a dump, which the caller closes; see {@link DumpJobs#bytes}. */
  public DumpBytes dumpBytes(String name) {
    return allowed(() -> dumps.bytes(name));
  }

  /** Restores a dump; see {@link DumpJobs#restore}. */
  public RestoreAccount restore(RestoreRequest request) {
    return allowed(() -> dumps.restore(request));
  }

  /** Starts a restore; see {@link DumpJobs#startRestore}. */
  public Job startRestore(RestoreRequest request) {
    return allowed(() -> dumps.startRestore(request));
  }

  /** Cancels a job; see {@link Jobs#cancel}. */
  public Job cancel(String job) {
    return allowed(() -> jobs.cancel(job));
  }

  /** Starts automatic dumps at the interval that is set. */
  public AutoDump.State startAutoDump() {
    return allowed(autoDump::start);
  }

  /** Starts automatic dumps; see {@link AutoDump#start(Duration)}. */
  public AutoDump.State startAutoDump(Duration interval) {
    return allowed(() -> autoDump.start(interval));
  }

  /** Changes the interval of automatic dumps; see {@link AutoDump#retime}. */
  public AutoDump.State retimeAutoDump(Duration interval) {
    return allowed(() -> autoDump.retime(interval));
  }

  /** Stops automatic dumps; see {@link AutoDump#stop}. */
  public AutoDump.State stopAutoDump() {
    return allowed(autoDump::stop);
  }
}
