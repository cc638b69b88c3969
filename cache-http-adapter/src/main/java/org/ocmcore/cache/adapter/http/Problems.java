package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.AuditUnavailable;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.ConfirmationRequired;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.JobNotFound;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.OperationRunning;
import org.ocmcore.cache.domain.error.OutsideApps;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.error.PlanOutgrown;
import org.ocmcore.cache.domain.error.PreconditionFailed;
import org.ocmcore.cache.domain.error.RestoreLimitReached;
import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.error.TooManyApps;
import org.ocmcore.cache.domain.error.TooManyFailures;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.error.Unauthorized;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.error.ValueHidden;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures to problems: the only place that chooses a status for a failure. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** The words of the original API. */
  private static final String FORBIDDEN =
      "Modification operations are disabled in production for security reasons";

  private static final String TO_ALLOW =
      "; start the service with CACHE_ENVIRONMENT=development to allow changes, or with CACHE_PRODUCTION_ALLOW=%s for this alone";

  private static final Map<Class<? extends CacheException>, Function<CacheException, Problem>>
      BY_FAILURE = new HashMap<>();

  static {
    on(
        ManagementForbidden.class,
        Kind.MANAGEMENT_FORBIDDEN,
        e -> e.getMessage() + TO_ALLOW.formatted(e.operation()),
        e -> new Forbidden(FORBIDDEN));
    on(Unauthorized.class, Kind.UNAUTHORIZED);
    on(TooManyFailures.class, Kind.TOO_MANY_FAILURES);
    on(RoleRequired.class, Kind.ROLE_REQUIRED, e -> new Missing(e.role()));
    on(OutsideApps.class, Kind.OUTSIDE_APPS);
    on(KeyNotFound.class, Kind.KEY_NOT_FOUND);
    on(AppNotFound.class, Kind.APP_NOT_FOUND);
    on(DumpNotFound.class, Kind.DUMP_NOT_FOUND);
    on(JobNotFound.class, Kind.JOB_NOT_FOUND);
    on(OperationRunning.class, Kind.OPERATION_RUNNING, e -> new Running(e.job()));
    on(Cancelled.class, Kind.CANCELLED);
    on(
        ConfirmationRequired.class,
        Kind.CONFIRMATION_REQUIRED,
        e -> e.getMessage() + ": " + ClearRequest.REMEDY,
        e -> null);
    on(DumpUnusable.class, Kind.DUMP_UNUSABLE);
    on(ValueTooLarge.class, Kind.VALUE_TOO_LARGE);
    on(UnexpectedValue.class, Kind.UNEXPECTED_VALUE);
    on(PreconditionFailed.class, Kind.PRECONDITION_FAILED);
    on(ValueHidden.class, Kind.VALUE_HIDDEN);
    on(PatternTooCostly.class, Kind.PATTERN_TOO_COSTLY);
    on(TooManyApps.class, Kind.TOO_MANY_APPS);
    on(
        TooManyKeys.class,
        Kind.TOO_MANY_KEYS,
        e -> "%d keys match, %s allows %d; nothing was changed"
            .formatted(e.matched(), BulkRequests.MAX_KEYS, e.allowed()),
        e -> new Matching(e.matched()));
    on(
        RestoreLimitReached.class,
        Kind.TOO_MANY_KEYS,
        e -> "%s is %d: %s".formatted(BulkRequests.MAX_KEYS, e.allowed(), e.getMessage()),
        e -> new Restored(e.done()));
    on(TooBusy.class, Kind.TOO_BUSY);
    on(PlanNotFound.class, Kind.PLAN_NOT_FOUND);
    on(PlanOutgrown.class, Kind.PLAN_OUTGROWN, e -> new Matching(e.matched()));
    on(DumpFailed.class, Kind.DUMP_FAILED);
    on(AuditUnavailable.class, Kind.AUDIT_UNAVAILABLE);
    on(StoreUnavailable.class, Kind.STORE_UNAVAILABLE, e -> new Failing(e.server()));
    on(BulkIncomplete.class, Kind.BULK_INCOMPLETE, e -> new Incomplete(e.done(), e.matched()));
  }

  /** @param message what forbids it */
  private record Forbidden(String message) {}

  /** @param role the least role that suffices */
  private record Missing(String role) {}

  /** @param job the id of the job that is in the way; left out if the caller may not see it */
  private record Running(@JsonInclude(Include.NON_EMPTY) Optional<String> job) {}

  private record Matching(long matchedCount) {}

  private record Restored(long doneCount) {}

  /** @param server the address of the server that fails */
  private record Failing(String server) {}

  private record Incomplete(long doneCount, long matchedCount) {}

  private Problems() {}

  private static void on(Class<? extends CacheException> failure, Kind kind) {
    on(failure, kind, e -> null);
  }

  private static <E extends CacheException> void on(
      Class<E> failure, Kind kind, Function<E, Record> facts) {
    on(failure, kind, CacheException::getMessage, facts);
  }

  private static <E extends CacheException> void on(
      Class<E> failure, Kind kind, Function<E, String> detail, Function<E, Record> facts) {
    BY_FAILURE.put(
        failure,
        e -> new Problem(kind, detail.apply(failure.cast(e)), facts.apply(failure.cast(e))));
  }

  /** The failures that are mapped. */
  static Set<Class<? extends CacheException>> failures() {
    return BY_FAILURE.keySet();
  }

  /** The problem for a failure. */
  static Problem of(CacheException failure) {
    Problem problem = BY_FAILURE.get(failure.getClass()).apply(failure);
    if (failure instanceof TooManyFailures failures) {
      return problem.retriedAfter(failures.retryAfter());
    }
    return failure instanceof StoreUnavailable store && store.isRefusal()
        ? problem.lasting()
        : problem;
  }

  /**
   * The problem for an internal error. The error is logged with the id of the request; the client
   * gets only the id. An {@link OutOfMemoryError} among the causes first goes to the handler of
   * uncaught exceptions, which may end the process.
   */
  static Problem internal(String request, Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
      }
    }
    LOG.error("{} failed", request, fault);
    return logged("request_id " + RequestId.current());
  }

  /** The problem for an internal error that is in the log under this. */
  static Problem logged(String what) {
    return new Problem(
        Kind.INTERNAL_ERROR,
        "something went wrong here; the log says more under %s".formatted(what));
  }
}
