package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.changes.ChangeSource;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Scheduler;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;
import org.ocmcore.cache.domain.tracking.ServerTracking.Walk;

/**
 * Keeps the index in step with one server: walks it, follows its feed, and checks its health. Safe
 * for use by any number of threads.
 */
final class TrackedServer {
  private final String name;
  private final KeyspacePort keyspace;
  private final LiveIndex live;
  private final Executor executor;
  private final Clock clock;
  private final TrackingEvents events;
  private final OwnWork work = new OwnWork();
  private final PostponedWalk postponed;
  private final FeedIntake intake;
  private final FeedLoop feed;
  private final WalkGate gate;
  private final WalkQueue walks;
  private final BackgroundTask checks;
  private final HealthCheck health;
  private final WalkHistory history;

  /** The feed's gaps when it was last found dead. Keys may be missing until a later walk. */
  private int gapsDoubted = -1;

  /** Why the server does not answer; empty if it does. */
  private Optional<StoreUnavailable> lost = Optional.empty();

  private Mode mode = Mode.UNKNOWN;
  private volatile boolean hasLeft;

  TrackedServer(
      ChangeSource published,
      KeyspacePort keyspace,
      LiveIndex live,
      Executor executor,
      Scheduler scheduler,
      Clock clock,
      TrackingPolicy policy,
      TrackingEvents events) {
    this.name = published.server();
    this.keyspace = keyspace;
    this.live = live;
    this.executor = executor;
    this.clock = clock;
    this.events = events;
    this.postponed = new PostponedWalk(work, clock);
    this.checks = new BackgroundTask(executor);
    this.health = new HealthCheck(clock);
    this.history = new WalkHistory(policy, clock);
    this.gate = new WalkGate(scheduler);
    this.walks = new WalkQueue(this::walkOnce, gate, executor, scheduler, clock);
    this.intake = new FeedIntake(
        name,
        live,
        published,
        clock,
        work,
        postponed,
        this::walkAtOnce,
        reason -> events.feedWithheld(name, reason),
        this::feedBegan);
    this.feed =
        new FeedLoop(name, keyspace, intake, executor, clock, policy, gate, this::feedEnded);
  }

  String name() {
    return name;
  }

  /** Notes that it has just joined servers whose keys are known. */
  synchronized void join() {
    history.join();
  }

  /** Whether it has joined and not been walked yet. */
  synchronized boolean isJoining() {
    return history.isJoining();
  }

  /** Ends everything: it is no longer a server of this cache. */
  void leave() {
    hasLeft = true;
    close();
    intake.leave();
  }

  /**
   * Completes when the index holds the server's keys; at once if it does. Fails as the running walk
   * does, or as the last one did.
   */
  CompletableFuture<Void> whenKnown() {
    return walks.requestUnless(this::known);
  }

  private synchronized Optional<CompletableFuture<Void>> known() {
    boolean isKnown = history.refusal().isPresent() || history.isCurrent();
    Optional<StoreUnavailable> failure = isKnown ? lost : lost.or(history::standingFailure);
    return failure.map(CompletableFuture::<Void>failedFuture).or(() -> WalkQueue.doneIf(isKnown));
  }

  /** Completes when {@link #isFollowed}, or when a walk has ended that began after this call. */
  CompletableFuture<Void> whenFollowed() {
    return walks.requestUnless(() -> WalkQueue.doneIf(isFollowed()));
  }

  /** Whether the index learns of stores by other clients within a moment. */
  synchronized boolean isFollowed() {
    return history.isCurrent()
        && lost.isEmpty()
        && intake.reportsStores()
        && history.gapsWalked() == intake.gaps()
        && health.isFeedTrusted();
  }

  /** Walks the server; completes when a walk has ended that began after this call. */
  CompletableFuture<Void> walk() {
    return walks.request();
  }

  /** Starts a walk that nobody waits for. */
  void walkAtOnce(String reason) {
    events.walkingAtOnce(name, reason);
    walk();
  }

  /** Our own work on many keys of this server. */
  OwnWork work() {
    return work;
  }

  private boolean walkOnce() {
    if (hasLeft) {
      throw unavailable("it has left the cache");
    }
    WalkHistory.Begin begin = begin();
    try {
      OptionalLong visited = new WalkIntake(live, name, executor, history::empty).walk(keyspace);
      if (visited.isPresent()) {
        walked(begin, visited.getAsLong());
      }
      return visited.isPresent();
    } catch (StoreUnavailable e) {
      notWalked(begin, e);
      throw e;
    } catch (RuntimeException | Error e) {
      // A bug, or memory that ran out. Nobody may be waiting, so it belongs into the log, too.
      events.broken(name, e);
      throw e;
    }
  }

