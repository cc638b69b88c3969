package org.ocmcore.cache.domain.job;

import java.time.Duration;

/**
 * Receives the progress of a long task, and may end it. Safe for use by any number of working
 * threads.
 */
public interface Progress {
  /** Ignores the progress and never ends the task. */
  Progress UNWATCHED = new Progress() {
    @Override
    public void expect(long items) {}

    @Override
    public void advance(long items, long bytes) {}

    @Override
    public void throttled(Duration time) {}

    @Override
    public void checkpoint() {}
  };

  /** The number of all items, as far as known now. May be called again. */
  void expect(long items);

  /** More items are done, with this number of bytes. */
  void advance(long items, long bytes);

  /** The work on a server has paused for this time. Called after the pause. */
  void throttled(Duration time);

  /**
   * To be called at least several times a second.
   *
   * @throws org.ocmcore.cache.domain.error.Cancelled if the task must end without a result
   */
  void checkpoint();

  /** The same progress, whose checkpoint also runs this one. */
  default Progress checkedBy(Runnable other) {
    return new CheckedProgress(this, other);
  }
}
