package org.ocmcore.cache.domain.access;

import java.util.EnumSet;
import java.util.Set;
import org.ocmcore.cache.domain.error.ManagementForbidden;

/**
 * Decides what may be changed, and by whom.
 *
 * @param environment decides whether anything may be changed
 * @param allowed what production allows nevertheless
 * @param confirmsClearing whether deleting every key needs a confirmation
 */
public record ManagementPolicy(
    Environment environment, Set<Operation> allowed, boolean confirmsClearing) {
  public ManagementPolicy {
    allowed = Set.copyOf(allowed);
  }

  /** The policy of an environment without exceptions, in which nothing needs a confirmation. */
  public static ManagementPolicy of(Environment environment) {
    return new ManagementPolicy(environment, Set.of(), false);
  }

  /** Whether the environment allows this. */
  public boolean allows(Operation operation) {
    return environment.allowsChanges() || allowed.contains(operation);
  }

  /** What the caller may do. */
  public Set<Operation> operations(Caller caller) {
    Set<Operation> may = EnumSet.noneOf(Operation.class);
    if (caller.role().includes(Role.OPERATOR)) {
      may.addAll(EnumSet.allOf(Operation.class));
      may.removeIf(operation -> !allows(operation));
    }
    return may;
  }

  /**
   * Decides about an operation of this caller.
   *
   * @throws ManagementForbidden if the environment does not allow it to anybody
   * @throws org.ocmcore.cache.domain.error.RoleRequired unless the caller is an operator
   */
  public void require(Operation operation, Caller caller) {
    if (!allows(operation)) {
      throw new ManagementForbidden(operation.toString());
    }
    caller.require(Role.OPERATOR);
  }

  /**
   * Decides whether this caller may cancel jobs at all, as somebody may who makes dumps.
   *
   * @throws ManagementForbidden if the environment allows nobody to
   * @throws org.ocmcore.cache.domain.error.RoleRequired unless the caller is an operator
   */
  public void requireCancel(Caller caller) {
    require(allows(Operation.DUMP) ? Operation.DUMP : Operation.MANAGE, caller);
  }
}
