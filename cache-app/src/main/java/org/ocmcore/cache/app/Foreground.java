package org.ocmcore.cache.app;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Task;

/** Does long work while somebody waits, shows how far it is, and ends it with the process. */
final class Foreground implements AutoCloseable {
  private final CommandContext shell;
  private final ProgressDisplay.Style style;
  private final Clock clock;
  private final ExecutorService executor = Executors.newCachedThreadPool(Threads.daemons("work"));
  private final ThreadScheduler scheduler = new ThreadScheduler(executor);
  private final Jobs jobs;

  Foreground(CommandContext shell, ProgressDisplay.Style style, Clock clock) {
    this.shell = shell;
    this.style = style;
    this.clock = clock;
    jobs = new Jobs(executor, clock, job -> {});
  }

  /** Where work may go on beside the caller's. */
  ExecutorService executor() {
    return executor;
  }

  /**
   * Does this work on this thread. If the process is told to end, the work is cancelled.
   *
   * @throws Cancelled if it was
   */
  <R> R run(ProgressLine line, Task<R> work) {
    return run(line, () -> {}, work);
  }

  /** Does the same with work that reads files without ever looking up: it is interrupted, too. */
  <R> R runInterruptibly(ProgressLine line, Task<R> work) {
    Thread worker = Thread.currentThread();
    try {
      return run(line, worker::interrupt, work);
    } catch (RuntimeException e) {
      if (shell.interruption().isRequested()) {
        throw new Cancelled(line.work());
      }
      throw e;
    }
  }

  private <R> R run(ProgressLine line, Runnable interrupting, Task<R> work) {
    try (ProgressDisplay display =
        new ProgressDisplay(shell.err(), style, line, scheduler, clock)) {
      return jobs.run(JobKind.of(line.work()), progress -> {
        Job job = jobs.recent().get(0);
        display.show(job);
        shell.interruption().react(() -> {
          jobs.cancel(job.id());
          interrupting.run();
        });
        return work.run(progress);
      });
    } finally {
      shell.interruption().react(() -> {});
      // What comes next, such as removing temporary files, must not be interrupted.
      Thread.interrupted();
    }
  }

  @Override
  public void close() {
    scheduler.close();
    executor.shutdownNow();
  }
}
