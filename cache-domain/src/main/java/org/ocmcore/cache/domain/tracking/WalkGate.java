package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Holds back walks while a feed is about to begin. A walk that begins before the feed must be
 * repeated, since it misses what is stored between the two. Safe for use by any number of threads.
 */
final class WalkGate {
  /** How long a walk waits for a feed at most. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
  private Scheduler.Scheduled opening = () -> {};

  WalkGate(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Runs this now if the gate is open, otherwise when it opens. */
  void pass(Runnable start) {
    opened().thenRun(start);
  }

  private synchronized CompletableFuture<Void> opened() {
    return opened;
  }

  /** Closes until {@link #open}, for a second at most. */
  synchronized void close() {
    if (opened.isDone()) {
      opened = new CompletableFuture<>();
      opening = scheduler.after(LONGEST, this::open);
    }
  }

  void open() {
    CompletableFuture<Void> now;
    synchronized (this) {
      opening.cancel();
      now = opened;
    }
    // Walks may start on this thread.
    now.complete(null);
  }
}
