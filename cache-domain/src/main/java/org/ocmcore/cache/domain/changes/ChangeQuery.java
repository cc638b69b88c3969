package org.ocmcore.cache.domain.changes;

import java.util.EnumSet;
import java.util.Set;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * Selects changes.
 *
 * @param filter selects their keys by name and server; without {@link KeyFilter#traits}, which
 *     feeds do not report
 * @param kinds at least one
 */
public record ChangeQuery(KeyFilter filter, Set<ChangeKind> kinds) {
  /** Every change. */
  public static final ChangeQuery ALL =
      new ChangeQuery(KeyFilter.ALL, EnumSet.allOf(ChangeKind.class));

  /** @throws IllegalArgumentException if there are traits or no kinds */
  public ChangeQuery {
    kinds = Set.copyOf(kinds);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("there are no kinds of change; name at least one");
    }
    if (!filter.traits().isAny()) {
      throw new IllegalArgumentException(
          "changes cannot be selected by " + filter.traits() + "; leave it out");
    }
  }
}
