package org.ocmcore.cache.domain.port;

import java.util.Optional;

/**
 * What became of the keys of one server in a dump. Each key that was seen is in exactly one of the
 * other counts.
 *
 * @param server its address
 * @param seen keys that the server listed
 * @param written entries that are in the dump
 * @param gone keys that were deleted or pushed out before their values were read
 * @param expired keys whose lifetime ended before their values were read
 * @param elsewhere copies of keys that are in the dump as another server holds them
 * @param tooLarge entries that are too large for the format of the dump
 * @param failed keys whose values the server refused to give, or could not give any more
 * @param failure why its keys are missing, all or some; empty if none are
 */
public record ServerAccount(
    String server,
    long seen,
    long written,
    long gone,
    long expired,
    long elsewhere,
    long tooLarge,
    long failed,
    Optional<String> failure) {
  /**
   * Whether every key that was seen is accounted for, and none is missing that a dump can hold:
   * {@code tooLarge} are told, and are no failure.
   */
  public boolean isComplete() {
    return failure.isEmpty() && failed == 0 && seen == accounted();
  }

  /** The sum of all counts but {@code seen}. */
  public long accounted() {
    return written + gone + expired + elsewhere + tooLarge + failed;
  }
}
