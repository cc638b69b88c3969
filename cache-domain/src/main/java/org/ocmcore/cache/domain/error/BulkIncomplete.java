package org.ocmcore.cache.domain.error;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.entry.SkipReason;

/** A change of many keys stopped because a server failed. Repeating it does the rest. */
public final class BulkIncomplete extends CacheException {
  private static final long serialVersionUID = 1;

  private final long done;
  private final long matched;
  private final transient SortedMap<SkipReason, Long> others;

  /**
   * @param done keys for which servers confirmed the work
   * @param matched keys that it was meant for
   * @param failures at least one, of different servers
   */
  public BulkIncomplete(
      String operation, long done, long matched, List<StoreUnavailable> failures) {
    this(operation, done, matched, new TreeMap<>(), failures);
  }

  /**
   * @param done keys for which servers confirmed the work
   * @param matched keys that it was meant for
   * @param others how many came to nothing before it stopped, by reason
   * @param failures at least one, of different servers
   */
  public BulkIncomplete(
      String operation,
      long done,
      long matched,
      SortedMap<SkipReason, Long> others,
      List<StoreUnavailable> failures) {
    super(
        "%s stopped after %d of %d keys: %s"
            .formatted(
                operation,
                done,
                matched,
                failures.stream()
                    .map(StoreUnavailable::getMessage)
                    .collect(Collectors.joining("; "))),
        failures.get(0));
    this.done = done;
    this.matched = matched;
    this.others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /** Keys that were left out before it stopped, by reason. */
  public SortedMap<SkipReason, Long> others() {
    return others;
  }

  /** Keys whose change the servers confirmed. */
  public long done() {
    return done;
  }

  /** Keys to change. */
  public long matched() {
    return matched;
  }
}
