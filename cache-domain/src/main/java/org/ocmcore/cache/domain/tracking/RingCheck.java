package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Compares a sample of the keys on several servers with each ring, from time to time. Does nothing
 * before {@link #start}. Safe for use by any number of threads.
 */
public final class RingCheck implements AutoCloseable {
  private static final int SAMPLE = 1_000;

  /** Until there are enough keys and all servers have been walked. */
  private static final Duration FIRST_INTERVAL = Duration.ofSeconds(2);

  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final KeyspacePort keyspace;
  private final KeyTracker tracker;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Consumer<RingFit> listener;
  private final AtomicReference<Optional<RingFit>> latest = new AtomicReference<>(Optional.empty());

  private boolean closed;
  private Scheduler.Scheduled next = () -> {};

  /** @param listener receives the first result, and each later one that names another ring */
  public RingCheck(
      KeyspacePort keyspace,
      KeyTracker tracker,
      Scheduler scheduler,
      Clock clock,
      Consumer<RingFit> listener) {
    this.keyspace = keyspace;
    this.tracker = tracker;
    this.scheduler = scheduler;
    this.clock = clock;
    this.listener = listener;
  }

  /** Compares soon, and again until this is closed. */
  public void start() {
    schedule();
  }

  private synchronized void schedule() {
    if (!closed) {
      next = scheduler.after(latest().isPresent() ? INTERVAL : FIRST_INTERVAL, this::check);
    }
  }

  private void check() {
    try {
      compare();
    } catch (StoreUnavailable notYet) {
      // The tracking reports servers that are out of reach. The next check may find them all.
    } finally {
      schedule();
    }
  }

  private void compare() {
    if (tracker.servers().size() == 1) {
      // Others may join.
      return;
    }
    KeyIndex index = tracker.index();
    if (!index.isComplete()) {
      // Most of the known keys may be our own, which the current ring has placed.
      return;
    }
    List<PlacedKey> sample = index.sample(SAMPLE, clock.instant());
    if (sample.size() < RingFit.MIN_SAMPLE) {
      return;
    }
    Map<String, Integer> matches = keyspace.ringMatches(sample);
    if (!matches.containsKey(keyspace.ring())) {
      return;
    }
    RingFit fit = new RingFit(keyspace.ring(), sample.size(), matches);
    Optional<RingFit> previous = latest.getAndSet(Optional.of(fit));
    if (!previous.map(RingFit::fitting).equals(Optional.of(fit.fitting()))) {
      listener.accept(fit);
    }
  }

  /** Returns the latest result; empty before there is one. */
  public Optional<RingFit> latest() {
    return latest.get();
  }

  /** Ends the checks. */
  @Override
  public synchronized void close() {
    closed = true;
    next.cancel();
  }
}
