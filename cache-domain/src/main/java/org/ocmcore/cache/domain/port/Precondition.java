package org.ocmcore.cache.domain.port;

/**
 * What must hold of a key for a change. A store checks it in the same step in which it makes the
 * change, so that of several clients with the same version one wins.
 *
 * @param version the version that the item must have, for {@link Kind#VERSION}; otherwise 0
 */
public record Precondition(Kind kind, long version) {
  /** Always holds. */
  public static final Precondition NONE = new Precondition(Kind.NONE, 0);

  /** The key must be absent. */
  public static final Precondition ABSENT = new Precondition(Kind.ABSENT, 0);

  /** The key must exist. */
  public static final Precondition PRESENT = new Precondition(Kind.PRESENT, 0);

  /** The kinds of precondition. */
  public enum Kind {
    /** No condition. */
    NONE,
    /** There is no item. */
    ABSENT,
    /** There is an item. */
    PRESENT,
    /** There is an item, and it has a certain version. */
    VERSION
  }

  public Precondition {
    if ((kind == Kind.VERSION) != (version != 0)) {
      throw new IllegalArgumentException(
          "version %d does not go with precondition %s".formatted(version, kind));
    }
  }

  /**
   * The item must have this version.
   *
   * @throws IllegalArgumentException if it is 0
   */
  public static Precondition version(long version) {
    return new Precondition(Kind.VERSION, version);
  }
}
