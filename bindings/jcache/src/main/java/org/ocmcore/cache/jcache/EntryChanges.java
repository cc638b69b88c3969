package org.ocmcore.cache.jcache;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;

/**
 * Changes entries one at a time: atomic among all processes by compare-and-set, and one after the
 * other for each key in this process, so that writers and listeners see the changes of this process
 * in their order. Counts puts and removals. For any number of threads.
 */
final class EntryChanges<K, V> {
  /** Each lost attempt means that another process has changed the entry. */
  private static final int MAX_ATTEMPTS = 100;

  private static final int LOCKS = 256;

  private final EntryStore<K, V> store;
  private final ExpiryTimes expiry;
  private final CacheWriting<K, V> writer;
  private final Listeners<K, V> listeners;
  private final Statistics statistics;
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

  EntryChanges(
      EntryStore<K, V> store,
      ExpiryTimes expiry,
      CacheWriting<K, V> writer,
      Listeners<K, V> listeners,
      Statistics statistics) {
    this.store = store;
    this.expiry = expiry;
    this.writer = writer;
    this.listeners = listeners;
    this.statistics = statistics;
  }

  /** Decides on the value of an entry, or null; it may be called again if another process won. */
  interface Decision<V, R> {
    ChangeResult<V, R> decide(V current);
  }

  /** Changes an entry, also by the writer. */
  <R> R change(K key, Decision<V, R> decision) {
    return change(key, true, decision);
  }

  /** Changes an entry that the writer knows already. */
  <R> R changeWritten(K key, Decision<V, R> decision) {
    return change(key, false, decision);
  }

  private <R> R change(K key, boolean write, Decision<V, R> decision) {
    long start = System.nanoTime();
    K own = store.copy(key);
    ReentrantLock lock = locks[Math.floorMod(own.hashCode(), LOCKS)];
    lock.lock();
    try {
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Slot<V> seen = store.read(own);
        long now = store.now();
        if (seen.isExpired(now)) {
          expire(own, seen);
          continue;
        }
        ChangeResult<V, R> outcome = decision.decide(seen.value());
        if (write) {
          write(own, outcome);
        }
        if (apply(own, seen, outcome, start)) {
          return outcome.result();
        }
      }
    } finally {
      lock.unlock();
    }
    throw new CacheException(
        "the entry of key '%s' was not changed in %d attempts; other processes change it all the time, or its server does not answer"
            .formatted(key, MAX_ATTEMPTS));
  }

  private void expire(K key, Slot<V> seen) {
    if (store.remove(key, seen)) {
      listeners.dispatch(EventType.EXPIRED, key, seen.value(), seen.value());
    }
  }

  private void write(K key, ChangeResult<V, ?> outcome) {
    switch (outcome.act()) {
      case STORE -> writer.write(key, outcome.value());
      case REMOVE -> writer.delete(key);
      case KEEP, ACCESS, STORE_LOADED -> {}
    }
  }

  /** Whether the outcome is stored; if not, the slot has changed. */
  private boolean apply(K key, Slot<V> seen, ChangeResult<V, ?> outcome, long start) {
    return switch (outcome.act()) {
      case KEEP -> true;
      case ACCESS -> touch(key, seen);
      case STORE, STORE_LOADED ->
        seen.value() == null
            ? create(key, seen, outcome, start)
            : update(key, seen, outcome, start);
      case REMOVE -> remove(key, seen, start);
    };
  }

  /** Gives an entry that was read without its version a new lifetime, if the policy has one. */
  void touch(K key) {
    expiry.afterAccess().ifPresent(lifetime -> {
      Slot<V> seen = store.read(key);
      if (seen.isLive(store.now())) {
        store.store(key, seen, seen.value(), ExpiryTimes.end(lifetime, store.now()));
      }
    });
  }

  /** Gives an entry that was read a new lifetime, if the policy has one; returns true. */
  boolean touch(K key, Slot<V> seen) {
    if (seen.value() != null) {
      // If another has changed the entry meanwhile, it has a new lifetime already.
      expiry
          .afterAccess()
          .ifPresent(lifetime ->
              store.store(key, seen, seen.value(), ExpiryTimes.end(lifetime, store.now())));
    }
    return true;
  }

  private boolean create(K key, Slot<V> seen, ChangeResult<V, ?> outcome, long start) {
    Duration lifetime = expiry.afterCreation();
    if (lifetime.isZero()) {
      // It would end as it begins: no put is counted, and no listener hears of it.
      return true;
    }
    V value = outcome.value();
    boolean stored = store.store(key, seen, value, ExpiryTimes.end(lifetime, store.now()));
    if (stored) {
      countPut(outcome, start);
      listeners.dispatch(EventType.CREATED, key, value, null);
    }
    return stored;
  }

  private boolean update(K key, Slot<V> seen, ChangeResult<V, ?> outcome, long start) {
    long end = expiry
        .afterUpdate()
        .map(lifetime -> ExpiryTimes.end(lifetime, store.now()))
        .orElse(seen.expiresAt());
    boolean stored = store.store(key, seen, outcome.value(), end);
    if (stored) {
      countPut(outcome, start);
      listeners.dispatch(EventType.UPDATED, key, outcome.value(), seen.value());
    }
    return stored;
  }

  private void countPut(ChangeResult<V, ?> outcome, long start) {
    if (outcome.act() == ChangeResult.Act.STORE) {
      statistics.countPut(start);
    }
  }

  private boolean remove(K key, Slot<V> seen, long start) {
    boolean removed = store.remove(key, seen);
    if (removed && seen.value() != null) {
      statistics.countRemoval(start);
      listeners.dispatch(EventType.REMOVED, key, seen.value(), seen.value());
    }
    return removed;
  }
}
