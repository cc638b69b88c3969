package org.ocmcore.cache.domain.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.dump.PublishGuard;

/** Keeps a lease while a dump takes long, and sees whether it is lost. */
final class LeaseGuard implements PublishGuard {
  /** How old a look may be. */
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** This part of its length is over when a lease is renewed. */
  private static final int PART = 4;

  private final DumpLease lease;
  private final Duration length;
  private final Clock clock;
  private Instant renewed;
  private Instant checked = Instant.MIN;

  /** @param lease that was taken for so long right now */
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

  /** Also if the clock was set back: nobody knows how long it is then. */
  private static boolean isOver(Duration time, Instant since, Instant now) {
    return now.isBefore(since) || now.isAfter(since.plus(time));
  }
}
