package org.ocmcore.cache.domain.error;

/**
 * A failure that the caller can act on. Its message is written for people and never holds a value.
 */
public abstract sealed class CacheException extends RuntimeException
    permits ManagementForbidden,
        KeyNotFound,
        AppNotFound,
        DumpNotFound,
        PatternTooCostly,
        TooManyKeys,
        ValueTooLarge,
        StoreUnavailable,
        BulkIncomplete,
        OperationRunning,
        DumpUnusable,
        DumpFailed {
  private static final long serialVersionUID = 1;

  CacheException(String message) {
    super(message);
  }

  CacheException(String message, Throwable cause) {
    super(message, cause);
  }
}
