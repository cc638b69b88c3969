package org.ocmcore.cache.domain.access;

/** The environment of the service. It decides what is allowed. */
public enum Environment {
  /** Allows reading only. */
  PRODUCTION,
  /** Allows reading and changes. */
  DEVELOPMENT;

  /**
   * The environment with this name in lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Environment named(String name) {
    return EnumNames.parse(Environment.class, name);
  }

  /** Whether it allows changes. */
  public boolean allowsChanges() {
    return this == DEVELOPMENT;
  }

  @Override
  public String toString() {
    return EnumNames.of(this);
  }
}
