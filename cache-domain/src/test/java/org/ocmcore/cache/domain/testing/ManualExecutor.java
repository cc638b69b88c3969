package org.ocmcore.cache.domain.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps tasks until the test runs them. For one thread. */
public final class ManualExecutor implements Executor {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean closed;

  @Override
  public void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("closed");
    }
    waiting.add(task);
  }

  /** From now on it takes nothing. */
  public void close() {
    closed = true;
  }

  /** How many tasks wait. */
  public int size() {
    return waiting.size();
  }

  /** Runs the task that has waited longest, on this thread. */
  public void runNext() {
    waiting.remove().run();
  }

  /** Runs what waits, on this thread. */
  public void runAll() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }
}
