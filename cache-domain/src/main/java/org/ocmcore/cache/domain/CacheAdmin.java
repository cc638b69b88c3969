package org.ocmcore.cache.domain;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Operation;
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
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.schedule.AutoDump;

/**
 * The use cases that change the cache. Every method throws {@link ManagementForbidden} or
 * {@link org.ocmcore.cache.domain.error.RoleRequired}, and does nothing, unless the environment
 * allows it to this caller; the {@link ManagementPolicy} decides. If the caller is limited to some
 * apps, methods about other keys throw {@link org.ocmcore.cache.domain.error.OutsideApps}. Safe for
 * use by any number of threads.
 */
public final class CacheAdmin {
  private final ManagementPolicy policy;
  private final CachePort cache;
  private final KeyRouter named;
  private final AppRule apps;
  private final DumpJobs dumps;
  private final AutoDump autoDump;
  private final Jobs jobs;
  private final BulkJobs bulk;
  private final Caller caller;
  private final Requester requester;
  private final CallerKeys keys;

  public CacheAdmin(
      ManagementPolicy policy,
      CachePort cache,
      KeyRouter named,
      AppRule apps,
      BulkJobs bulk,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs) {
    this(
        policy, cache, named, apps, bulk, dumps, autoDump, jobs, Caller.SERVICE, Requester.PATIENT);
  }

  private CacheAdmin(
      ManagementPolicy policy,
      CachePort cache,
      KeyRouter named,
      AppRule apps,
      BulkJobs bulk,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs,
      Caller caller,
      Requester requester) {
    this.policy = policy;
    this.cache = cache;
    this.named = named;
    this.apps = apps;
    this.dumps = dumps.ownedBy(caller.name());
    this.autoDump = autoDump;
    this.jobs = jobs;
    this.bulk = bulk.ownedBy(caller.name());
    this.caller = caller;
    this.requester = requester;
    this.keys = new CallerKeys(caller, apps);
  }

  /** The same for this caller. A preview ends when the requester does not wait any more. */
  public CacheAdmin as(Caller other, Requester waiting) {
    return new CacheAdmin(policy, cache, named, apps, bulk, dumps, autoDump, jobs, other, waiting);
  }

  /** What the caller may do. */
  public Set<Operation> operations() {
    return policy.operations(caller);
  }

  /**
   * Decides before the details of a request are known.
   *
   * @throws ManagementForbidden unless the environment allows it
   * @throws org.ocmcore.cache.domain.error.RoleRequired unless the caller is an operator
   */
  public void requireAllowed(Operation operation) {
    policy.require(operation, caller);
  }

  /**
   * The same for cancelling jobs: whoever may make dumps may cancel them.
   *
   * @throws ManagementForbidden unless the environment allows to cancel some
   * @throws org.ocmcore.cache.domain.error.RoleRequired unless the caller is an operator
   */
  public void requireCancelAllowed() {
    requireAllowed(policy.allows(Operation.DUMP) ? Operation.DUMP : Operation.MANAGE);
  }

  private <T> T allowed(Operation operation, Supplier<T> work) {
    requireAllowed(operation);
    return work.get();
  }

  private <T> T managing(Supplier<T> work) {
    return allowed(Operation.MANAGE, work);
  }

  private <T> T managing(List<CacheKey> named, Supplier<T> work) {
    return managing(() -> {
      keys.require(named);
      return work.get();
    });
  }

  /** For what concerns all apps. */
  private <T> T whole(Operation operation, Supplier<T> work) {
    return allowed(operation, () -> {
      keys.requireAll();
      return work.get();
    });
  }

  private BulkRequest limited(BulkRequest request) {
    return request.within(caller.apps());
  }

  private RestoreRequest limited(RestoreRequest request) {
    return request.with(request.filter().within(caller.apps()));
  }

  /** Stores a value; see {@link KeyRouter#store(StoreRequest)}. */
  public StoreReceipt store(StoreRequest request) {
    return managing(List.of(request.key()), () -> named.store(request));
  }

  /** Gives a key a new lifetime; see {@link KeyRouter#refresh}. */
  public List<String> refresh(CacheKey key, Lifetime lifetime) {
    return managing(List.of(key), () -> named.refresh(key, lifetime));
  }

  /** Deletes a key; see {@link KeyRouter#delete}. */
  public List<String> delete(CacheKey key) {
    return managing(List.of(key), () -> named.delete(key));
  }

