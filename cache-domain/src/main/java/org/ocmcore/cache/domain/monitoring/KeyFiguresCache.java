package org.ocmcore.cache.domain.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.error.TooManyApps;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Computes the figures of the known keys at most every 15 seconds, however often they are asked
 * for. Asks no server. Safe for use by any number of threads: while one computes, others wait.
 */
public final class KeyFiguresCache {
  /** How long figures stay as they are. */
  static final Duration LIFETIME = Duration.ofSeconds(15);

  private final KeyTracker tracker;
  private final AppRule apps;
  private final Workers workers;
  private final Clock clock;
  private Optional<KeyFigures> figures = Optional.empty();
  private Instant staleAt = Instant.MIN;

  public KeyFiguresCache(KeyTracker tracker, AppRule apps, Workers workers, Clock clock) {
    this.tracker = tracker;
    this.apps = apps;
    this.workers = workers;
    this.clock = clock;
  }

  /** The figures, at most 15 seconds old; empty if there are too many apps to count. */
  public synchronized Optional<KeyFigures> figures() {
    Instant now = clock.instant();
    if (!now.isBefore(staleAt)) {
      figures = compute(now);
      staleAt = now.plus(LIFETIME);
    }
    return figures;
  }

  private Optional<KeyFigures> compute(Instant now) {
    try {
      return Optional.of(
          KeyFigures.of(new KeyFinder(tracker.known().index(), apps, now, workers).apps()));
    } catch (TooManyApps e) {
      return Optional.empty();
    }
  }
}
