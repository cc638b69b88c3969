package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.measure.Probe;

/** Something that is done again and again beside what is measured. */
final class Restless implements AutoCloseable {
  private final Thread thread;
  private volatile boolean isEnding;
  private volatile Exception failure;

  Restless(Probe.Work work) {
    thread = new Thread(() -> goOn(work), "restless");
    thread.setDaemon(true);
    thread.start();
  }

  private void goOn(Probe.Work work) {
    try {
      do {
        work.run();
      } while (!isEnding);
    } catch (Exception e) {
      failure = e;
    }
  }

  /** Whether it has failed, and so does no more. */
  boolean isOver() {
    return failure != null;
  }

  /**
   * Ends it when it has done what it does.
   *
   * @throws IOException if it failed
   */
  @Override
  public void close() throws IOException {
    isEnding = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
