package org.ocmcore.cache.domain.error;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.SkipReason;

/** A restore stopped because it would restore more entries than allowed. What it stored stays. */
public final class RestoreLimitReached extends CacheException {
  private static final long serialVersionUID = 1;

  private final long done;
  private final long allowed;
  private final transient SortedMap<SkipReason, Long> others;

  /**
   * @param done entries that were stored for certain; less than allowed if servers failed
   * @param allowed entries that may be stored
   * @param others how many came to nothing before it stopped, by reason
   * @param failures of servers that failed before it stopped; mostly none
   */
  public RestoreLimitReached(
      long done,
      long allowed,
      SortedMap<SkipReason, Long> others,
      List<StoreUnavailable> failures) {
    super(message(done, allowed, failures));
    this.done = done;
    this.allowed = allowed;
    this.others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  private static String message(long done, long allowed, List<StoreUnavailable> failures) {
    StringBuilder message =
        new StringBuilder("%d entries are restored and stay; more would be, and at most %d may be"
            .formatted(done, allowed));
    failures.forEach(failure -> message.append("; ").append(failure.getMessage()));
    return message.toString();
  }

  /** Entries that were left out before it stopped, by reason. */
  public SortedMap<SkipReason, Long> others() {
    return others;
  }

  /** Entries that were stored. */
  public long done() {
    return done;
  }

  /** Entries that may be stored. */
  public long allowed() {
    return allowed;
  }
}
