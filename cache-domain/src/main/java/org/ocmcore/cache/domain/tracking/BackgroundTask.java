package org.ocmcore.cache.domain.tracking;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks in the background, one at a time. For any number of threads. */
final class BackgroundTask {
  private final Executor executor;
  private boolean isBusy;
  private boolean isClosed;

  BackgroundTask(Executor executor) {
    this.executor = executor;
  }

  /** Starts the task, unless another is running or this is closed. */
  void start(Runnable task) {
    synchronized (this) {
      if (isBusy || isClosed) {
        return;
      }
      isBusy = true;
    }
    try {
      executor.execute(() -> {
        try {
          task.run();
        } finally {
          ended();
        }
      });
    } catch (RejectedExecutionException e) {
      ended();
    } catch (Error e) {
      ended();
      throw e;
    }
  }

  private synchronized void ended() {
    isBusy = false;
  }

  /** From now on nothing starts; a running task goes on. */
  synchronized void close() {
    isClosed = true;
  }
}
