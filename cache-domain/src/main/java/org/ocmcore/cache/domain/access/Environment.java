package org.ocmcore.cache.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The environment of the service. It decides what is allowed. */
public enum Environment {
  /** Allows reading only. */
  PRODUCTION,
  /** Allows reading and changes. */
  DEVELOPMENT;

  /**
   * The environment with this name in lower case.
   *
   * @throws IllegalArgumentException if there is none; a misspelt name must not allow anything
   */
  public static Environment named(String name) {
    return Arrays.stream(values())
        .filter(environment -> environment.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be one of %s"
            .formatted(Arrays.stream(values())
                .map(Environment::toString)
                .collect(Collectors.joining(", ")))));
  }

  /** Whether it allows changes. */
  public boolean allowsChanges() {
    return this == DEVELOPMENT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
