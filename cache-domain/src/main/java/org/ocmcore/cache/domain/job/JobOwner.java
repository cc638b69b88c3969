package org.ocmcore.cache.domain.job;

import org.ocmcore.cache.domain.key.AppScope;

/**
 * Who asks for jobs.
 *
 * @param name of the caller
 * @param role of the caller then, in a word
 * @param apps whose keys the caller might see then
 */
public record JobOwner(String name, String role, AppScope apps) {
  /** The owner of jobs that the service starts itself. */
  public static final JobOwner SERVICE = new JobOwner(JobOrder.SERVICE, "", AppScope.ALL);

  /**
   * Whether this caller may see a job of that one: callers limited to some apps see their own,
   * unless these had more apps then.
   */
  public boolean maySee(JobOwner other) {
    return apps.isAll() || name.equals(other.name) && other.apps.isWithin(apps);
  }
}
