package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.OperationRunning;

/** Lets one dump or restore run at a time. For any number of threads. */
public final class DumpLock {
  private final Semaphore free = new Semaphore(1);
  private volatile String running = "dump or restore";

  /**
   * Does the work while nothing else has the lock.
   *
   * @param operation what it is, as it is told to others: "dump", "restore"
   * @throws OperationRunning if something else has the lock; does not wait
   */
  <T> T alone(String operation, Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw new OperationRunning(running);
    }
    try {
      running = operation;
      return work.get();
    } finally {
      free.release();
    }
  }

  /** Waits until nothing has the lock, at most this long; returns whether that is so. */
  public boolean awaitFree(Duration patience) {
    try {
      boolean freed = free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (freed) {
        free.release();
      }
      return freed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
