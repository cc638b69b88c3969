package org.ocmcore.cache.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.domain.port.Scheduler;
import org.slf4j.Logger;

/**
 * Gives the API a new certificate when its files change, and warns of one that expires soon. Each
 * check follows the last one, on a thread of the scheduler.
 */
final class CertificateWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** The certificate is renewed too late if less time is left. */
  private static final Duration NOTICE = Duration.ofDays(14);

  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final HttpsFiles files;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Logger log;
  private String lastFailure = "";
  private Instant nextWarning = Instant.MIN;

  CertificateWatch(HttpsFiles files, Scheduler scheduler, Clock clock, Logger log) {
    this.files = files;
    this.scheduler = scheduler;
    this.clock = clock;
    this.log = log;
  }

  /** Begins to check. It ends with the scheduler. */
  void start() {
    warnOfExpiry();
    scheduleNext();
  }

  private void scheduleNext() {
    scheduler.after(INTERVAL, () -> {
      try {
        check();
      } finally {
        scheduleNext();
      }
    });
  }

  private void check() {
    try {
      if (files.reload(clock.instant())) {
        log.info(
            "new connections get the new certificate of {}, valid until {}",
            files.certificate(),
            files.identity().expiresAt());
        nextWarning = Instant.MIN;
      }
      lastFailure = "";
    } catch (InvalidSettings e) {
      if (!e.getMessage().equals(lastFailure)) {
        lastFailure = e.getMessage();
        log.warn("the API keeps its certificate: {}", lastFailure);
      }
    }
    warnOfExpiry();
  }

  private void warnOfExpiry() {
    Instant now = clock.instant();
    Instant end = files.identity().expiresAt();
    if (now.plus(NOTICE).isBefore(end) || now.isBefore(nextWarning)) {
      return;
    }
    nextWarning = now.plus(BETWEEN_WARNINGS);
    log.warn(
        "the certificate of {} {} at {}: write a new one there",
        files.certificate(),
        now.isAfter(end) ? "expired" : "expires",
        end);
  }
}
