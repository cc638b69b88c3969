package org.ocmcore.cache.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.error.ManagementForbidden;

/** Where the service runs, and so what may be done. */
public enum Environment {
  /** Reading only. */
  PRODUCTION,
  /** Reading and management. */
  DEVELOPMENT;

  /**
   * The environment of this name, in lower case.
   *
   * @throws IllegalArgumentException if there is none: a misspelt name must not open anything
   */
  public static Environment named(String name) {
    return Arrays.stream(values())
        .filter(environment -> environment.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be one of %2$s, not \"%1$s\""
            .formatted(
                name,
                Arrays.stream(values())
                    .map(Environment::toString)
                    .collect(Collectors.joining(", ")))));
  }

  /** @throws ManagementForbidden unless this environment allows changes */
  public void requireManagement() {
    if (this != DEVELOPMENT) {
      throw new ManagementForbidden();
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
