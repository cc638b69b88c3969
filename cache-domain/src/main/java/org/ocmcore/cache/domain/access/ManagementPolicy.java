package org.ocmcore.cache.domain.access;

/**
 * What callers may change.
 *
 * @param environment decides whether anything may be changed
 * @param confirmsClearing whether deleting every key needs a confirmation
 */
public record ManagementPolicy(Environment environment, boolean confirmsClearing) {
  /** The policy of an environment, in which nothing needs a confirmation. */
  public static ManagementPolicy of(Environment environment) {
    return new ManagementPolicy(environment, false);
  }
}
