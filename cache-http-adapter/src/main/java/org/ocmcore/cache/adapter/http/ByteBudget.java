package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import org.eclipse.jetty.util.NanoTime;

/** How many bytes all requests may hold at the same time. For any number of threads. */
final class ByteBudget {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** So many threads may wait: more would keep those from work who hold nothing. */
  private static final int MOST_WAITING = 50;

  private final long capacity;
  private final Duration patience;
  private long free;
  private int waiting;

  /**
   * @param capacity in bytes, at least 1
   * @param patience how long {@link Share#take} waits
   */
  ByteBudget(long capacity, Duration patience) {
    this.capacity = capacity;
    this.patience = patience;
    this.free = capacity;
  }

  /** Such a part of the heap: {@code 8} is an eighth. */
  static ByteBudget ofHeap(int part) {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / part, PATIENCE);
  }

  /** Takes so many bytes, without waiting; returns whether they were free. */
  synchronized boolean tryTake(long bytes) {
    if (bytes > free) {
      return false;
    }
    free -= bytes;
    return true;
  }

  /** Gives back what was taken. */
  synchronized void giveBack(long bytes) {
    free += bytes;
    notifyAll();
  }

  /** The bytes that nobody holds. */
  synchronized long free() {
    return free;
  }

  private synchronized void await(long bytes) {
    long end = NanoTime.now() + patience.toNanos();
    while (!tryTake(bytes)) {
      long left = NanoTime.until(end);
      if (left <= 0 || waiting == MOST_WAITING) {
        throw new RequestRejected(
            Kind.TOO_BUSY,
            "it needs %d bytes of memory, and other requests hold %d of %d; ask again, or for less"
                .formatted(bytes, capacity - free, capacity));
      }
      waiting++;
      try {
        wait(Math.max(1, Duration.ofNanos(left).toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RequestRejected(Kind.TOO_BUSY, "the service is stopping");
      } finally {
        waiting--;
      }
    }
  }

  /** What one request holds, nothing to begin with. */
  Share share() {
    return new Share();
  }

  /** What one request holds. For one thread at a time. */
  final class Share implements AutoCloseable {
    private long held;

    private Share() {}

    /**
     * Takes so many bytes, up to half of all: a larger request leaves room for a second one. Waits
     * for others.
     *
     * @throws RequestRejected if others do not give enough back within a few seconds
     */
    void take(long bytes) {
      long taken = Math.max(0, Math.min(bytes, capacity / 2 - held));
      await(taken);
      held += taken;
    }

    /** Gives all back. */
    @Override
    public void close() {
      giveBack(held);
      held = 0;
    }
  }
}
