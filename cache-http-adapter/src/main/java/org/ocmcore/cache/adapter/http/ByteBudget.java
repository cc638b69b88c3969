package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import org.eclipse.jetty.util.NanoTime;

/** The bytes that all requests together may hold. Safe for use by any number of threads. */
final class ByteBudget {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The most threads that wait; more would leave none for requests that need no bytes. */
  private static final int MAX_WAITING = 50;

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

  /** A part of the heap: {@code 8} is an eighth. */
  static ByteBudget ofHeap(int part) {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / part, PATIENCE);
  }

  /** Takes these bytes if they are free, without waiting; returns whether it did. */
  synchronized boolean tryTake(long bytes) {
    if (bytes > free) {
      return false;
    }
    free -= bytes;
    return true;
  }

  /** Returns bytes to the budget. */
  synchronized void giveBack(long bytes) {
    free += bytes;
    notifyAll();
  }

  /** The free bytes. */
  synchronized long free() {
    return free;
  }

  private synchronized void await(long bytes) {
    long end = NanoTime.now() + patience.toNanos();
    while (!tryTake(bytes)) {
      long left = NanoTime.until(end);
      if (left <= 0 || waiting == MAX_WAITING) {
        throw tooBusy(bytes, capacity - free, capacity);
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

  /** The most bytes of a share. */
  long mostOfShare() {
    return capacity / 2;
  }

  private static RequestRejected tooBusy(long bytes, long held, long capacity) {
    return new RequestRejected(
        Kind.TOO_BUSY,
        "it needs %d bytes of memory, and other requests hold %d of %d; ask again, or for less"
            .formatted(bytes, held, capacity));
  }

  /** An empty share for a request. */
  Share share() {
    return new Share();
  }

  /** The bytes that one request holds. For one thread at a time. */
  final class Share implements AutoCloseable {
    private long held;

    private Share() {}

    /**
     * Takes these bytes, but never more than half of the budget in all, so that a second request
     * has room. Waits until they are free.
     *
     * @throws RequestRejected if they are not free within a few seconds
     */
    void take(long bytes) {
      long taken = Math.max(0, Math.min(bytes, mostOfShare() - held));
      await(taken);
      held += taken;
    }

    /**
     * Takes these bytes without waiting, so that nobody waits for a share that waits itself.
     *
     * @throws RequestRejected if they are not free, or the share would exceed half of the budget
     */
    void grow(long bytes) {
      if (held + bytes > mostOfShare()) {
        throw new RequestRejected(
            Kind.TOO_BUSY,
            "it needs %d bytes of memory, and one request has at most %d; ask for less, or give this service more memory (-Xmx)"
                .formatted(held + bytes, mostOfShare()));
      }
      if (!tryTake(bytes)) {
        throw tooBusy(bytes, capacity - free(), capacity);
      }
      held += bytes;
    }

    /** Takes as many of these bytes as are free without waiting, and as it may hold. */
    void growUpTo(long bytes) {
      long wanted = Math.min(bytes, most() - held);
      synchronized (ByteBudget.this) {
        long taken = Math.max(0, Math.min(wanted, free));
        free -= taken;
        held += taken;
      }
    }

    /** The bytes that it holds. */
    long held() {
      return held;
    }

    /** The most bytes that it may hold. */
    long most() {
      return mostOfShare();
    }

    /** Returns some of the bytes to the budget. */
    void shrink(long bytes) {
      giveBack(bytes);
      held -= bytes;
    }

    /** Returns all bytes to the budget. */
    @Override
    public void close() {
      giveBack(held);
      held = 0;
    }
  }
}
