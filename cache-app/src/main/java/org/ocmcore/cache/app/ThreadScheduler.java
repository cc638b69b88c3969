package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.domain.port.Scheduler;

/** Tells the time on a thread of its own; what is due then runs elsewhere. */
final class ThreadScheduler implements Scheduler, AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;
  private final Executor executor;

  /** @param executor where it all runs; it must have a thread for each */
  ThreadScheduler(Executor executor) {
    this.executor = executor;
    timer = new ScheduledThreadPoolExecutor(1, Threads.daemons("timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Scheduled after(Duration delay, Runnable task) {
    Future<?> future =
        timer.schedule(() -> executor.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
