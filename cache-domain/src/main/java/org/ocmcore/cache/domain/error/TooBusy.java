package org.ocmcore.cache.domain.error;

/** As much work of one kind as may be under way is, and as much as may wait waits. */
public final class TooBusy extends CacheException {
  private static final long serialVersionUID = 1;

  /**
   * @param work what was asked for, in a word
   * @param most how many of it may be under way or wait
   */
  public TooBusy(String work, long most) {
    super("%d of \"%s\" are under way or wait already; ask again when one has ended"
        .formatted(most, work));
  }
}
