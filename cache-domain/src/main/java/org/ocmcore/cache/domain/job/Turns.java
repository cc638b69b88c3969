package org.ocmcore.cache.domain.job;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.TooBusy;

/**
 * Limits work that is no job: as many callers run and wait as jobs of one kind. Safe for use by any
 * number of threads.
 */
public final class Turns {
  private static final int MOST = JobKind.AT_ONCE + JobKind.WAITING;

  private final String work;
  private final Semaphore admitted = new Semaphore(MOST);
  private final Semaphore working = new Semaphore(JobKind.AT_ONCE, true);

  /** @param work its name, in a word */
  public Turns(String work) {
    this.work = work;
  }

  /**
   * Executes a task on this thread when its turn comes. The task must not take another turn here.
   *
   * @throws TooBusy if too many threads are here; does not wait
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
