package org.ocmcore.cache.domain.job;

import java.time.Duration;

/** Is told how far long work is, and may end it. For any number of threads: those that work. */
public interface Progress {
  /** Nobody watches, and nobody ends it. */
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

  /** So many items are to be worked on, as far as is known now; may be told again. */
  void expect(long items);

  /** So many more items are done, and so many more bytes with them. */
  void advance(long items, long bytes);

  /** Work on a server has paused for so long to leave it to others; told when that is over. */
  void throttled(Duration time);

  /**
   * To be run at least several times a second while the work goes on.
   *
   * @throws org.ocmcore.cache.domain.error.Cancelled if the work is to end without a result
   */
  void checkpoint();
}