  private synchronized WalkHistory.Begin begin() {
    return history.begin(intake.gaps());
  }

  private void walked(WalkHistory.Begin begin, long keys) {
    Walk walk;
    synchronized (this) {
      walk = history.complete(begin, keys);
      lost = Optional.empty();
    }
    events.walked(name, walk);
    updateMode();
  }

  private void notWalked(WalkHistory.Begin begin, StoreUnavailable reason) {
    synchronized (this) {
      history.fail(begin, reason);
    }
    if (!hasLeft) {
      events.notWalked(name, reason);
    }
    updateMode();
  }

  private void walkIfDue() {
    if (isWalkDue()) {
      walk();
    }
  }

  private synchronized boolean isWalkDue() {
    return history.isDue() && !walks.isBusy();
  }

  /** Checks whether the server answers, has lost its keys, or is due to be walked. */
  void checkHealth() {
    checkHealth(true);
  }

  private void checkHealth(boolean mayFollow) {
    checks.start(() -> check(mayFollow));
  }

  private void check(boolean mayFollow) {
    FeedWatchdog.Reports reports = intake.reports();
    int flushesCounted = flushesEnded();
    ServerStats stats;
    try {
      stats = keyspace.stats(name);
    } catch (StoreUnavailable e) {
      synchronized (this) {
        lost = Optional.of(e);
      }
      feed.stop();
      return;
    }
    HealthCheck.Findings findings;
    Optional<String> invalidation;
    synchronized (this) {
      findings = health.check(stats, flushesCounted, reports);
      invalidation = findings.invalidation(lost.map(reason -> "it is back"));
      invalidation.ifPresent(reason -> history.invalidate());
      lost = Optional.empty();
      if (findings.feedDoubt().isPresent()) {
        intake.addGap();
        gapsDoubted = intake.gaps();
      }
    }
    // At once: a server may not allow walks, which would remove the keys later.
    findings.loss().ifPresent(loss -> {
      live.flush(name, loss.moment());
      feed.resetPause();
    });
    if (findings.isFeedDead()) {
      feed.stop();
    }
    if (mayFollow) {
      feed.ensureRunning();
    }
    invalidation
        .or(findings::feedDoubt)
        .or(postponed::due)
        .ifPresentOrElse(this::walkAtOnce, this::walkIfDue);
  }

  private synchronized int flushesEnded() {
    return health.flushesEnded();
  }

  /** We are about to flush the server. */
  synchronized void flushing() {
    health.flushing();
  }

  /**
   * Our flush has ended.
   *
   * @param isDone false if the server may be flushed or not; a health check finds out
   */
  void flushed(boolean isDone) {
    synchronized (this) {
      health.flushed(isDone);
      history.invalidate();
    }
    if (isDone) {
      live.flush(name);
      walkAtOnce("it was flushed from here");
    } else {
      walkAtOnce("it was to be flushed from here, and that failed");
      checkHealth(false);
    }
  }

  private void feedBegan() {
    gate.open();
    // What the feed owes counts from the first check on.
    checkHealth(false);
  }

  private void feedEnded(boolean wasOffered) {
    updateMode();
    if (wasOffered) {
      checkHealth(false);
    }
  }

  private void updateMode() {
    Mode now;
    synchronized (this) {
      now = Mode.of(history, intake.reportsStores());
      if (now == mode || hasLeft) {
        return;
      }
      mode = now;
    }
    events.changed(name, now);
  }

  /** See {@link WalkHistory#patience}. */
  synchronized Duration patience() {
    return history.patience();
  }

  StoreUnavailable unavailable(String reason) {
    return new StoreUnavailable(name, "walk", reason);
  }

  /** When the last complete walk began; empty if there was none. */
  synchronized Optional<Instant> asOf() {
    return history.last().map(Walk::begin);
  }

  /** Why some of its keys may be missing though it answers; empty if none are. */
  synchronized Optional<String> gap() {
    return MissingKeys.reason(
            history,
            intake.reportsStores(),
            gapsDoubted > history.gapsWalked() || health.isFeedOverdue())
        .map(reason -> name + ": " + reason);
  }

  /** @param keys the number of its live keys */
  synchronized ServerTracking tracking(long keys) {
    return new ServerTracking(
        name,
        mode,
        keys,
        history.last(),
        intake.feed(),
        intake.withheld(),
        intake.skipped(),
        lost.or(history::problem).map(StoreUnavailable::reason));
  }

  /** Ends the feed and the health checks. */
  void close() {
    checks.close();
    feed.close();
  }
}
