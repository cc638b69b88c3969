package org.ocmcore.cache.domain.query;

import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;

/**
 * An order of keys. Those that are alike stand in the order of their bytes.
 *
 * @param by what decides
 * @param descending whether the largest comes first: the last by bytes, the largest item, the
 *     longest left to live, the longest idle. Keys that never expire have the longest left; of
 *     which nobody knows how long they are idle come last in either direction
 */
public record KeyOrder(By by, boolean descending) {
  /** Ascending by bytes. */
  public static final KeyOrder NATURAL = of(By.KEY);

  /** What an order goes by. */
  public enum By {
    /** The bytes of the key; the first come first. */
    KEY(false),
    /** What the item takes; the largest come first. */
    SIZE(true),
    /** What is left of the lifetime; what expires next comes first. */
    TTL(false),
    /** How long nobody has read or written it; the longest come first. */
    IDLE(true);

    private final boolean descending;

    By(boolean descending) {
      this.descending = descending;
    }
  }

  /** The order that is usual by that. */
  public static KeyOrder of(By by) {
    return new KeyOrder(by, by.descending);
  }

  /** Whether it is {@link #NATURAL}. */
  public boolean isNatural() {
    return equals(NATURAL);
  }

  /** Less for a key that comes earlier. */
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
    };
  }

  private long turned(long value) {
    return descending ? -value : value;
  }
}
