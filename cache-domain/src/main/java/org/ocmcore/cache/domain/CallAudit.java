package org.ocmcore.cache.domain;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkPreview;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.error.AuditUnavailable;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.OutsideApps;
import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.PartialResult;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.restore.RestoreAccount;

/**
 * Records the calls of one caller: what was asked for, and what became of it. Safe for use by any
 * number of threads.
 */
record CallAudit(AuditPort log, Clock clock, Caller caller) {
  /**
   * Executes a call, and records how it ends.
   *
   * @throws AuditUnavailable if it could not be recorded; then the work does not begin
   */
  <T> T call(AuditedCall call, Runnable permission, Supplier<T> work) {
    T result = attempt(call, () -> {
      permission.run();
      log.requireWritable();
      return work.get();
    });
    recordEnd(call, "", result, failureOf(result));
    return result;
  }

  /** The same for a call that only ends work, so the log need not be writable. */
  <T> T ending(AuditedCall call, Supplier<T> work) {
    T result = attempt(call, work);
    recordEnd(call, "", Optional.empty(), Optional.empty());
    return result;
  }

  /** The same for a call that starts a job. Another entry follows when the job ends. */
  Job start(AuditedCall call, Runnable permission, Supplier<Job> work) {
    Job job = attempt(call, () -> {
      permission.run();
      log.requireWritable();
      return work.get();
    });
    record(call, job.id(), Counts.NONE, Outcome.STARTED, "", "");
    job.onEnd(end -> recordEnd(call, end));
    return job;
  }

  /** Records only if the permission is refused, or cannot be decided. */
  void requireAllowed(AuditedCall call, Runnable permission) {
    try {
      permission.run();
    } catch (RuntimeException | Error e) {
      record(call, "", Counts.NONE, Outcome.REFUSED, e.getClass().getSimpleName(), message(e));
      throw e;
    }
  }

  private <T> T attempt(AuditedCall call, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      recordEnd(call, "", Optional.empty(), Optional.of(e));
      throw e;
    }
  }

  private void recordEnd(AuditedCall call, JobSnapshot end) {
    recordEnd(call, end.id(), end.result().orElse(Optional.empty()), end.failure());
  }

  private void recordEnd(
      AuditedCall call, String job, Object result, Optional<? extends Throwable> failure) {
    record(
        call,
        job,
        Counts.of(result),
        failure.map(CallAudit::outcome).orElse(Outcome.DONE),
        failure.map(e -> e.getClass().getSimpleName()).orElse(""),
        failure.map(CallAudit::message).orElse(""));
  }

  private void record(
      AuditedCall call,
      String job,
      Counts counts,
      Outcome outcome,
      String failure,
      String message) {
    log.record(new AuditEntry(
        clock.instant(),
        caller.name(),
        caller.role().toString(),
        caller.address(),
        call.operation(),
        call.target(),
        counts.matched,
        counts.done,
        outcome,
        failure,
        message,
        job));
  }

  private static Optional<CacheException> failureOf(Object result) {
    return result instanceof PartialResult partial ? partial.failure() : Optional.empty();
  }

  private static Outcome outcome(Throwable failure) {
    return failure instanceof ManagementForbidden
            || failure instanceof RoleRequired
            || failure instanceof OutsideApps
            || failure instanceof AuditUnavailable
        ? Outcome.REFUSED
        : Outcome.FAILED;
  }

  /** Only messages of the domain are known to contain no value. */
  private static String message(Throwable failure) {
    return failure instanceof CacheException ? failure.getMessage() : "";
  }

  /** How many keys a call was about, and how many it changed, dumped or restored. */
  private record Counts(OptionalLong matched, OptionalLong done) {
    static final Counts NONE = new Counts(OptionalLong.empty(), OptionalLong.empty());

    static Counts of(Object result) {
      if (result instanceof BulkAccount account) {
        return of(account.sum(ServerBulkAccount::matched), account.sum(ServerBulkAccount::done));
      }
      if (result instanceof BulkPreview preview) {
        return of(preview.summary().copies(), 0);
      }
      if (result instanceof DumpResult dump) {
        return new Counts(OptionalLong.empty(), OptionalLong.of(dump.dump().entries()));
      }
      if (result instanceof RestoreAccount restore) {
        return restore.request().dryRun()
            ? of(restore.restored(), 0)
            : new Counts(OptionalLong.empty(), OptionalLong.of(restore.restored()));
      }
      // The servers that held a named key.
      return result instanceof List<?> servers ? of(1, servers.isEmpty() ? 0 : 1) : NONE;
    }

    private static Counts of(long matched, long done) {
      return new Counts(OptionalLong.of(matched), OptionalLong.of(done));
    }
  }
}
