package org.ocmcore.cache.domain.changes;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes that a subscriber does not receive.
 *
 * @param server where they happened; empty if that is not known
 * @param count how many; empty if the subscriber may not know, since others' changes count, too
 */
public record SkippedChanges(Reason reason, Optional<String> server, OptionalLong count) {
  /** Why changes are left out. */
  public enum Reason {
    /** The subscriber did not take changes as fast as they matched. All of them would match. */
    BUFFER_FULL,
    /** The changes came faster than they were matched. Not all of them would match. */
    OVERLOAD,
    /** The server left them out of its feed. Not all of them would match. */
    FEED;

    /** The name in lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
