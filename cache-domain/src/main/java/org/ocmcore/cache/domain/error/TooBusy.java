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

  private TooBusy(String message) {
    super(message);
  }

  /**
   * One owner has all tasks that it may have.
   *
   * @param own the number of these
   * @param most the most tasks of all owners
   */
  public static TooBusy with(String owner, long own, String work, long most) {
    return new TooBusy(
        "%s has %d of at most %d of \"%s\" under way or waiting, and one caller may have no more than it leaves free; ask again when one has ended"
            .formatted(owner, own, most, work));
  }
}
