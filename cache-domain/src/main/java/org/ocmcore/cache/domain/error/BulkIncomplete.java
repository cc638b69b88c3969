package org.ocmcore.cache.domain.error;

import java.util.List;
import java.util.stream.Collectors;

/** A change of many keys stopped because a server failed. Repeating it does the rest. */
public final class BulkIncomplete extends CacheException {
  private static final long serialVersionUID = 1;

  private final long done;
  private final long matched;

  /**
   * @param done keys for which servers confirmed the work
   * @param matched keys that it was meant for
   * @param failures at least one, of different servers
   */
  public BulkIncomplete(
      String operation, long done, long matched, List<StoreUnavailable> failures) {
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
