package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the servers behind configured servers: at once, at intervals, and soon after one of them
 * is lost. Lookups run in the background, because a DNS lookup has no timeout. For any number of
 * threads.
 */
final class FleetWatch implements AutoCloseable {
  /** From the loss of a server to the lookup; all that are lost meanwhile share it. */
  private static final Duration PAUSE_AFTER_LOSS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);

  private final List<ConfiguredServer> watched;
  private final Executor background;
  private final CountDownLatch unknown;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<ConfiguredServer> running = ConcurrentHashMap.newKeySet();
  private final Set<ConfiguredServer> lost = ConcurrentHashMap.newKeySet();

  /** Starts nothing yet. Has no thread if there is nothing to watch. */
  FleetWatch(List<ConfiguredServer> watched, Executor background) {
    this.watched = List.copyOf(watched);
    this.background = background;
    this.unknown = new CountDownLatch(watched.size());
    this.timer = new ScheduledThreadPoolExecutor(0, runnable -> {
      Thread thread = new Thread(runnable, "memcached-names");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** Starts the first lookups and all later ones. */
  void start(Duration interval) {
    if (watched.isEmpty()) {
      return;
    }
    timer.setCorePoolSize(1);
    watched.forEach(server -> lookUp(server, unknown::countDown));
    timer.scheduleWithFixedDelay(
        () -> watched.forEach(this::tryLookUp),
        interval.toMillis(),
        interval.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Waits until all first lookups have ended, well or badly; only the first callers wait. */
  void awaitFirst(Duration timeout) {
    if (unknown.getCount() == 0) {
      return;
    }
    try {
      if (!unknown.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        for (long left = unknown.getCount(); left > 0; left--) {
          unknown.countDown();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One of its servers does not answer: perhaps it has left. */
  void lost(ConfiguredServer server) {
    if (lost.add(server)) {
      try {
        timer.schedule(
            () -> {
              lost.remove(server);
              lookUp(server, () -> {});
            },
            PAUSE_AFTER_LOSS.toMillis(),
            TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closing) {
        lost.remove(server);
      }
    }
  }

  /** An error would end all later lookups. */
  private void tryLookUp(ConfiguredServer server) {
    try {
      lookUp(server, () -> {});
    } catch (OutOfMemoryError e) {
      LOG.error(
          "memcached {}: no thread to look up its servers", server.address().text(), e);
    }
  }

  private void lookUp(ConfiguredServer server, Runnable onEnd) {
    if (!running.add(server)) {
      return;
    }
    boolean isStarted = false;
    try {
      background.execute(() -> {
        try {
          server.lookUp();
        } finally {
          running.remove(server);
          onEnd.run();
        }
      });
      isStarted = true;
    } catch (RejectedExecutionException closing) {
      // Nobody needs the servers any more.
    } finally {
      if (!isStarted) {
        running.remove(server);
        onEnd.run();
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    watched.forEach(ConfiguredServer::close);
  }
}
