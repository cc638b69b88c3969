package org.ocmcore.cache.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkJobs;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.NamedPreview;
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
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.schedule.AutoDump;

/**
 * The use cases that change the cache. Every method throws {@link ManagementForbidden} or
 * {@link org.ocmcore.cache.domain.error.RoleRequired}, and does nothing, unless the environment
 * allows it to this caller; the {@link ManagementPolicy} decides. If the caller is limited to some
 * apps, methods about other keys throw {@link org.ocmcore.cache.domain.error.OutsideApps}. Each
 * call is recorded in the audit log; if that cannot be written, methods throw
 * {@link org.ocmcore.cache.domain.error.AuditUnavailable} and change nothing. Safe for use by any
 * number of threads.
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
  private final CallAudit audit;

  /** @param audit records every call */
  public CacheAdmin(
      ManagementPolicy policy,
      CachePort cache,
      KeyRouter named,
      AppRule apps,
      BulkJobs bulk,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs,
      AuditPort audit,
      Clock clock) {
    this.policy = policy;
    this.cache = cache;
    this.named = named;
    this.apps = apps;
    this.dumps = dumps;
    this.autoDump = autoDump;
    this.jobs = jobs;
    this.bulk = bulk;
    this.caller = Caller.SERVICE;
    this.requester = Requester.PATIENT;
    this.keys = new CallerKeys(caller, apps);
    this.audit = new CallAudit(audit, clock, caller);
  }

  private CacheAdmin(CacheAdmin other, Caller caller, Requester requester) {
    this.policy = other.policy;
    this.cache = other.cache;
    this.named = other.named;
    this.apps = other.apps;
    this.dumps = other.dumps.ownedBy(caller.owner());
    this.autoDump = other.autoDump;
    this.jobs = other.jobs;
    this.bulk = other.bulk.ownedBy(caller.owner());
    this.caller = caller;
    this.requester = requester;
    this.keys = new CallerKeys(caller, apps);
    this.audit = new CallAudit(other.audit.log(), other.audit.clock(), caller);
  }

  /** The same for this caller. A preview ends when the requester does not wait any more. */
  public CacheAdmin as(Caller other, Requester waiting) {
    return new CacheAdmin(this, other, waiting);
  }

  /** What the caller may do. */
  public Set<Operation> operations() {
    Set<Operation> may = policy.operations(caller);
    // Dumps hold the keys of all apps.
    may.removeIf(operation -> operation != Operation.MANAGE && !caller.apps().isAll());
    return may;
  }

  /**
   * Decides before the details of a request are known. Only refusals are recorded.
   *
   * @param request in words, for the audit log
   * @throws ManagementForbidden unless the environment allows it
   * @throws org.ocmcore.cache.domain.error.RoleRequired unless the caller is an operator
   * @throws org.ocmcore.cache.domain.error.AuditUnavailable if it could not be recorded
   */
  public void requireAllowed(Operation operation, String request) {
    audit.requireAllowed(new AuditedCall(operation.toString(), request), () -> {
      policy.require(operation, caller);
      audit.log().requireWritable();
    });
  }

  /**
   * The same for cancelling jobs, as for making dumps. The audit log need not be writable.
   *
   * @throws ManagementForbidden unless the environment allows to cancel some
   * @throws org.ocmcore.cache.domain.error.RoleRequired unless the caller is an operator
   */
  public void requireCancelAllowed(String request) {
    audit.requireAllowed(new AuditedCall("cancel", request), () -> policy.requireCancel(caller));
  }

  private Runnable permission(Operation operation) {
    return () -> policy.require(operation, caller);
  }

  private <T> T managing(AuditedCall call, Supplier<T> work) {
    return audit.call(call, permission(Operation.MANAGE), work);
  }

  private <T> T managing(AuditedCall call, List<CacheKey> named, Supplier<T> work) {
    return audit.call(
        call,
        () -> {
          policy.require(Operation.MANAGE, caller);
          keys.require(named);
        },
        work);
  }

  private Job starting(AuditedCall call, Supplier<Job> work) {
    return audit.start(call, permission(Operation.MANAGE), work);
  }

  /** For what concerns all apps. */
  private <T> T whole(Operation operation, AuditedCall call, Supplier<T> work) {
    return audit.call(call, permissionOfAll(operation), work);
  }

  private Runnable permissionOfAll(Operation operation) {
    return () -> {
      policy.require(operation, caller);
      keys.requireAll();
    };
  }

  private BulkRequest limited(BulkRequest request) {
    return request.within(caller.apps());
  }

  /** Stores a value; see {@link KeyRouter#store(StoreRequest, LongConsumer)}. */
  public StoreReceipt store(StoreRequest request, LongConsumer room) {
    return managing(
        AuditedCall.ofKey("store", request.key()),
        List.of(request.key()),
        () -> named.store(request, room));
  }

  /** Gives a key a new lifetime; see {@link KeyRouter#refresh}. */
  public List<String> refresh(CacheKey key, Lifetime lifetime) {
    return managing(
        AuditedCall.ofRefresh(key, lifetime), List.of(key), () -> named.refresh(key, lifetime));
  }

  /** Deletes a key; see {@link KeyRouter#delete(CacheKey, Precondition)}. */
  public List<String> delete(CacheKey key, Precondition precondition) {
    return managing(
        AuditedCall.ofKey("delete", key), List.of(key), () -> named.delete(key, precondition));
  }

  /** Previews a change of many keys; see {@link BulkJobs#preview}. Changes nothing. */
  public BulkPreview preview(BulkRequest request) {
    return managing(
        AuditedCall.ofPreview(limited(request)),
        () -> bulk.preview(limited(request), requester::requireWaiting));
  }

  /** Previews a change of these keys; see {@link BulkJobs#preview(List)}. Changes nothing. */
  public NamedPreview preview(BulkChange change, List<CacheKey> listed) {
    return managing(AuditedCall.ofPreview(change, listed), listed, () -> bulk.preview(listed));
  }

  /** The change of a saved plan; see {@link BulkJobs#planned}. */
  public BulkRequest planned(String plan) {
    return managing(new AuditedCall("plan", "plan " + plan), () -> bulk.planned(plan));
  }

  /** Changes many keys; see {@link BulkJobs#run(BulkRequest)}. */
  public BulkAccount change(BulkRequest request) {
    return managing(AuditedCall.ofMatching(limited(request)), () -> bulk.run(limited(request)));
  }

  /** Starts a change of many keys; see {@link BulkJobs#start}. */
  public Job startChange(BulkRequest request) {
    return starting(AuditedCall.ofMatching(limited(request)), () -> bulk.start(limited(request)));
  }

  /** Changes these keys; see {@link BulkJobs#run(BulkChange, List)}. */
  public BulkAccount change(BulkChange change, List<CacheKey> listed) {
    return managing(AuditedCall.ofKeys(change, listed), listed, () -> bulk.run(change, listed));
  }

  /**
   * Deletes the keys of an app and no others.
   *
   * @throws AppNotFound if it has none
   */
  public BulkAccount deleteApp(AppName app) {
    return managing(AuditedCall.ofDeletion(app), () -> {
      BulkAccount report = bulk.run(deletionOf(app));
      if (report.sum(ServerBulkAccount::matched) == 0) {
        throw new AppNotFound(app.name());
      }
      return report;
    });
  }

  /** Starts to delete the keys of an app and no others, whether there are any or not. */
  public Job startDeleteApp(AppName app) {
    return starting(AuditedCall.ofDeletion(app), () -> bulk.start(deletionOf(app)));
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
    whole(Operation.MANAGE, AuditedCall.of("clear"), () -> {
      if (policy.confirmsClearing() && !isConfirmed) {
        throw new ConfirmationRequired();
      }
      cache.clear();
      return null;
    });
  }

  /** Dumps the cache; see {@link DumpJobs#dump}. */
  public DumpResult dump() {
    return whole(Operation.DUMP, AuditedCall.of("dump"), dumps::dump);
  }

  /** Starts a dump; see {@link DumpJobs#startDump}. */
  public Job startDump() {
    return audit.start(AuditedCall.of("dump"), permissionOfAll(Operation.DUMP), dumps::startDump);
  }

  /** Removes a dump; see {@link DumpJobs#delete}. */
  public void deleteDump(String name, Optional<Instant> createdAt) {
    whole(Operation.MANAGE, AuditedCall.ofDeletedDump(name, createdAt), () -> {
      dumps.delete(name, createdAt);
      return null;
    });
  }

  /** The file of a dump, which the caller closes; see {@link DumpJobs#bytes}. */
  public DumpBytes dumpBytes(String name) {
    return whole(Operation.DOWNLOAD, AuditedCall.ofDump("download", name), () -> dumps.bytes(name));
  }

  /** Restores a dump; see {@link DumpJobs#restore}. */
  public RestoreAccount restore(RestoreRequest request) {
    return managing(
        AuditedCall.ofRestore(keys.limited(request)), () -> dumps.restore(keys.permitted(request)));
  }

  /** Starts a restore; see {@link DumpJobs#startRestore}. */
  public Job startRestore(RestoreRequest request) {
    return starting(
        AuditedCall.ofRestore(keys.limited(request)),
        () -> dumps.startRestore(keys.permitted(request)));
  }

  /**
   * Cancels a job, also if the audit log cannot be written; see {@link Jobs#cancel}.
   *
   * @throws org.ocmcore.cache.domain.error.JobNotFound if the caller may not see it
   */
  public Job cancel(String job) {
    return audit.ending(new AuditedCall("cancel", "job " + job), () -> {
      policy.requireCancel(caller);
      Job found = keys.requireVisible(jobs.find(job));
      policy.require(DumpJobs.isDump(found) ? Operation.DUMP : Operation.MANAGE, caller);
      return jobs.cancel(job);
    });
  }

  /** Starts automatic dumps at the interval that is set. */
  public AutoDump.State startAutoDump() {
    return whole(Operation.DUMP, AuditedCall.of("auto-dump-start"), autoDump::start);
  }

  /** Starts automatic dumps; see {@link AutoDump#start(Duration)}. */
  public AutoDump.State startAutoDump(Duration interval) {
    AuditedCall call = AuditedCall.ofInterval("auto-dump-start", interval);
    return whole(Operation.DUMP, call, () -> autoDump.start(interval));
  }

  /** Changes the interval of automatic dumps; see {@link AutoDump#retime}. */
  public AutoDump.State retimeAutoDump(Duration interval) {
    AuditedCall call = AuditedCall.ofInterval("auto-dump-interval", interval);
    return whole(Operation.DUMP, call, () -> autoDump.retime(interval));
  }

  /** Stops automatic dumps; see {@link AutoDump#stop}. */
  public AutoDump.State stopAutoDump() {
    return whole(Operation.DUMP, AuditedCall.of("auto-dump-stop"), autoDump::stop);
  }
}
