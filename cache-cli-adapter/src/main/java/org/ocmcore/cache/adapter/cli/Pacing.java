package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import org.ocmcore.cache.domain.port.Pause;

/** Keeps work on named keys below a rate. For use by one thread. */
final class Pacing {
  private final long rate;
  private final Pause pause;
  private final long begin = System.nanoTime();

  /** @param rate the most keys a second; 0 for no limit */
  Pacing(long rate, Pause pause) {
    this.rate = rate;
    this.pause = pause;
  }

  /** Waits until so many keys may have been changed. */
  void await(long done) {
    if (rate == 0) {
      return;
    }
    double due = (double) done / rate * Duration.ofSeconds(1).toNanos();
    try {
      pause.sleep(Duration.ofNanos((long) due - (System.nanoTime() - begin)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
