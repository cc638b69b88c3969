package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.job.Progress;

/** Records progress, and cancels the work on request. For any number of threads. */
public final class RecordedProgress implements Progress {
  private final List<String> reported = new ArrayList<>();
  private long items;
  private long bytes;
  private Duration throttled = Duration.ZERO;
  private boolean cancelled;
  private int checkpoint;
  private Runnable beforeCheckpoint;

  /** The events: {@code expect 10}, and how many items were done each time. */
  public synchronized List<String> reported() {
    return List.copyOf(reported);
  }

  /** How many items are done. */
  public synchronized long items() {
    return items;
  }

  /** How many bytes are done. */
  public synchronized long bytes() {
    return bytes;
  }

  /** From now on the work is to end. */
  public synchronized void cancel() {
    cancelled = true;
  }

  @Override
  public synchronized void expect(long expected) {
    reported.add("expect " + expected);
  }

  @Override
  public synchronized void advance(long moreItems, long moreBytes) {
    reported.add(String.valueOf(moreItems));
    items += moreItems;
    bytes += moreBytes;
  }

  /** How long work has paused. */
  public synchronized Duration throttled() {
    return throttled;
  }

  @Override
  public synchronized void throttled(Duration time) {
    throttled = throttled.plus(time);
  }

  /** Does this when it is asked for the so-manieth time whether to go on. */
  public synchronized void beforeCheckpoint(int number, Runnable work) {
    checkpoint = number;
    beforeCheckpoint = work;
  }

  @Override
  public void checkpoint() {
    if (isCheckpoint()) {
      beforeCheckpoint.run();
    }
    synchronized (this) {
      if (cancelled) {
        throw new Cancelled("work");
      }
    }
  }

  private synchronized boolean isCheckpoint() {
    return checkpoint > 0 && --checkpoint == 0;
  }
}
