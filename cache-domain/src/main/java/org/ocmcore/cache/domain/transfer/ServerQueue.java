package org.ocmcore.cache.domain.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;

/** The queue of one server. One thread adds items; one worker at a time takes them. */
final class ServerQueue<T> implements Iterator<T> {
  private static final class Batch<T> {
    private final List<T> items = new ArrayList<>();
    private long bytes;
  }

  private static final int MAX_ITEMS = 8_192;
  private static final long MAX_BYTES = 1024 * 1024;

  /** The most batches that wait. */
  private static final int MAX_BATCHES = 2;

  /**
   * The time that a worker waits for the next batch before it ends. Ending costs a round trip,
   * which matters if the server is far away.
   */
  private static final long PATIENCE_MILLIS = 20;

  private final String server;
  private final Executor executor;
  private final ServerBatcher.Target<T> target;
  private final Progress progress;

  /** Used by the adding thread only. */
  private Batch<T> gathered = new Batch<>();

  private volatile StoreUnavailable failure;

  // Guarded by this.
  private final ArrayDeque<Batch<T>> waiting = new ArrayDeque<>();
  private boolean isBusy;
  private boolean isMoreLikely;
  private Thread adder;
  private Throwable broken;

  // The working thread's.
  private final ArrayDeque<Batch<T>> taken = new ArrayDeque<>();
  private Iterator<T> next = List.<T>of().iterator();
  private int done;

  ServerQueue(String server, Executor executor, ServerBatcher.Target<T> target, Progress progress) {
    this.server = server;
    this.executor = executor;
    this.target = target;
    this.progress = progress;
  }

  String server() {
    return server;
  }

  boolean add(T item, long size) {
    if (failure() != null) {
      return false;
    }
    gathered.items.add(item);
    gathered.bytes += size;
    if (gathered.items.size() == MAX_ITEMS || gathered.bytes >= MAX_BYTES) {
      pass(executor, true);
    }
    return failure() == null;
  }

  boolean isGathering() {
    return !gathered.items.isEmpty();
  }

  StoreUnavailable failure() {
    return failure;
  }

  /** @param more whether another batch will probably come soon */
  void pass(Executor workplace, boolean more) {
    progress.checkpoint();
    Batch<T> passed = gathered;
    gathered = new Batch<>();
    if (!enqueue(passed, more)) {
      return;
    }
    try {
      workplace.execute(this::work);
    } catch (RuntimeException | Error e) {
      rest(null, null);
      throw e;
    }
  }

  /** Returns whether a worker must start. */
  private synchronized boolean enqueue(Batch<T> batch, boolean more) {
    awaitWhile(() -> waiting.size() == MAX_BATCHES && isBusy);
    requireWhole();
    if (failure != null) {
      return false;
    }
    waiting.add(batch);
    isMoreLikely = more;
    adder = Thread.currentThread();
    notifyAll();
    boolean begins = !isBusy;
    isBusy = true;
    return begins;
  }

  private void work() {
    try {
      while (hasMore()) {
        target.work(server, this, this::countDone);
      }
    } catch (StoreUnavailable e) {
      rest(e, null);
    } catch (RuntimeException | Error e) {
      rest(null, e);
    }
  }

  /** Whether an item waits; otherwise this worker has ended. */
  private synchronized boolean hasMore() {
    isBusy = !waiting.isEmpty();
    notifyAll();
    return isBusy;
  }

  private synchronized void rest(StoreUnavailable failed, Throwable broke) {
    failure = failed;
    broken = broke;
    isBusy = false;
    waiting.clear();
    notifyAll();
  }

  @Override
  public boolean hasNext() {
    if (!next.hasNext()) {
      take();
    }
    return next.hasNext();
  }

  private synchronized void take() {
    if (waiting.isEmpty() && isMoreLikely && Thread.currentThread() != adder) {
      awaitNext();
    }
    Batch<T> batch = waiting.poll();
    if (batch != null) {
      taken.add(batch);
      next = batch.items.iterator();
      notifyAll();
    }
  }

  private void awaitNext() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    for (long left = PATIENCE_MILLIS;
        left > 0 && waiting.isEmpty() && isMoreLikely;
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        // The next call on the server sees the flag and fails.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return next.next();
  }

  private void countDone() {
    done++;
    Batch<T> first = taken.element();
    if (done == first.items.size()) {
      progress.advance(done, first.bytes);
      taken.remove();
      done = 0;
    }
  }

  void finish() {
    expectNoMore();
    awaitRest();
    synchronized (this) {
      requireWhole();
    }
  }

  private void requireWhole() {
    if (broken instanceof Error error) {
      throw error;
    }
    if (broken != null) {
      throw (RuntimeException) broken;
    }
  }

  private synchronized void expectNoMore() {
    isMoreLikely = false;
    notifyAll();
  }

  synchronized void drop() {
    waiting.clear();
    expectNoMore();
  }

  synchronized void awaitRest() {
    awaitWhile(() -> isBusy);
  }

  /** Waits even if this thread is interrupted; the flag stays set. */
  private void awaitWhile(BooleanSupplier condition) {
    boolean interrupted = false;
    while (condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
