package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a command when the process is told to end (SIGINT, SIGTERM), and keeps the process until
 * the command has cleared up, for ten seconds at most. The process then ends as the signal has it:
 * with 130 or 143. For any number of threads.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final CountDownLatch cleared = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "interruption");
  private Runnable reaction = () -> {};
  private boolean requested;

  private Interruption() {}

  /** Listens from now on until it is closed. */
  static Interruption listen() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void end() {
    request();
    try {
      cleared.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process is to end. */
  synchronized void request() {
    requested = true;
    reaction.run();
  }

  /** What is to be done when the process is told to end: now, if it has been. Replaces the last. */
  synchronized void react(Runnable how) {
    reaction = how;
    if (requested) {
      how.run();
    }
  }

  /** Whether the process is to end. */
  synchronized boolean isRequested() {
    return requested;
  }

  /** The command has cleared up. */
  @Override
  public void close() {
    react(() -> {});
    cleared.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
      return;
    }
  }
}
