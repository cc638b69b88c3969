package org.ocmcore.cache.domain.job;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.TooBusy;

/**
 * Bounds work that is no job: of it as many run and wait as of jobs of one kind. For any number of
 * threads.
 */
public final class Turns {
  private static final int MOST = JobKind.AT_ONCE + JobKind.WAITING;

  private final String work;
  private final Semaphore admitted = new Semaphore(MOST);
  private final Semaphore working = new Semaphore(JobKind.AT_ONCE, true);

  /** @param work what it is, in a word */
  public Turns(String work) {
    this.work = work;
  }

  /**
   * Does this on this thread when its turn comes. What it does must not take a turn here again.
   *
   * @throws TooBusy if too many threads are here already; does not wait
   * @throws Cancelled if the thread is interrupted while it waits
   */
  public <R> R take(Supplier<R> task) {
    if (!admitted.tryAcquire()) {
      throw new TooBusy(work, MOST);
    }
    try {
      working.acquire();
      try {
        return task.get();
      } finally {
        working.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Cancelled(work, "its thread was interrupted");
    } finally {
      admitted.release();
    }
  }
}
