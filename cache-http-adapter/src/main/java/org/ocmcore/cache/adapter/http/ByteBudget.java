package org.ocmcore.cache.adapter.http;

/**
 * How many bytes all requests may hold at the same time, bodies and values alike. For any number of
 * threads.
 */
final class ByteBudget {
  /** What part of the heap: what is read becomes larger when it is parsed, decoded and written. */
  private static final int HEAP_PART = 8;

  private final long capacity;
  private long free;

  /** @param capacity in bytes, at least 1 */
  ByteBudget(long capacity) {
    this.capacity = capacity;
    this.free = capacity;
  }

  /** One for this process. */
  static ByteBudget ofHeap() {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / HEAP_PART);
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
}
