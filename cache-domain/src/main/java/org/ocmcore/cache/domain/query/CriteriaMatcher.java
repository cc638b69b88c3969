package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.KeyInfo;

/** Checks {@link KeyCriteria} without creating an object for each key. Immutable. */
final class CriteriaMatcher {
  private final long minSize;
  private final long maxSize;

  /** The first and the last second in which a matching key expires. */
  private final long firstEnd;

  private final long lastEnd;

  /** The first and the last second in which a matching key was accessed. */
  private final long firstAccess;

  private final long lastAccess;

  private final boolean anyAccess;

  private final boolean neverFetched;

  CriteriaMatcher(KeyCriteria traits, Instant now) {
    minSize = traits.minSize().orElse(0);
    maxSize = traits.maxSize().orElse(Long.MAX_VALUE);
    // Remaining lifetimes count as answers show them: in whole seconds, rounded down.
    long begun = now.getEpochSecond() + (now.getNano() > 0 ? 1 : 0);
    boolean anyEnd = traits.ttlBelow().isEmpty() && traits.ttlAbove().isEmpty();
    firstEnd = traits.noTtl()
        ? Long.MAX_VALUE
        : traits.ttlAbove().map(above -> begun + above.toSeconds() + 1).orElse(Long.MIN_VALUE);
    lastEnd = anyEnd
        ? Long.MAX_VALUE
        : traits.ttlBelow().map(below -> begun + below.toSeconds() - 1).orElse(Long.MAX_VALUE - 1);
    anyAccess = traits.idleAbove().isEmpty() && traits.idleBelow().isEmpty();
    // An access that seems to be later, by the clock of its server, is one of this second.
    firstAccess = traits
        .idleBelow()
        .map(Duration::toSeconds)
        .map(below -> below == 0 ? Long.MAX_VALUE : now.getEpochSecond() - below + 1)
        .orElse(Long.MIN_VALUE);
    lastAccess = traits
        .idleAbove()
        .map(above -> now.getEpochSecond() - above.toSeconds() - 1)
        .orElse(Long.MAX_VALUE);
    neverFetched = traits.neverFetched();
  }

  /**
   * Whether a key matches.
   *
   * @param end the second in which it expires; see {@link org.ocmcore.cache.domain.entry.Expiry}
   * @param access the second of the last access, or {@link KeyInfo#UNKNOWN}
   * @param fetched as in {@link KeyInfo#fetched}
   */
  boolean has(long size, long end, long access, boolean fetched) {
    return size >= minSize
        && size <= maxSize
        && end >= firstEnd
        && end <= lastEnd
        && !(neverFetched && fetched)
        && (anyAccess
            || access != KeyInfo.UNKNOWN && access >= firstAccess && access <= lastAccess);
  }
}
