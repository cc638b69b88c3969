package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The threads in which Java's HTTP clients wait for the network. At its exit Java waits 0.3 seconds
 * for a thread that sleeps in the kernel, and before version 21 a client cannot be closed. An
 * interrupt ends its thread.
 */
final class HttpThreads {
  private static final Pattern NAME = Pattern.compile("HttpClient-\\d+-SelectorManager");
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** For threads that begin meanwhile. */
  private static final int SPARE = 16;

  private HttpThreads() {}

  /** Ends them, but for these. Their clients cannot be used any more. */
  static void endAllBut(Set<Thread> spared) {
    Thread[] threads = new Thread[Thread.activeCount() + SPARE];
    int count = Thread.enumerate(threads);
    Arrays.stream(threads, 0, count)
        .filter(thread -> NAME.matcher(thread.getName()).matches())
        .filter(thread -> !spared.contains(thread))
        .forEach(HttpThreads::end);
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
