package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A walk for changes that a feed has left out while we changed many keys ourselves. Our work makes
 * so many changes that a feed cannot keep up, and more will be left out until it ends; so the walk
 * comes after it. Safe for use by any number of threads.
 */
final class PostponedWalk {
  /** How long it is postponed at most. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** After this time without changes that were left out, no more are expected. */
  private static final Duration QUIET = Duration.ofMillis(900);

  private final OwnWork work;
  private final Clock clock;

  /** Empty if no walk is postponed. */
  private Optional<String> reason = Optional.empty();

  private Instant first = Instant.MIN;
  private Instant latest = Instant.MIN;

  PostponedWalk(OwnWork work, Clock clock) {
    this.work = work;
    this.clock = clock;
  }

  /** Postpones a walk; returns false if there is no need to. */
  synchronized boolean postpone(String why) {
    if (!work.isRunning()) {
      return false;
    }
    latest = clock.instant();
    first = reason.isPresent() ? first : latest;
    reason = Optional.of(why);
    return true;
  }

  /** The reason of the walk if its time has come, which is then forgotten. */
  synchronized Optional<String> due() {
    Instant now = clock.instant();
    boolean isOver = !work.isRunning() && !now.isBefore(latest.plus(QUIET));
    if (reason.isEmpty() || !isOver && now.isBefore(first.plus(LONGEST))) {
      return Optional.empty();
    }
    Optional<String> due = reason;
    reason = Optional.empty();
    return due;
  }
}
