package org.ocmcore.cache.domain.query;

import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;

/**
 * An order of keys. Equal keys are in the order of their bytes.
 *
 * @param by the criterion
 * @param descending whether the largest comes first. Keys that never expire have the longest
 *     lifetime; keys whose idle time is unknown come last in both directions
 */
public record KeyOrder(By by, boolean descending) {
  /** In ascending order of their bytes. */
  public static final KeyOrder NATURAL = of(By.KEY);

  /** The criterion of an order. */
  public enum By {
    /** The bytes of the key; lowest first. */
    KEY(false),
    /** The size of the item; largest first. */
    SIZE(true),
    /** The remaining lifetime; shortest first. */
    TTL(false),
    /** The time since the last read or write; longest first. */
    IDLE(true),
    /** The server, in the order of configuration. */
    SERVER(false);

    private final boolean descending;

    By(boolean descending) {
      this.descending = descending;
    }
  }

  /** The usual direction of this criterion. */
  public static KeyOrder of(By by) {
    return new KeyOrder(by, by.descending);
  }

  /** Whether it is {@link #NATURAL}. */
  public boolean isNatural() {
    return by == By.KEY && !descending;
  }

  /** Lower for a key that comes earlier. */
  long rank(KeyCursor key) {
    return switch (by) {
      case KEY -> turned(key.position());
      case SIZE -> turned(key.size());
      case TTL -> turned(key.expirySecond());
      // What was accessed last is idle the shortest.
      case IDLE ->
        key.lastAccess() == KeyInfo.UNKNOWN
            ? Long.MAX_VALUE
            : descending ? key.lastAccess() : -key.lastAccess();
      case SERVER -> turned(key.serverNumber());
    };
  }

  private long turned(long value) {
    return descending ? -value : value;
  }
}
