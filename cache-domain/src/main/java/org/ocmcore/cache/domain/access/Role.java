package org.ocmcore.cache.domain.access;

/** What a caller may do. Each role may do what those before it may. */
public enum Role {
  /** Sees keys, their metadata, counts and statistics. */
  VIEWER,
  /** Sees values. */
  READER,
  /** Changes things, as far as the environment allows. */
  OPERATOR;

  /** Kept, as each request asks for it. */
  private final String lowerCase = EnumNames.of(this);

  /**
   * The role with this name in lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Role named(String name) {
    return EnumNames.parse(Role.class, name);
  }

  /** Whether it may do what the other may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  @Override
  public String toString() {
    return lowerCase;
  }
}
