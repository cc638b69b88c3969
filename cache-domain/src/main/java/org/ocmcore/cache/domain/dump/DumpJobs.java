package org.ocmcore.cache.domain.dump;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.JobOrder;
import org.ocmcore.cache.domain.job.JobOwner;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.DumpBytes;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;
import org.ocmcore.cache.domain.restore.ScopedDumpReader;

/**
 * Runs dumps and restores as jobs, one at a time; others fail with
 * {@link org.ocmcore.cache.domain.error.OperationRunning} meanwhile. Comparisons may run beside
 * them. The result of a dump is a {@link DumpResult}, of a restore a {@link RestoreAccount}, also
 * if it failed or was cancelled, of a comparison a {@link DumpDiff}. Safe for use by any number of
 * threads.
 */
public final class DumpJobs {
  private static final String GROUP = "dump or restore";
  private static final JobKind DUMP = JobKind.oneOf(GROUP, "dump");
  private static final JobKind DIFF = JobKind.of("diff");
  private static final JobKind RESTORE = JobKind.oneOf(GROUP, "restore");

  private final Jobs jobs;
  private final Dumper dumper;
  private final Restorer restorer;
  private final DumpPort dumps;
  private final DumpInspector inspector;
  private final JobOwner owner;

  public DumpJobs(
      Jobs jobs, Dumper dumper, Restorer restorer, DumpPort dumps, DumpInspector inspector) {
    this(jobs, dumper, restorer, dumps, inspector, JobOwner.SERVICE);
  }

  private DumpJobs(
      Jobs jobs,
      Dumper dumper,
      Restorer restorer,
      DumpPort dumps,
      DumpInspector inspector,
      JobOwner owner) {
    this.jobs = jobs;
    this.dumper = dumper;
    this.restorer = restorer;
    this.dumps = dumps;
    this.inspector = inspector;
    this.owner = owner;
  }

  /** The same for a caller, who owns the jobs. */
  public DumpJobs ownedBy(JobOwner caller) {
    return new DumpJobs(jobs, dumper, restorer, dumps, inspector, caller);
  }

  /** Whether the job makes a dump. */
  public static boolean isDump(Job job) {
    return job.kind().equals(DUMP);
  }

  private JobOrder order(JobKind kind, String about) {
    return new JobOrder(kind, about, owner);
  }

  /** Dumps as {@link Dumper#dump} and waits for the result. */
  public DumpResult dump() {
    return jobs.run(order(DUMP, ""), dumper::dump);
  }

  /** Dumps as {@link Dumper#dumpUnlessLost} and waits for the result. */
  public Optional<DumpResult> dumpUnlessLost(PublishGuard guard) {
    return jobs.run(order(DUMP, ""), progress -> dumper.dumpUnlessLost(progress, guard));
  }

  /** Starts a dump as {@link Dumper#dump}. */
  public Job startDump() {
    return jobs.start(order(DUMP, ""), dumper::dump);
  }

  /** Restores as {@link Restorer#restore} and waits for the result. */
  public RestoreAccount restore(RestoreRequest request) {
    return jobs.run(
        order(RESTORE, about(request)), progress -> restorer.restore(request, progress));
  }

  /**
   * Starts a restore as {@link Restorer#restore}.
   *
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump; nothing is
   *     started
   */
  public Job startRestore(RestoreRequest request) {
    requireThere(request.name().orElseGet(dumps::currentName), request.filter().scope());
    return jobs.start(
        order(RESTORE, about(request)), progress -> restorer.restore(request, progress));
  }

  /**
   * Compares as {@link DumpInspector#diff} and waits for the result.
   *
   * @param checkpoint runs several times a second; throws to end the comparison
   */
  public DumpDiff diff(String name, AppScope scope, int limit, Runnable checkpoint) {
    return jobs.run(
        order(DIFF, about(name)),
        progress -> inspector.diff(name, scope, limit, progress.checkedBy(checkpoint)));
  }

  /**
   * Starts a comparison as {@link DumpInspector#diff}.
   *
   * @throws DumpNotFound if there is no such dump; nothing is started
   */
  public Job startDiff(String name, AppScope scope, int limit) {
    requireThere(name, scope);
    return jobs.start(
        order(DIFF, about(name)), progress -> inspector.diff(name, scope, limit, progress));
  }

  /**
   * Removes a dump; see {@link DumpPort#delete}.
   *
   * @throws DumpNotFound if there is no such dump
   */
  public void delete(String name, Optional<Instant> createdAt) {
    requireThere(name, AppScope.ALL);
    dumps.delete(name, createdAt);
  }

  /** The file of a dump; see {@link DumpPort#bytes}. */
  public DumpBytes bytes(String name) {
    return dumps.bytes(name);
  }

  private static String about(RestoreRequest request) {
    return (request.dryRun() ? "dry run of " : "") + request.about();
  }

  private static String about(String name) {
    return "dump " + name;
  }

  private void requireThere(String name, AppScope scope) {
    List<String> names = ScopedDumpReader.failing(scope, dumps::names);
    boolean isThere = name.equals(dumps.currentName()) ? !names.isEmpty() : names.contains(name);
    if (!isThere) {
      throw new DumpNotFound(name);
    }
  }
}
