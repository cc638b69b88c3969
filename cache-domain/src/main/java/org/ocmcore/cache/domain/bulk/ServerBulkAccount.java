package org.ocmcore.cache.domain.bulk;

import java.util.Optional;

/**
 * The result of a change on one server.
 *
 * @param server its address
 * @param matched the number of keys to change
 * @param done keys whose change the server confirmed
 * @param absent keys that did not exist any more
 * @param refused keys whose change the server refused
 * @param failure why the server failed; empty if it did not, even if keys are left because the job
 *     was cancelled
 */
public record ServerBulkAccount(
    String server, long matched, long done, long absent, long refused, Optional<String> failure) {
  /** Keys that were not reached, or whose result is unknown. */
  public long left() {
    return matched - done - absent - refused;
  }
}
