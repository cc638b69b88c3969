package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notifies a command of SIGINT and SIGTERM. If the command reacts, keeps the process alive until it
 * has cleaned up, for at most ten seconds; then the process exits with 130 or 143. Safe for use by
 * any number of threads.
 */
public final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch cleared = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "interruption");
  private Runnable reaction = () -> {};
  private boolean requested;
  private boolean isAwaited;

  /** Receives signals from now on, until it is closed. */
  void listen() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    request();
    if (!isAwaited()) {
      return;
    }
    try {
      cleared.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process must end. */
  public synchronized void request() {
    requested = true;
    reaction.run();
  }

  /**
   * Sets what to do when the process must end; does it now if it must end already. Replaces the
   * last one.
   */
  synchronized void react(Runnable how) {
    isAwaited = true;
    reaction = how;
    if (requested) {
      how.run();
    }
  }

  /** When the process must end, opens this latch, and interrupts what this thread waits for. */
  void open(CountDownLatch over) {
    Thread waiting = Thread.currentThread();
    react(() -> {
      over.countDown();
      waiting.interrupt();
    });
  }

  private synchronized boolean isAwaited() {
    return isAwaited;
  }

  /** Whether the process must end. */
  synchronized boolean isRequested() {
    return requested;
  }

  /** The command has cleaned up. Called by its thread, which is no longer interrupted then. */
  @Override
  public void close() {
    synchronized (this) {
      reaction = () -> {};
      if (requested) {
        // It was meant for the waiting of the command alone.
        Thread.interrupted();
      }
    }
    cleared.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
      return;
    }
  }
}
