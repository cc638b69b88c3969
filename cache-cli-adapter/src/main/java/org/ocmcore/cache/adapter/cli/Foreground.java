package org.ocmcore.cache.adapter.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Task;

/** Executes a long task in the foreground, shows its progress, and ends it with the process. */
final class Foreground implements AutoCloseable {
  private final CommandContext context;
  private final ProgressDisplay.Style style;
  private final ExecutorService executor = Executors.newCachedThreadPool(Foreground::daemon);
  private final CommandTimer timer;
  private final Jobs jobs;

  Foreground(CommandContext context, CommandHost host, ProgressDisplay.Style style) {
    this.context = context;
    this.style = style;
    timer = host.timer(executor);
    jobs = new Jobs(executor, context.clock(), job -> {});
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "work");
    thread.setDaemon(true);
    return thread;
  }

  /** For work beside the calling thread. */
  ExecutorService executor() {
    return executor;
  }

  /**
   * Executes a task on this thread. If the process must end, the task is cancelled.
   *
   * @throws Cancelled if it was
   */
  <R> R execute(ProgressLine line, Task<R> work) {
    return execute(line, () -> {}, work);
  }

  /** Executes a task that reads files without checkpoints: it is interrupted as well. */
  <R> R runInterruptibly(ProgressLine line, Task<R> work) {
    Thread worker = Thread.currentThread();
    try {
      return execute(line, worker::interrupt, work);
    } catch (RuntimeException e) {
      if (context.interruption().isRequested()) {
        throw new Cancelled(line.work());
      }
      throw e;
    }
  }

  private <R> R execute(ProgressLine line, Runnable interrupting, Task<R> work) {
    try (ProgressDisplay display =
        new ProgressDisplay(context.messages(), style, line, timer, context.clock())) {
      return jobs.run(JobKind.of(line.work()), progress -> {
        Job job = jobs.recent().get(0);
        display.show(job);
        context.interruption().react(() -> {
          jobs.cancel(job.id());
          interrupting.run();
        });
        return work.run(progress);
      });
    } finally {
      context.interruption().react(() -> {});
      // What follows, for example removing temporary files, must not be interrupted.
      Thread.interrupted();
    }
  }

  @Override
  public void close() {
    timer.close();
    executor.shutdownNow();
  }
}
