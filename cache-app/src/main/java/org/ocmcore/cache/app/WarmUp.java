package org.ocmcore.cache.app;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.ocmcore.cache.adapter.cli.ProgressLine;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.slf4j.Logger;

/** Restores the current dump before the service is ready, and logs the progress. */
final class WarmUp {
  private static final ProgressLine LINE =
      new ProgressLine("warming up", "entries", "checking the dump");

  private final Supplier<Job> restore;
  private final Duration pause;
  private final Clock clock;
  private final Logger log;

  /**
   * @param restore starts the restore
   * @param pause between two log lines
   */
  WarmUp(Supplier<Job> restore, Duration pause, Clock clock, Logger log) {
    this.restore = restore;
    this.pause = pause;
    this.clock = clock;
    this.log = log;
  }

  /** Waits for the end. If the dump cannot be restored, the service starts all the same. */
  void run() {
    try {
      Job job = restore.get();
      log.info(
          "warming up: restoring what is missing, then the service is ready; job {}", job.id());
      while (!job.awaitEnd(pause)) {
        JobSnapshot now = job.snapshot();
        Duration elapsed = Duration.between(now.createdAt(), clock.instant());
        log.info("{}", LINE.plain(now.progress(), elapsed));
      }
      report(job.snapshot());
    } catch (DumpNotFound e) {
      log.info("warming up: nothing to restore: {}", e.getMessage());
    } catch (CacheException e) {
      log.error("warming up failed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.warn("warming up goes on while the service is ready: its start was interrupted");
    }
  }

  private void report(JobSnapshot end) {
    end.result()
        .map(RestoreAccount.class::cast)
        .ifPresent(account -> log.info(
            "warmed up: {} entries of {} restored, skipped {}, refused {}, {} ms",
            account.restored(),
            account.dump().name(),
            account.skipped(),
            account.failed(),
            account.duration().toMillis()));
    end.failure().ifPresent(failure -> log.error("warming up failed: {}", failure.getMessage()));
  }
}