  /** Previews a change of many keys; see {@link BulkJobs#preview}. Changes nothing. */
  public BulkPreview preview(BulkRequest request) {
    return managing(() -> bulk.preview(limited(request), requester::requireWaiting));
  }

  /** The change of a saved plan; see {@link BulkJobs#planned}. */
  public BulkRequest planned(String plan) {
    return managing(() -> bulk.planned(plan));
  }

  /** Changes many keys; see {@link BulkJobs#run(BulkRequest)}. */
  public BulkAccount change(BulkRequest request) {
    return managing(() -> bulk.run(limited(request)));
  }

  /** Starts a change of many keys; see {@link BulkJobs#start}. */
  public Job startChange(BulkRequest request) {
    return managing(() -> bulk.start(limited(request)));
  }

  /** Changes these keys; see {@link BulkJobs#run(BulkChange, List)}. */
  public BulkAccount change(BulkChange change, List<CacheKey> listed) {
    return managing(listed, () -> bulk.run(change, listed));
  }

  /**
   * Deletes the keys of an app and no others.
   *
   * @throws AppNotFound if it has none
   */
  public BulkAccount deleteApp(AppName app) {
    BulkAccount report = managing(() -> bulk.run(deletionOf(app)));
    if (report.sum(ServerBulkAccount::matched) == 0) {
      throw new AppNotFound(app.name());
    }
    return report;
  }

  /** Starts to delete the keys of an app and no others, whether there are any or not. */
  public Job startDeleteApp(AppName app) {
    return managing(() -> bulk.start(deletionOf(app)));
  }

  private BulkRequest deletionOf(AppName app) {
    keys.require(app);
    return new BulkRequest(BulkChange.DELETE, KeyFilter.of(app));
  }

  /**
   * Deletes everything on every server; see {@link CachePort#clear}.
   *
   * @param isConfirmed whether the caller has said that it means every key
   * @throws ConfirmationRequired if that is needed and missing
   */
  public void clear(boolean isConfirmed) {
    whole(Operation.MANAGE, () -> {
      if (policy.confirmsClearing() && !isConfirmed) {
        throw new ConfirmationRequired();
      }
      cache.clear();
      return null;
    });
  }

  /** Dumps the cache; see {@link DumpJobs#dump}. */
  public DumpResult dump() {
    return whole(Operation.DUMP, dumps::dump);
  }

  /** Starts a dump; see {@link DumpJobs#startDump}. */
  public Job startDump() {
    return whole(Operation.DUMP, dumps::startDump);
  }

  /** Removes a dump; see {@link DumpJobs#delete}. */
  public void deleteDump(String name) {
    whole(Operation.MANAGE, () -> {
      dumps.delete(name);
      return null;
    });
  }

  /** The file of a dump, which the caller closes; see {@link DumpJobs#bytes}. */
  public DumpBytes dumpBytes(String name) {
    return whole(Operation.DOWNLOAD, () -> dumps.bytes(name));
  }

  /** Restores a dump; see {@link DumpJobs#restore}. */
  public RestoreAccount restore(RestoreRequest request) {
    return managing(() -> dumps.restore(limited(request)));
  }

  /** Starts a restore; see {@link DumpJobs#startRestore}. */
  public Job startRestore(RestoreRequest request) {
    return managing(() -> dumps.startRestore(limited(request)));
  }

  /**
   * Cancels a job; see {@link Jobs#cancel}.
   *
   * @throws org.ocmcore.cache.domain.error.JobNotFound if the caller may not see it
   */
  public Job cancel(String job) {
    requireCancelAllowed();
    Job found = keys.requireVisible(jobs.find(job));
    return allowed(
        DumpJobs.isDump(found) ? Operation.DUMP : Operation.MANAGE, () -> jobs.cancel(job));
  }

  /** Starts automatic dumps at the interval that is set. */
  public AutoDump.State startAutoDump() {
    return whole(Operation.DUMP, autoDump::start);
  }

  /** Starts automatic dumps; see {@link AutoDump#start(Duration)}. */
  public AutoDump.State startAutoDump(Duration interval) {
    return whole(Operation.DUMP, () -> autoDump.start(interval));
  }

  /** Changes the interval of automatic dumps; see {@link AutoDump#retime}. */
  public AutoDump.State retimeAutoDump(Duration interval) {
    return whole(Operation.DUMP, () -> autoDump.retime(interval));
  }

  /** Stops automatic dumps; see {@link AutoDump#stop}. */
  public AutoDump.State stopAutoDump() {
    return whole(Operation.DUMP, autoDump::stop);
  }
}
