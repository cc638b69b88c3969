package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Compares the statistics of one server from check to check. Finds out whether the server has lost
 * its keys and whether its feed is alive. Guarded by its owner.
 */
final class HealthCheck {
  /** A server's uptime may be too long by this: see {@link ServerStats}. */
  private static final Duration UPTIME_ERROR = Duration.ofSeconds(2);

  private final Clock clock;
  private final FeedWatchdog watchdog = new FeedWatchdog();
  private ServerStats last;
  private Instant checkedAt = Instant.MIN;

  /** The server's counter of flushes without those of ours that may still fail. */
  private long flushesBefore;

  /** Our own flushes that are running. */
  private int flushesRunning;

  /** Our own flushes that the next check may find counted: running now or since the last check. */
  private int flushes;

  HealthCheck(Clock clock) {
    this.clock = clock;
  }

  /**
   * All keys of the server are gone.
   *
   * @param reason in words
   * @param moment keys that were stored later exist
   */
  record Loss(String reason, Instant moment) {}

  /**
   * What a check found.
   *
   * @param loss empty if the server keeps its keys
   * @param doubt why keys may have gone unnoticed; empty if none have
   * @param isFeedDead whether the feed must be started again
   * @param hasFeedGap whether the feed may have missed changes, although it is alive
   */
  record Findings(
      Optional<Loss> loss, Optional<String> doubt, boolean isFeedDead, boolean hasFeedGap) {
    /**
     * Why what is known of the server is worthless; empty if it is not.
     *
     * @param other a reason that counts for more than a doubt
     */
    Optional<String> invalidation(Optional<String> other) {
      return loss.map(Loss::reason).or(() -> other).or(() -> doubt);
    }

    /** Why the feed may have missed changes; empty if it has not. */
    Optional<String> feedDoubt() {
      if (isFeedDead) {
        return Optional.of(
            "its feed is silent, and the server counts changes that it should report");
      }
      return hasFeedGap
          ? Optional.of("its feed reported late, and may have missed changes")
          : Optional.empty();
    }
  }

  /**
   * The number of our own flushes that have ended. To be taken before the statistics are fetched,
   * which then count these flushes.
   */
  int flushesEnded() {
    return flushes - flushesRunning;
  }

  /**
   * Compares.
   *
   * @param flushesCounted {@link #flushesEnded} before the statistics were fetched
   * @param reports of the feed before the statistics were fetched
   */
  Findings check(ServerStats stats, int flushesCounted, FeedWatchdog.Reports reports) {
    Instant now = clock.instant();
    if (last == null) {
      flushesBefore = stats.flushes();
    }
    boolean isFlushed = stats.flushes() > flushesBefore + flushes;
    Optional<Loss> loss = last == null ? Optional.empty() : loss(stats, isFlushed, now);
    Optional<String> doubt = last == null ? Optional.empty() : doubt(stats, isFlushed);
    watchdog.check(reports, stats, now);
    last = stats;
    flushesBefore = loss.isPresent() || isFlushed
        ? stats.flushes()
        : Math.min(stats.flushes(), flushesBefore + flushesCounted);
    flushes -= flushesCounted;
    checkedAt = now;
    return new Findings(loss, doubt, watchdog.isDead(), watchdog.hasGap());
  }

  private Optional<Loss> loss(ServerStats stats, boolean isFlushed, Instant now) {
    if (!stats.process().equals(last.process())) {
      Instant start = now.minus(stats.uptime()).plus(UPTIME_ERROR);
      return Optional.of(new Loss("it was restarted", start.isAfter(now) ? now : start));
    }
    if (stats.isFlushPending()) {
      return Optional.empty();
    }
    if (last.isFlushPending()) {
      return Optional.of(new Loss("its delayed flush has taken effect", now));
    }
    return isFlushed ? Optional.of(new Loss("it was flushed", now)) : Optional.empty();
  }

  private Optional<String> doubt(ServerStats stats, boolean isFlushed) {
    if (isFlushed) {
      // An immediate flush may have come before the delayed one.
      return Optional.of("it was sent a flush that takes effect later");
    }
    boolean countsAnew = stats.changes() < last.changes() || stats.flushes() < last.flushes();
    return countsAnew ? Optional.of("its statistics were reset") : Optional.empty();
  }

  /** We are about to flush the server. */
  void flushing() {
    flushesRunning++;
    flushes++;
  }

  /**
   * Our flush has ended.
   *
   * @param isDone false if the server may be flushed or not; the next check finds out
   */
  void flushed(boolean isDone) {
    flushesRunning--;
    flushes -= isDone ? 0 : 1;
  }

  /** Whether the feed reports everything that the server counts, as of a recent check. */
  boolean isFeedTrusted() {
    return watchdog.isTrusted()
        && clock.instant().isBefore(checkedAt.plus(KeyTracker.LONGEST_PAUSE));
  }

  /** Whether reports are missing for longer than usual. */
  boolean isFeedOverdue() {
    return watchdog.isOverdue();
  }
}
