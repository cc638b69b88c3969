package org.ocmcore.cache.domain.query;

import java.util.concurrent.Semaphore;
import org.ocmcore.cache.domain.error.TooBusy;

/**
 * Lets only as many threads search at once as there are processors. The others wait, and all take
 * turns, so that costly searches delay neither cheap ones nor other requests by much. Safe for use
 * by any number of threads.
 */
final class SearchTurns {
  /** The most threads that wait for a turn. */
  static final int MOST_WAITING = 64;

  private final int atOnce;
  private final Semaphore free;

  /** @param atOnce the most threads that search at once, at least 1 */
  SearchTurns(int atOnce) {
    this.atOnce = atOnce;
    free = new Semaphore(atOnce, true);
  }

  /**
   * Waits for the first turn of a search.
   *
   * @throws TooBusy if too many threads wait already
   */
  void begin() {
    if (!tryBegin()) {
      if (free.getQueueLength() >= MOST_WAITING) {
        throw new TooBusy("search", MOST_WAITING + atOnce);
      }
      free.acquireUninterruptibly();
    }
  }

  /** Takes a turn if nobody waits for one; returns whether it did. */
  boolean tryBegin() {
    return !free.hasQueuedThreads() && free.tryAcquire();
  }

  /** Lets those who wait go first. Returns at once if nobody waits. */
  void pass() {
    if (free.hasQueuedThreads()) {
      free.release();
      free.acquireUninterruptibly();
    }
  }

  void end() {
    free.release();
  }
}
