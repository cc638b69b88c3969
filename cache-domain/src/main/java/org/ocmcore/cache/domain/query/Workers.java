package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.ocmcore.cache.domain.job.JobOrder;
import org.ocmcore.cache.domain.job.Turns;

/**
 * Splits a task among threads. The calling thread works, too, and does everything alone if no other
 * thread is free, so nothing waits for a thread. Safe for use by any number of threads.
 */
public final class Workers {
  /** With fewer keys, one thread is faster than several. */
  private static final long FEW = 20_000;

  /** More than one, since some parts take longer than others. */
  private static final int PARTS_PER_THREAD = 4;

  /** The most tasks that wait for their first turn. */
  static final int MOST_WAITING = 128;

  private final Executor executor;
  private final int threads;
  private final long few;

  /**
   * Limits the threads of all tasks together to the processors, so that costly searches delay
   * neither cheap ones nor other requests by much. A task without helpers still ends.
   */
  private final Turns turns;

  private final String owner;
  private final Runnable checkpoint;

  /** Uses the calling thread only and leaves the other processors to others. */
  public static final Workers ALONE =
      new Workers(Runnable::run, 1, FEW, turns(Integer.MAX_VALUE), JobOrder.SERVICE, () -> {});

  /**
   * As many threads for a task, and for all tasks together, as there are processors.
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
    this(executor, threads, few, turns(threads), JobOrder.SERVICE, () -> {});
  }

  private Workers(
      Executor executor, int threads, long few, Turns turns, String owner, Runnable checkpoint) {
    this.executor = executor;
    this.threads = threads;
    this.few = few;
    this.turns = turns;
    this.owner = owner;
    this.checkpoint = checkpoint;
  }

  private static Turns turns(int atOnce) {
    return new Turns("search", atOnce, MOST_WAITING);
  }

  /** The same threads for a caller, who takes turns with the others. */
  public Workers ownedBy(String caller) {
    return new Workers(executor, threads, few, turns, caller, checkpoint);
  }

  /**
   * The same threads for somebody who may lose interest.
   *
   * @param checkpoint runs several times a second on any thread of a task; throws to end the task
   */
  public Workers checkedBy(Runnable checkpoint) {
    return new Workers(executor, threads, few, turns, owner, checkpoint);
  }

  /** The best number of parts for a task with this number of keys. */
  int parts(long keys) {
    return threads == 1 || keys < few ? 1 : threads * PARTS_PER_THREAD;
  }

  /**
   * Executes all parts of a task and returns their results in order. If one fails, the others stop,
   * and its exception is thrown unchanged. Tasks take turns; a part must not begin another task.
   *
   * @throws org.ocmcore.cache.domain.error.TooBusy if too many tasks, or too many of the owner,
   *     wait for their turn
   */
  <T> List<T> all(List<Function<CancelToken, T>> parts) {
    SharedTask<T> task = new SharedTask<>(parts, () -> turns.pass(owner), checkpoint);
    turns.begin(owner);
    try {
      for (int i = 1; i < Math.min(threads, parts.size()); i++) {
        if (!isHelped(task)) {
          break;
        }
      }
      task.run();
    } finally {
      turns.end(owner);
    }
    return task.results();
  }

  private boolean isHelped(SharedTask<?> task) {
    if (!turns.tryBegin()) {
      return false;
    }
    boolean taken = false;
    try {
      executor.execute(() -> {
        try {
          task.run();
        } finally {
          turns.giveBack();
        }
      });
      taken = true;
    } catch (RejectedExecutionException nobodyHelps) {
      return false;
    } finally {
      if (!taken) {
        turns.giveBack();
      }
    }
    return true;
  }

  /** Stops one thread of a task after another has failed, and lets other tasks have a turn. */
  static final class CancelToken {
    private static final long TURN_NANOS = 20_000_000;

    private final SharedTask<?> task;
    private long turnBegin = System.nanoTime();

    private CancelToken(SharedTask<?> task) {
      this.task = task;
    }

    /**
     * To be called at least several times in 20 ms.
     *
     * @throws CancellationException if another part has failed
     */
    void requireGoing() {
      if (task.stopped) {
        throw new CancellationException();
      }
      if (System.nanoTime() - turnBegin > TURN_NANOS) {
        task.pass.run();
        turnBegin = System.nanoTime();
        task.checkpoint.run();
      }
    }
  }

  /** Each part goes to the first free thread. */
  private static final class SharedTask<T> implements Runnable {
    private final Runnable pass;
    private final Runnable checkpoint;
    private final List<Function<CancelToken, T>> parts;
    private final List<CompletableFuture<T>> results = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean stopped;

    SharedTask(List<Function<CancelToken, T>> parts, Runnable pass, Runnable checkpoint) {
      this.pass = pass;
      this.checkpoint = checkpoint;
      this.parts = parts;
      parts.forEach(part -> results.add(new CompletableFuture<>()));
    }

    @Override
    public void run() {
      CancelToken token = new CancelToken(this);
      for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
        try {
          token.requireGoing();
          results.get(i).complete(parts.get(i).apply(token));
        } catch (Throwable e) {
          // The caller gets it with the results.
          stopped = true;
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
