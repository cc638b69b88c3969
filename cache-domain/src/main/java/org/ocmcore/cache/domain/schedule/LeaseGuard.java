package org.ocmcore.cache.domain.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.dump.PublishGuard;

/** Renews a lease during a long dump, and notices if it is lost. */
final class LeaseGuard implements PublishGuard {
  /** The most age of a check. */
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** A lease is renewed after this part of its length. */
  private static final int PART = 4;

  private final DumpLease lease;
  private final Duration length;
  private final Clock clock;
  private Instant renewed;
  private Instant checked = Instant.MIN;

  /** @param lease that was just taken for this length */
  LeaseGuard(DumpLease lease, Duration length, Clock clock) {
    this.lease = lease;
    this.length = length;
    this.clock = clock;
    renewed = clock.instant();
  }

  @Override
  public synchronized void glance() {
    if (isOver(INTERVAL, checked, clock.instant())) {
      check();
    }
  }

  @Override
  public synchronized void check() {
    Instant now = clock.instant();
    if (isOver(length.dividedBy(PART), renewed, now)) {
      lease.renew(length);
      renewed = now;
    } else {
      lease.requireHeld();
    }
    checked = now;
  }

  /** True as well if the clock was set back: the time left is unknown then. */
  private static boolean isOver(Duration time, Instant since, Instant now) {
    return now.isBefore(since) || now.isAfter(since.plus(time));
  }
}
