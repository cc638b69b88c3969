package org.ocmcore.cache.domain.monitoring;

import java.time.Instant;
import java.util.Locale;

/** Something that happened to a server. */
public record ServerEvent(Instant at, Kind kind) {
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
