package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that all requests together may hold. One address holds at most half of them, however
 * many requests, connections and streams it has, so that the next one finds room; see
 * {@link Places} for what counts as one. Safe for use by any number of threads.
 */
final class ByteBudget {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final long capacity;
  private final long part;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ByteBuffer, Long> held = new HashMap<>();

  /** In the order in which they came. */
  private final Set<Waiter> waiting = new LinkedHashSet<>();

  private long free;

  /** A request that waits for bytes. */
  private static final class Waiter {
    private final ByteBuffer network;
    private final long bytes;
    private final Condition served;
    private boolean isServed;

    Waiter(ByteBuffer network, long bytes, Condition served) {
      this.network = network;
      this.bytes = bytes;
      this.served = served;
    }
  }

  /**
   * @param capacity in bytes, at least 1
   * @param patience how long {@link Share#take} waits
   */
  ByteBudget(long capacity, Duration patience) {
    this(capacity, 0, patience);
  }

  private ByteBudget(long capacity, long least, Duration patience) {
    this.capacity = capacity;
    this.part = Math.max(capacity / 2, Math.min(least, capacity));
    this.patience = patience;
    this.free = capacity;
  }

  /** A part of the heap: {@code 8} is an eighth. */
  static ByteBudget ofHeap(int part) {
    return ofHeap(part, 0);
  }

  /** The same. @param least that one address may hold, if that is more than half */
  static ByteBudget ofHeap(int part, long least) {
    return new ByteBudget(Runtime.getRuntime().maxMemory() / part, least, PATIENCE);
  }

  /** The most bytes of one address, and so of a share. */
  long part() {
    return part;
  }

  /** The free bytes. */
  long free() {
    lock.lock();
    try {
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** An empty share for a request of this client. */
  Share share(InetAddress client) {
    return new Share(Places.network(client));
  }

  private long available(ByteBuffer network) {
    return Math.min(free, part - held.getOrDefault(network, 0L));
  }

  private boolean tryTake(ByteBuffer network, long bytes) {
    if (bytes > available(network)) {
      return false;
    }
    free -= bytes;
    held.merge(network, bytes, Long::sum);
    return true;
  }

  private void giveBack(ByteBuffer network, long bytes) {
    free += bytes;
    held.computeIfPresent(network, (same, all) -> all == bytes ? null : Long.valueOf(all - bytes));
    Iterator<Waiter> next = waiting.iterator();
    while (next.hasNext() && free > 0) {
      Waiter waiter = next.next();
      if (tryTake(waiter.network, waiter.bytes)) {
        next.remove();
        waiter.isServed = true;
        waiter.served.signal();
      }
    }
  }

  private void await(ByteBuffer network, long bytes) {
    if (tryTake(network, bytes)) {
      return;
    }
    Waiter waiter = new Waiter(network, bytes, lock.newCondition());
    waiting.add(waiter);
    try {
      long left = patience.toNanos();
      while (!waiter.isServed) {
        if (left <= 0) {
          throw tooBusy(network, bytes);
        }
        left = waiter.served.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (waiter.isServed) {
        giveBack(network, bytes);
      }
      throw new RequestRejected(Kind.TOO_BUSY, "the service is stopping");
    } finally {
      waiting.remove(waiter);
    }
  }

  private RequestRejected tooBusy(ByteBuffer network, long bytes) {
    long own = held.getOrDefault(network, 0L);
    return new RequestRejected(
        Kind.TOO_BUSY,
        "it needs %d bytes of memory, and other requests hold %d of %d, those of this address %d of at most %d; ask again, or for less"
            .formatted(bytes, capacity - free, capacity, own, part));
  }

  /** The bytes that one request holds. For one thread at a time. */
  final class Share implements AutoCloseable {
    private final ByteBuffer network;
    private long bytes;

    private Share(ByteBuffer network) {
      this.network = network;
    }

    /**
     * Takes these bytes, but never more than one address may hold in all. Waits until they are
     * free, but for the last eighth of that: small requests of the address hold some of it.
     *
     * @throws RequestRejected if they are not free within a few seconds
     */
    void take(long more) {
      lock.lock();
      try {
        long wanted = Math.max(0, Math.min(more, part - bytes));
        long awaited = Math.max(0, Math.min(wanted, enough() - bytes));
        await(network, awaited);
        bytes += awaited;
        growUpTo(wanted - awaited);
      } finally {
        lock.unlock();
      }
    }

    /** Takes these bytes if they are free, without waiting; returns whether it did. */
    boolean tryTake(long more) {
      lock.lock();
      try {
        boolean isTaken = ByteBudget.this.tryTake(network, more);
        bytes += isTaken ? more : 0;
        return isTaken;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Takes these bytes without waiting, so that nobody waits for a share that waits itself.
     *
     * @throws RequestRejected if they are not free, or too many for one address
     */
    void grow(long more) {
      lock.lock();
      try {
        if (bytes + more > part) {
          throw new RequestRejected(
              Kind.TOO_BUSY,
              "it needs %d bytes of memory, and one address has at most %d; ask for less, or give this service more memory (-Xmx)"
                  .formatted(bytes + more, part));
        }
        if (!tryTake(more)) {
          throw tooBusy(network, more);
        }
      } finally {
        lock.unlock();
      }
    }

    /** Takes as many of these bytes as are free, without waiting. */
    void growUpTo(long more) {
      lock.lock();
      try {
        long taken = Math.max(0, Math.min(more, available(network)));
        ByteBudget.this.tryTake(network, taken);
        bytes += taken;
      } finally {
        lock.unlock();
      }
    }

    /** The bytes that it holds. */
    long held() {
      return bytes;
    }

    /** The most bytes for which it waits. */
    long enough() {
      return part - part / 8;
    }

    /** The most bytes that it may hold. */
    long most() {
      return part;
    }

    /** Another share for the same address. */
    Share of(ByteBudget other) {
      return other.new Share(network);
    }

    /** Returns some of the bytes to the budget. */
    void shrink(long less) {
      lock.lock();
      try {
        giveBack(network, less);
        bytes -= less;
      } finally {
        lock.unlock();
      }
    }

    /** Returns all bytes to the budget. */
    @Override
    public void close() {
      lock.lock();
      try {
        shrink(bytes);
      } finally {
        lock.unlock();
      }
    }
  }
}
