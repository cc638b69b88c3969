package org.ocmcore.cache.domain.client;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ocmcore.cache.domain.error.TooBusy;

/** Runs asynchronous calls: on the threads of the application, or on its own. */
final class AsyncExecutor implements Executor, AutoCloseable {
  /** Calls wait for the network, so there are more threads than processors. */
  static final int THREADS = 32;

  /** The most calls that wait for a thread. */
  static final int MAX_WAITING = 10_000;

  private static final long IDLE_SECONDS = 10;

  private final Optional<Executor> given;

  /** Starts no thread before it is needed. */
  private final ThreadPoolExecutor own;

  private final AtomicInteger threads = new AtomicInteger();

  AsyncExecutor(Optional<Executor> given) {
    this.given = given;
    this.own = new ThreadPoolExecutor(
        THREADS,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MAX_WAITING),
        this::newThread,
        (task, pool) -> {
          throw new TooBusy("asynchronous calls of the cache", THREADS + MAX_WAITING);
        });
    own.allowCoreThreadTimeOut(true);
  }

  private Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "cache-async-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    given.orElse(own).execute(task);
  }

  /** Lets calls finish that have begun or wait. Does not end the threads of the application. */
  @Override
  public void close() {
    own.shutdown();
  }
}
