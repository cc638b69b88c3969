package org.ocmcore.cache.domain.port;

import java.util.Optional;

/**
 * What happened to the keys of one server in a dump. Each key that was seen is in exactly one of
 * the other counts.
 *
 * @param server its address
 * @param seen keys that the server listed
 * @param written entries that the dump contains
 * @param gone keys that were deleted or evicted before their values were read
 * @param expired keys that expired before their values were read
 * @param elsewhere copies of keys that the dump contains as another server holds them
 * @param stale keys whose values clients had marked as out of date, or not stored yet
 * @param tooLarge entries that are too large for the format of the dump
 * @param failed keys whose values the server did not give
 * @param failure why some or all keys are missing; empty if none are
 */
public record ServerAccount(
    String server,
    long seen,
    long written,
    long gone,
    long expired,
    long elsewhere,
    long stale,
    long tooLarge,
    long failed,
    Optional<String> failure) {
  /**
   * Whether every key that was seen is accounted for and no key is missing. Entries that are
   * {@code tooLarge} do not count as missing.
   */
  public boolean isComplete() {
    return failure.isEmpty() && failed == 0 && seen == accounted();
  }

  /** The sum of all counts except {@code seen}. */
  public long accounted() {
    return written + gone + expired + elsewhere + stale + tooLarge + failed;
  }
}
