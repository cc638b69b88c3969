package org.ocmcore.cache.app;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Closes the service when the process is to end, and lets the process end in time even if the
 * service does not.
 */
final class Shutdown {
  /** Supervisors kill a process after ten seconds. */
  private static final Duration LIMIT = Duration.ofMillis(9_500);

  private final AutoCloseable service;
  private final PrintStream err;
  private final Duration limit;
  private final Thread hook = new Thread(this::run, "shutdown");
  private volatile boolean begun;

  Shutdown(AutoCloseable service, PrintStream err, Duration limit) {
    this.service = service;
    this.err = err;
    this.limit = limit;
  }

  /** Installs it before the service starts, since a start can take long. */
  static Shutdown install(AutoCloseable service, PrintStream err) {
    Shutdown shutdown = new Shutdown(service, err, LIMIT);
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** Removes it, since the service did not start. */
  void remove() {
    if (!begun) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  /** Returns whether the process is about to end. */
  boolean hasBegun() {
    return begun;
  }

  /** Closes the service; returns when that is done, or when the limit has passed. */
  void run() {
    begun = true;
    Thread closing = new Thread(this::close, "closing");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closing.isAlive()) {
      err.printf(
          "cache: stopping took over %d ms, so the rest is cut off; complete dumps are safe%n",
          limit.toMillis());
    }
  }

  private void close() {
    try {
      service.close();
    } catch (Exception e) {
      err.println("cache: stopping failed: " + e);
    }
  }
}
