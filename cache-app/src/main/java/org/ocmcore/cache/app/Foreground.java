package org.ocmcore.cache.app;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Work;

/** Does long work while somebody waits, shows how far it is, and ends it with the process. */
final class Foreground implements AutoCloseable {
  private final Shell shell;
  private final ProgressDisplay.Style style;
  private final Clock clock;
  private final ExecutorService executor = Executors.newCachedThreadPool(Threads.daemons("work"));
  private final ThreadScheduler scheduler = new ThreadScheduler(executor);
  private final Jobs jobs;

  Foreground(Shell shell, ProgressDisplay.Style style, Clock clock) {
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
   * @param noun what it counts
   * @throws Cancelled if it was
   */
  <R> R run(String name, String noun, Work<R> work) {
    return run(name, noun, () -> {}, work);
  }

  /** Does the same with work that reads files without ever looking up: it is interrupted, too. */
  <R> R runInterruptibly(String name, String noun, Work<R> work) {
    Thread worker = Thread.currentThread();
    try {
      return run(name, noun, worker::interrupt, work);
    } catch (RuntimeException e) {
      if (shell.interruption().isRequested()) {
        throw new Cancelled(name);
      }
      throw e;
    }
  }

  private <R> R run(String name, String noun, Runnable interrupting, Work<R> work) {
    try (ProgressDisplay display =
        new ProgressDisplay(shell.err(), style, new ProgressLine(name, noun), scheduler, clock)) {
      return jobs.run(JobKind.of(name), progress -> {
        jobs.recent().forEach(job -> {
          display.show(job);
          shell.interruption().react(() -> {
            jobs.cancel(job.id());
            interrupting.run();
          });
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
