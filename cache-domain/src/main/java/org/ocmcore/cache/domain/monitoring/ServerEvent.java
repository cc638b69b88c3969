package org.ocmcore.cache.domain.monitoring;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Something that happened to a server.
 *
 * @param itemsBefore the items that it had when it was last asked before; empty unless they were
 *     lost by this: by a restart or a flush
 */
public record ServerEvent(Instant at, Kind kind, OptionalLong itemsBefore) {
  /** What happened. */
  public enum Kind {
    /** Its process was started again. */
    RESTART,
    /** All its items were removed at once. */
    FLUSH,
    /** It does not answer any more. */
    LOST,
    /** It answers again. */
    BACK;

    /** In lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
