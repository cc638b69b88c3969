package org.ocmcore.cache.domain.access;

import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.job.JobOwner;
import org.ocmcore.cache.domain.key.AppScope;

/**
 * Somebody who calls a use case.
 *
 * @param name of the token, or {@value #ANONYMOUS}
 * @param apps whose keys the caller may see and change
 * @param address where the caller is; empty if that is this machine's command line, or this process
 */
public record Caller(String name, Role role, AppScope apps, String address) {
  /** The name of callers without a token. */
  public static final String ANONYMOUS = "anonymous";

  /** The service itself, and its command line. It may do what the environment allows. */
  public static final Caller SERVICE = new Caller("service", Role.OPERATOR, AppScope.ALL, "");

  /** A caller without a token where none is needed. */
  public static Caller anonymous(Environment environment, String address) {
    return new Caller(
        ANONYMOUS,
        environment.allowsChanges() ? Role.OPERATOR : Role.READER,
        AppScope.ALL,
        address);
  }

  /** The owner of the jobs that the caller asks for. */
  public JobOwner owner() {
    return new JobOwner(name, role.toString(), apps);
  }

  /** @throws RoleRequired unless the caller's role includes this one */
  public void require(Role least) {
    if (!role.includes(least)) {
      throw new RoleRequired(least.toString(), name, role.toString());
    }
  }
}
