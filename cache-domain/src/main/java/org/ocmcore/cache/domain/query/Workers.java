package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Splits a task among threads. The calling thread works, too, and does everything alone if no other
 * thread is free, so nothing waits for a thread. Safe for use by any number of threads.
 */
public final class Workers {
  /** With fewer keys, one thread is faster than several. */
  private static final long FEW = 20_000;

  /** More than one, since some parts take longer than others. */
  private static final int PARTS_PER_THREAD = 4;

  private final Executor executor;
  private final int threads;
  private final long few;

  /** Limits the helpers of all tasks together. A task without helpers still ends. */
  private final Semaphore helpers;

  /** Uses the calling thread only and leaves the other processors to others. */
  public static final Workers ALONE = new Workers(Runnable::run, 1, FEW);

  /**
   * As many threads for a task, and as many helpers of all tasks, as there are processors.
   *
   * @param executor for the helpers
   */
  public Workers(Executor executor) {
    this(executor, Runtime.getRuntime().availableProcessors(), FEW);
  }

  /**
   * @param threads the most threads for one task, with the caller; at least 1
   * @param few with fewer keys a task is not split
   */
  Workers(Executor executor, int threads, long few) {
    this.executor = executor;
    this.threads = threads;
    this.few = few;
    helpers = new Semaphore(threads);
  }

  /** The best number of parts for a task with this number of keys. */
  int parts(long keys) {
    return threads == 1 || keys < few ? 1 : threads * PARTS_PER_THREAD;
  }

  /**
   * Executes all parts of a task and returns their results in order. If one fails, the others stop,
   * and its exception is thrown unchanged.
   */
  <T> List<T> all(List<Function<CancelToken, T>> parts) {
    SharedTask<T> task = new SharedTask<>(parts);
    for (int i = 1; i < Math.min(threads, parts.size()); i++) {
      if (!isHelped(task)) {
        break;
      }
    }
    task.run();
    return task.results();
  }

  private boolean isHelped(SharedTask<?> task) {
    if (!helpers.tryAcquire()) {
      return false;
    }
    boolean taken = false;
    try {
      executor.execute(() -> {
        try {
          task.run();
        } finally {
          helpers.release();
        }
      });
      taken = true;
    } catch (RejectedExecutionException nobodyHelps) {
      return false;
    } finally {
      if (!taken) {
        helpers.release();
      }
    }
    return true;
  }

  /** Stops the parts of a task after one has failed. */
  static class CancelToken {
    private volatile boolean stopped;

    /**
     * To be called now and then.
     *
     * @throws CancellationException if another part has failed
     */
    final void requireGoing() {
      if (stopped) {
        throw new CancellationException();
      }
    }

    final void stop() {
      stopped = true;
    }
  }

  /** Each part goes to the first free thread. */
  private static final class SharedTask<T> extends CancelToken implements Runnable {
    private final List<Function<CancelToken, T>> parts;
    private final List<CompletableFuture<T>> results = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    SharedTask(List<Function<CancelToken, T>> parts) {
      this.parts = parts;
      parts.forEach(part -> results.add(new CompletableFuture<>()));
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
        try {
          requireGoing();
          results.get(i).complete(parts.get(i).apply(this));
        } catch (Throwable e) {
          // The caller gets it with the results.
          stop();
          results.get(i).completeExceptionally(e);
        }
      }
    }

    List<T> results() {
      List<T> all = new ArrayList<>();
      Throwable failure = null;
      for (CompletableFuture<T> result : results) {
        try {
          all.add(result.join());
        } catch (CancellationException stoppedByAnother) {
          continue;
        } catch (CompletionException e) {
          failure = failure == null ? e.getCause() : failure;
        }
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
      return all;
    }
  }
}
