package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;

/** Follows a server in a thread of its own and keeps all reports. */
public final class FeedThread implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ConcurrentLinkedQueue<Stored> stored = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Removed> removed = new ConcurrentLinkedQueue<>();
  private final CopyOnWriteArrayList<Set<ChangeListener.Kind>> begun = new CopyOnWriteArrayList<>();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong stores = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final AtomicInteger caughtUp = new AtomicInteger();
  private final ReentrantLock gate = new ReentrantLock();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean interrupted;
  private volatile Optional<String> withheld = Optional.empty();

  /** Keys reported as stored. */
  public record Stored(KeyInfo info, Instant at) {}

  /** Keys reported as removed. */
  public record Removed(CacheKey key, Instant at) {}

  private FeedThread(KeyspacePort keyspace, String server) {
    thread = new Thread(
        () -> {
          try {
            end.complete(keyspace.follow(server, new Recorder()));
          } catch (RuntimeException e) {
            interrupted = Thread.currentThread().isInterrupted();
            end.completeExceptionally(e);
          }
        },
        "feed");
    thread.setDaemon(true);
  }

  /** Follows the server, and returns once the feed has begun or ended. */
  public static FeedThread start(KeyspacePort keyspace, String server) {
    FeedThread feed = new FeedThread(keyspace, server);
    feed.thread.start();
    feed.await(() -> !feed.begun.isEmpty() || feed.end.isDone());
    return feed;
  }

  private final class Recorder implements ChangeListener {
    @Override
    public void withheld(String reason) {
      if (!begun.isEmpty() || withheld.isPresent()) {
        throw new IllegalStateException("withheld twice or late");
      }
      withheld = Optional.of(reason);
    }

    @Override
    public void began(Set<Kind> kinds) {
      if (!begun.isEmpty() || caughtUp.get() > 0) {
        throw new IllegalStateException("began twice or late");
      }
      begun.add(kinds);
    }

    @Override
    public void stored(KeyInfo key, Instant at) {
      pass();
      stored.add(new Stored(key, at));
    }

    @Override
    public void removed(CacheKey key, Instant at) {
      pass();
      removed.add(new Removed(key, at));
    }

    @Override
    public void evicted(CacheKey key, Instant at) {
      removed(key, at);
      evicted.incrementAndGet();
    }

    @Override
    public void counted(Kind kind) {
      (kind == Kind.EVICTIONS ? evictions : stores).incrementAndGet();
    }

    @Override
    public void skipped(long count) {
      skipped.addAndGet(count);
    }

    @Override
    public void caughtUp() {
      caughtUp.incrementAndGet();
    }

    private void pass() {
      gate.lock();
      gate.unlock();
    }
  }

  /** Runs the work while the listener stands still at the first change. */
  public void hold(Runnable work) {
    gate.lock();
    try {
      work.run();
    } finally {
      gate.unlock();
    }
  }

  /** What the feed said it would tell; fails if it has not begun. */
  public Set<ChangeListener.Kind> kinds() {
    return begun.get(0);
  }

  /** Why it said that it would leave something out. */
  public Optional<String> withheld() {
    return withheld;
  }

  public List<Stored> stored() {
    return List.copyOf(stored);
  }

  public int storedCount() {
    return stored.size();
  }

  public List<Removed> removed() {
    return List.copyOf(removed);
  }

  public long skipped() {
    return skipped.get();
  }

  /** How many attempts to store it told. */
  public long stores() {
    return stores.get();
  }

  public long evictions() {
    return evictions.get();
  }

  /** How many of the removed keys were reported as evicted. */
  public long evicted() {
    return evicted.get();
  }

  public int caughtUp() {
    return caughtUp.get();
  }

  public boolean hasBegun() {
    return !begun.isEmpty();
  }

  public void awaitCaughtUp() {
    await(() -> caughtUp.get() > 0);
  }

  public void awaitStored(int count) {
    await(() -> stored.size() >= count);
  }

  public void awaitStored(CacheKey key) {
    await(() -> stored.stream().anyMatch(reported -> reported.info().key().equals(key)));
  }

  /** Waits until the condition holds; fails at once if the feed has failed. */
  public void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (end.isCompletedExceptionally()) {
        end.join();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not happen within " + PATIENCE + ": " + stored.size()
            + " stored, " + removed.size() + " removed, " + skipped + " skipped");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** Whether the thread's flag was set when the feed ended. */
  public boolean wasInterrupted() {
    return interrupted;
  }

  /** What it returns. */
  public boolean result() {
    return end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** What ends it; fails if that is something else. */
  public StoreUnavailable failure() {
    try {
      throw new AssertionError("it returned " + result());
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailable failure) {
        return failure;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (thread.isAlive()) {
      throw new AssertionError(
          "the feed goes on after its interruption: " + List.of(thread.getStackTrace()));
    }
  }
}
