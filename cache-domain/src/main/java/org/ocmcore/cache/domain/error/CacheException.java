package org.ocmcore.cache.domain.error;

/**
 * A failure that the caller can act on. Its message is one line for people, whatever the keys and
 * patterns in it contain, and never contains a value.
 */
public abstract sealed class CacheException extends RuntimeException
    permits ManagementForbidden,
        Unauthorized,
        TooManyFailures,
        RoleRequired,
        OutsideApps,
        KeyNotFound,
        AppNotFound,
        DumpNotFound,
        JobNotFound,
        PatternTooCostly,
        TooManyApps,
        TooManyKeys,
        RestoreLimitReached,
        ValueTooLarge,
        UnexpectedValue,
        PreconditionFailed,
        ValueHidden,
        StoreUnavailable,
        BulkIncomplete,
        OperationRunning,
        Cancelled,
        ConfirmationRequired,
        DumpUnusable,
        DumpFailed,
        TooBusy,
        PlanNotFound,
        PlanOutgrown,
        AuditUnavailable {
  private static final long serialVersionUID = 1;

  CacheException(String message) {
    super(oneLine(message));
  }

  CacheException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.replaceAll("[\\p{Cc}\\x{2028}\\x{2029}]", "\uFFFD");
  }
}
