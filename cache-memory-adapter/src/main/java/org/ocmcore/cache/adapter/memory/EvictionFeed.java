package org.ocmcore.cache.adapter.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;

/** Publishes evictions to listeners, and counts them. For any number of threads. */
final class EvictionFeed {
  private final List<ChangeListener> listeners = new ArrayList<>();
  private long count;

  /**
   * Notifies all listeners of one eviction, on this thread.
   *
   * @param at a moment before the eviction
   * @param isBack whether the key exists again, so that listeners must not remove it
   */
  synchronized void publish(CacheKey key, Instant at, boolean isBack) {
    count++;
    for (ChangeListener listener : listeners) {
      listener.counted(Kind.EVICTIONS);
      if (!isBack) {
        listener.evicted(key, at);
      }
      listener.caughtUp();
    }
  }

  /** The number of evictions so far. */
  synchronized long count() {
    return count;
  }

  /**
   * Notifies a listener of evictions until this thread is interrupted.
   *
   * @return never
   * @throws StoreUnavailable when this thread is interrupted
   */
  boolean follow(ChangeListener listener) {
    synchronized (this) {
      listener.began(Set.of(Kind.EVICTIONS));
      listener.caughtUp();
      listeners.add(listener);
    }
    try {
      new CountDownLatch(1).await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable(MemoryCache.SERVER, "feed", "interrupted");
    } finally {
      synchronized (this) {
        listeners.remove(listener);
      }
    }
  }
}
