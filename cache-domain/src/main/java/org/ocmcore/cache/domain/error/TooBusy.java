package org.ocmcore.cache.domain.error;

/** Too many tasks of this kind are running and queued. */
public final class TooBusy extends CacheException {
  private static final long serialVersionUID = 1;

  /**
   * @param work a word for the task
   * @param most the most tasks that may run or wait
   */
  public TooBusy(String work, long most) {
    super("%d of \"%s\" are under way or wait already; ask again when one has ended"
        .formatted(most, work));
  }
}
