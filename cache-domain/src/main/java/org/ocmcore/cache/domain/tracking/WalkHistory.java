package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.tracking.ServerTracking.Walk;

/** What the walks of one server have shown, and when the next one is due. Guarded by its owner. */
final class WalkHistory {
  private final TrackingPolicy policy;
  private final Clock clock;

  /** Rises with every event that makes what the index knows of the server worthless. */
  private int invalidations;

  /** {@link #invalidations} when the last complete walk began; -1 before that. */
  private int invalidationsWalked = -1;

  /** The feed's gaps when the last complete walk began; -1 before that. */
  private int gapsWalked = -1;

  /** Whether the keys of the last complete walk had to go. */
  private volatile boolean isEmptied;

  /** When the server joined others; empty if it was there from the start. */
  private Optional<Instant> joined = Optional.empty();

  private Outcome lastOutcome = new Complete();
  private Optional<Walk> lastWalk = Optional.empty();
  private Instant due = Instant.MIN;
  private int failures;

  /** How a walk ended. */
  private sealed interface Outcome {}

  /** It visited all keys, or there was no walk yet. */
  private record Complete() implements Outcome {}

  /** The server answers but does not allow walks. */
  private record Refused(StoreUnavailable reason) implements Outcome {}

  /** It failed. */
  private record Failed(StoreUnavailable reason, Begin begin) implements Outcome {}

  /**
   * The state of affairs when a walk begins.
   *
   * @param invalidations so far
   * @param gaps of the feed so far
   */
  record Begin(Instant at, int invalidations, int gaps) {}

  WalkHistory(TrackingPolicy policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
  }

  /** Notes that the server has just joined others. */
  void join() {
    joined = Optional.of(clock.instant());
  }

  /** Whether the server has joined others and not been walked yet, which it allows. */
  boolean isJoining() {
    return joined.isPresent() && lastWalk.isEmpty() && refusal().isEmpty();
  }

  /**
   * How long callers wait for a walk: two rests, two walks, and some more. If the server has
   * joined, less and less until its first walk has ended.
   */
  Duration patience() {
    if (isJoining()) {
      Duration left = Duration.between(clock.instant(), joined.get().plus(policy.patience()));
      return left.isNegative() ? Duration.ZERO : left;
    }
    return lastWalk.map(Walk::duration).map(policy::patienceAfter).orElse(policy.patience());
  }

  /** What the index knows of the server is worthless until the next complete walk. */
  void invalidate() {
    invalidations++;
  }

  /**
   * Notes that the index must drop what it knows of the server, for want of room. On any thread.
   */
  void empty() {
    isEmptied = true;
  }

  /** Whether the index has dropped what it knew of the server since the last complete walk. */
  boolean isEmptied() {
    return isEmptied;
  }

  /** Notes that a walk begins. */
  Begin begin(int gaps) {
    return new Begin(clock.instant(), invalidations, gaps);
  }

  /** Notes that a walk visited all keys; returns it. */
  Walk complete(Begin begin, long keys) {
    Instant now = clock.instant();
    Walk walk = new Walk(begin.at, Duration.between(begin.at, now), keys);
    lastWalk = Optional.of(walk);
    lastOutcome = new Complete();
    isEmptied = false;
    invalidationsWalked = begin.invalidations;
    gapsWalked = begin.gaps;
    failures = 0;
    due = now.plus(policy.pauseAfter(walk.duration()));
    return walk;
  }

  /** Notes that a walk failed. */
  void fail(Begin begin, StoreUnavailable reason) {
    lastOutcome = reason.isRefusal() ? new Refused(reason) : new Failed(reason, begin);
    Duration pause = reason.isRefusal() ? policy.interval() : policy.pauseAfterFailures(failures++);
    due = clock.instant().plus(pause);
  }

  /** Whether nothing was invalidated or dropped since the last complete walk began. */
  boolean isCurrent() {
    return invalidationsWalked == invalidations && !isEmptied;
  }

  /** Whether the next walk is due. */
  boolean isDue() {
    return !clock.instant().isBefore(due);
  }

  /** The feed's gaps when the last complete walk began; -1 before that. */
  int gapsWalked() {
    return gapsWalked;
  }

  /** The last complete walk; empty before that. */
  Optional<Walk> last() {
    return lastWalk;
  }

  /** Why the server does not allow walks; empty if it does. */
  Optional<StoreUnavailable> refusal() {
    return lastOutcome instanceof Refused refused ? Optional.of(refused.reason) : Optional.empty();
  }

  /** Why the last walk failed or was refused; empty if it did not. */
  Optional<StoreUnavailable> problem() {
    return lastOutcome instanceof Failed failed ? Optional.of(failed.reason) : refusal();
  }

  /**
   * Why the last walk failed, if nothing has changed since that lets hope for more from the next
   * one; empty otherwise.
   */
  Optional<StoreUnavailable> standingFailure() {
    return lastOutcome instanceof Failed failed && failed.begin.invalidations == invalidations
        ? Optional.of(failed.reason)
        : Optional.empty();
  }
}
