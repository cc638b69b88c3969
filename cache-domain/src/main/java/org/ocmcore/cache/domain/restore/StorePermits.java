package org.ocmcore.cache.domain.restore;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many entries may still be stored on all servers together. An entry needs a permit before it
 * is sent, so that there are never more than the limit. Safe for use by any number of threads.
 */
final class StorePermits {
  private final long limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();

  /** Entries that are stored, or may be since their server failed. */
  private long used;

  /** Entries that are being stored. */
  private long underWay;

  StorePermits(long limit) {
    this.limit = limit;
  }

  /** The most entries that may be stored. */
  long limit() {
    return limit;
  }

  /**
   * Takes some permits, which {@link #settle} must get back. Waits if others hold the last ones,
   * also if this thread is interrupted: what they store may turn out to exist.
   *
   * @return from 1 to the number that is wanted; 0 if all are used
   */
  int take(int wanted) {
    lock.lock();
    try {
      while (used + underWay == limit && underWay > 0) {
        settled.awaitUninterruptibly();
      }
      int taken = (int) Math.min(wanted, limit - used - underWay);
      underWay += taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** @param unused those of {@code taken} whose entries were certainly not stored */
  void settle(int taken, int unused) {
    lock.lock();
    try {
      underWay -= taken;
      used += taken - unused;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
