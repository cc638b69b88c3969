package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.KeyspacePort;

/**
 * Runs the feed of one server on a thread of its own, one feed after the other. A feed that ends is
 * started again after a pause. Safe for use by any number of threads.
 */
final class FeedLoop {
  private static final String NONE = "it offers no feed of its changes, or feeds are switched off";

  private final String server;
  private final KeyspacePort keyspace;
  private final FeedIntake intake;
  private final Executor executor;
  private final Clock clock;
  private final TrackingPolicy policy;
  private final WalkGate gate;
  private final Listener listener;

  private boolean isRunning;
  private boolean isClosed;
  private int failures;
  private Instant due = Instant.MIN;

  /** The thread that reads the feed, or null. */
  private Thread reader;

  /** Is called when a feed ends. */
  @FunctionalInterface
  interface Listener {
    /** @param wasOffered false if the server offers no feed */
    void ended(boolean wasOffered);
  }

  /** @param gate is closed from the start of a feed until it has begun or ended */
  FeedLoop(
      String server,
      KeyspacePort keyspace,
      FeedIntake intake,
      Executor executor,
      Clock clock,
      TrackingPolicy policy,
      WalkGate gate,
      Listener listener) {
    this.server = server;
    this.keyspace = keyspace;
    this.intake = intake;
    this.executor = executor;
    this.clock = clock;
    this.policy = policy;
    this.gate = gate;
    this.listener = listener;
  }

  /** Starts the feed unless it is running or its pause is not over. */
  void ensureRunning() {
    synchronized (this) {
      if (isRunning || clock.instant().isBefore(due) || isClosed) {
        return;
      }
      isRunning = true;
    }
    gate.close();
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      notStarted();
    } catch (Error e) {
      notStarted();
      throw e;
    }
  }

  private void notStarted() {
    synchronized (this) {
      isRunning = false;
    }
    gate.open();
  }

  /** Ends the pause: the server may offer a feed now. */
  synchronized void resetPause() {
    due = Instant.MIN;
  }

  /** Ends the feed that is running, if any. */
  synchronized void stop() {
    if (reader != null) {
      reader.interrupt();
    }
  }

  /** Ends the feed for ever. */
  synchronized void close() {
    isClosed = true;
    stop();
  }

  private void run() {
    Instant begin = clock.instant();
    boolean isOffered = true;
    String end = "its feed broke off";
    if (!begin()) {
      notStarted();
      return;
    }
    try {
      isOffered = keyspace.follow(server, intake);
      end = NONE;
    } catch (StoreUnavailable e) {
      end = e.reason();
      isOffered = !e.isRefusal();
    } finally {
      intake.end(end);
      ended(isOffered, Duration.between(begin, clock.instant()));
      // The interrupt that ended the feed must not reach the thread's next task.
      Thread.interrupted();
      gate.open();
    }
    listener.ended(isOffered);
  }

  /** Returns false if this is closed. */
  private synchronized boolean begin() {
    reader = isClosed ? null : Thread.currentThread();
    return !isClosed;
  }

  private synchronized void ended(boolean wasOffered, Duration life) {
    reader = null;
    isRunning = false;
    failures = life.compareTo(policy.interval()) < 0 ? failures + 1 : 0;
    // A server that has no room for a watcher now may have one later.
    due =
        clock.instant().plus(wasOffered ? policy.pauseAfterFailures(failures) : policy.interval());
  }
}
