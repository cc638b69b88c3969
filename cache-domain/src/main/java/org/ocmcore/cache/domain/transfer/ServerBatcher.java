package org.ocmcore.cache.domain.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;

/**
 * Hands items on to their servers: while some are worked on, the next are gathered, and each server
 * has a lane of its own, on which work does not pause as long as there are items. At most a few MiB
 * wait for a server. For one thread that adds.
 */
public final class ServerBatcher<T> {
  private static final int MAX_ITEMS = 8_192;
  private static final long MAX_BYTES = 1024 * 1024;

  /** Batches of a lane that wait to be worked on. */
  private static final int MAX_BATCHES = 2;

  /**
   * So long work on a server waits for the next batch before it ends: with a server that is far
   * away an end costs a round trip.
   */
  private static final long PATIENCE_MILLIS = 20;

  private final Executor executor;
  private final Target<T> target;
  private final Progress progress;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();

  /** Where items go. */
  @FunctionalInterface
  public interface Target<T> {
    /**
     * Works on items for as long as there are some.
     *
     * @param told to be run for each item that is done, in their order
     * @throws StoreUnavailable if the server fails; what was told until then is done
     */
    void work(String server, Iterator<T> items, Runnable told);
  }

  /** @param executor where servers are worked on; has a thread for each, or takes the caller's */
  public ServerBatcher(Executor executor, Target<T> target, Progress progress) {
    this.executor = executor;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Adds an item for a server.
   *
   * @param bytes that it takes, about
   * @return false if the server has failed: the item is not worked on
   */
  public boolean add(String server, T item, long bytes) {
    return lanes.computeIfAbsent(server, Lane::new).add(item, bytes);
  }

  /**
   * Lets nothing wait for more. The last server that something waits for is worked on by this
   * thread, unless it is busy: to wake another one for few items takes longer than they do, and
   * keeps a processor from others.
   */
  public void flush() {
    Iterator<Lane> gathering =
        lanes.values().stream().filter(Lane::isGathering).toList().iterator();
    while (gathering.hasNext()) {
      Lane lane = gathering.next();
      lane.pass(gathering.hasNext() ? executor : Runnable::run, false);
    }
  }

  /** Returns when all is done that can be, with what failed: at most one failure a server. */
  public List<StoreUnavailable> finish() {
    flush();
    lanes.values().forEach(Lane::finish);
    return failures();
  }

  private List<StoreUnavailable> failures() {
    return lanes.values().stream().map(Lane::failure).filter(Objects::nonNull).toList();
  }

  /** Begins nothing more; returns when nothing is under way, with what failed until then. */
  public List<StoreUnavailable> abandon() {
    lanes.values().forEach(Lane::drop);
    lanes.values().forEach(Lane::awaitRest);
    return failures();
  }

  private static final class Batch<T> {
    private final List<T> items = new ArrayList<>();
    private long bytes;
  }

  /** The items of a server, taken by one thread at a time that works on it. */
  private final class Lane implements Iterator<T> {
    private final String server;

    /** The adding thread's. */
    private Batch<T> gathered = new Batch<>();

    // Guarded by this.
    private final ArrayDeque<Batch<T>> waiting = new ArrayDeque<>();
    private boolean isBusy;
    private boolean isMoreLikely;
    private Thread adder;
    private StoreUnavailable failure;
    private Throwable broken;

    // The working thread's.
    private final ArrayDeque<Batch<T>> taken = new ArrayDeque<>();
    private Iterator<T> next = List.<T>of().iterator();
    private int told;

    Lane(String server) {
      this.server = server;
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

    synchronized StoreUnavailable failure() {
      return failure;
    }

    /** @param more whether the next batch is likely to come soon */
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

    /** Returns whether somebody must begin to work. */
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
          target.work(server, this, this::tell);
        }
      } catch (StoreUnavailable e) {
        rest(e, null);
      } catch (RuntimeException | Error e) {
        rest(null, e);
      }
    }

    /** Whether something waits; if not, this thread has ended its work. */
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
          // Whatever is done next on the server fails of it, and tells so.
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

    private void tell() {
      told++;
      Batch<T> first = taken.element();
      if (told == first.items.size()) {
        progress.advance(told, first.bytes);
        taken.remove();
        told = 0;
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

    /** What is under way is waited for also by a thread that is interrupted; its flag stays. */
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
}
