package org.ocmcore.cache.domain.bulk;

import java.util.Optional;

/**
 * What became of the keys of one server.
 *
 * @param server its address
 * @param matched keys that work was meant for
 * @param done keys for which the server has confirmed it
 * @param absent keys that were not there any more
 * @param refused keys for which the server refused it
 * @param failure why the server takes no more; empty if it does, even if there is a rest, since the
 *     work was cancelled
 */
public record ServerBulkAccount(
    String server, long matched, long done, long absent, long refused, Optional<String> failure) {
  /** Keys of which nobody knows, or that nobody has got to. */
  public long left() {
    return matched - done - absent - refused;
  }
}
