package org.ocmcore.cache.domain.job;

import java.time.Duration;

/** A progress with a second checkpoint. */
record CheckedProgress(Progress progress, Runnable other) implements Progress {
  @Override
  public void expect(long items) {
    progress.expect(items);
  }

  @Override
  public void advance(long items, long bytes) {
    progress.advance(items, bytes);
  }

  @Override
  public void throttled(Duration time) {
    progress.throttled(time);
  }

  @Override
  public void checkpoint() {
    progress.checkpoint();
    other.run();
  }
}
