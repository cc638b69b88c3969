package org.ocmcore.cache.domain.bulk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;

/**
 * Hands items on to their servers, in batches: while one is worked on, the next is gathered, and
 * each server has a lane of its own. At most a few MiB wait for a server. For one thread that adds.
 */
public final class Lanes<T> {
  private static final int MAX_ITEMS = 8_192;
  private static final long MAX_BYTES = 1024 * 1024;

  /** Batches of a lane that wait or are being stored. */
  private static final int MAX_BATCHES = 2;

  private final Executor executor;
  private final Target<T> target;
  private final Progress progress;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();

  /** Where items go. */
  @FunctionalInterface
  public interface Target<T> {
    /** @throws StoreUnavailable if the server fails; what was told until then is done */
    void work(String server, List<T> items);
  }

  /** @param executor where servers are worked on; has a thread for each, or takes the caller's */
  public Lanes(Executor executor, Target<T> target, Progress progress) {
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
    Iterator<Lane> waiting =
        lanes.values().stream().filter(Lane::isWaiting).toList().iterator();
    while (waiting.hasNext()) {
      Lane lane = waiting.next();
      lane.pass(waiting.hasNext() ? executor : Runnable::run);
    }
  }

  /** Returns when all is done that can be, with what failed: at most one failure a server. */
  public List<StoreUnavailable> finish() {
    flush();
    lanes.values().forEach(lane -> lane.drain(0));
    return failures();
  }

  private List<StoreUnavailable> failures() {
    return lanes.values().stream()
        .map(lane -> lane.failure)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Returns when nothing is under way any more, with what failed until then. */
  public List<StoreUnavailable> abandon() {
    lanes.values().forEach(Lane::abandon);
    return failures();
  }

  private final class Lane {
    private final String server;
    private final ArrayDeque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private List<T> batch = new ArrayList<>();
    private long bytes;

    /** Why the server takes no more, or null. */
    private volatile StoreUnavailable failure;

    Lane(String server) {
      this.server = server;
    }

    boolean add(T item, long size) {
      if (failure != null) {
        return false;
      }
      batch.add(item);
      bytes += size;
      if (batch.size() == MAX_ITEMS || bytes >= MAX_BYTES) {
        pass(executor);
      }
      return failure == null;
    }

    boolean isWaiting() {
      return !batch.isEmpty();
    }

    void pass(Executor workplace) {
      progress.checkpoint();
      drain(MAX_BATCHES - 1);
      if (failure != null) {
        return;
      }
      List<T> passed = batch;
      long passedBytes = bytes;
      CompletableFuture<Void> before =
          underWay.isEmpty() ? CompletableFuture.completedFuture(null) : underWay.getLast();
      underWay.add(before.thenRunAsync(() -> work(passed, passedBytes), workplace));
      batch = new ArrayList<>();
      bytes = 0;
    }

    private void work(List<T> items, long size) {
      if (failure != null) {
        return;
      }
      try {
        target.work(server, items);
        progress.advance(items.size(), size);
      } catch (StoreUnavailable e) {
        failure = e;
      }
    }

    /** Waits until no more than so many are under way. */
    void drain(int most) {
      while (underWay.size() > most) {
        try {
          underWay.remove().join();
        } catch (CompletionException e) {
          throw e.getCause() instanceof RuntimeException broken ? broken : e;
        }
      }
    }

    void abandon() {
      underWay.forEach(
          batchUnderWay -> batchUnderWay.handle((done, failed) -> null).join());
    }
  }
}
