package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ocmcore.cache.adapter.cli.CommandTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps time on a thread of its own; due tasks run on an executor. */
final class ThreadScheduler implements CommandTimer {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);

  private final ScheduledThreadPoolExecutor timer;
  private final Executor executor;

  /** @param executor runs the tasks; it must have a thread for each */
  ThreadScheduler(Executor executor) {
    this.executor = executor;
    timer = new ScheduledThreadPoolExecutor(1, Threads.daemons("timer"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Scheduled after(Duration delay, Runnable task) {
    AtomicBoolean cancelled = new AtomicBoolean();
    try {
      Future<?> future =
          timer.schedule(() -> handOn(task, cancelled), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> {
        cancelled.set(true);
        future.cancel(false);
      };
    } catch (RejectedExecutionException closed) {
      // Nothing is due any more.
      return () -> {};
    }
  }

  private void handOn(Runnable task, AtomicBoolean cancelled) {
    if (cancelled.get()) {
      return;
    }
    try {
      executor.execute(task);
    } catch (RejectedExecutionException closing) {
      // Nothing is due any more.
    } catch (Error e) {
      // Such as having no room for another thread: later there may be, and nobody asks again.
      LOG.error("what is due cannot be done, and is tried again in a second", e);
      timer.schedule(() -> handOn(task, cancelled), 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
