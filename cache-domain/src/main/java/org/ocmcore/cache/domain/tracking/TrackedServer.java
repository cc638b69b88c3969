package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Scheduler;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.ServerTracking.Mode;
import org.ocmcore.cache.domain.tracking.ServerTracking.Walk;

/**
 * Keeps the keys of one server right in the index: walks it, follows its changes, and looks after
 * it every second. For any number of threads.
 *
 * <p>A server can be walked by one at a time. So whoever asks for a walk while one is under way
 * shares the next, with everybody else who came meanwhile: what is found is never older than the
 * question, and any number of askers cause at most two walks. Between walks the server has as long
 * a rest as the last one took.
 */
final class TrackedServer {
  private static final Duration MAX_REST = Duration.ofSeconds(30);

  /** What a server says too much of the time for which it is up: see {@link ServerStats}. */
  private static final Duration UPTIME_ERROR = Duration.ofSeconds(2);

  private final String name;
  private final KeyspacePort keyspace;
  private final LiveIndex live;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Clock clock;
  private final TrackingPolicy policy;
  private final TrackingEvents events;
  private final FeedIntake intake;

  private WalkResult underWay;
  private WalkResult next;
  private Instant restUntil = Instant.MIN;
  private Instant walkDue = Instant.MIN;
  private int walkFailures;
  private Optional<Walk> lastWalk = Optional.empty();

  /** Rises with all that makes what is known of the server's keys worthless. */
  private int upheavals;

  /** As many as there were when the last walk began that met all; -1 if there was none. */
  private int upheavalsWalked = -1;

  /** Why the server does not answer, or null. */
  private StoreUnavailable lost;

  /** Why the server cannot be walked, though it answers, or null. */
  private StoreUnavailable refusal;

  /** Why the last walk failed, though the server answers, or null; until the next one is due. */
  private StoreUnavailable failure;

  private int upheavalsFailed;
  /** Of the feed when the last walk began that met all keys. */
  private int gapsWalked = -1;

  /** Of the feed when it was last found dead: until a later walk keys may be missing. */
  private int gapsDoubted = -1;

  private final FeedWatchdog watchdog = new FeedWatchdog();

  /** Our removals of all keys that are under way. */
  private int clearsUnderWay;

  /** Those that the next look may find counted: under way then or since the last. */
  private int clears;

  private ServerStats lastStats;
  private Instant lookedAt = Instant.MIN;
  private boolean isBeating;
  private int feedFailures;
  private Instant feedDue = Instant.MIN;
  private boolean follows;

  /** The one that reads the feed, or null. */
  private Thread follower;

  private Mode mode = Mode.UNKNOWN;
  private boolean closed;

  TrackedServer(
      String name,
      KeyspacePort keyspace,
      LiveIndex live,
      Executor executor,
      Scheduler scheduler,
      Clock clock,
      TrackingPolicy policy,
      TrackingEvents events) {
    this.name = name;
    this.keyspace = keyspace;
    this.live = live;
    this.executor = executor;
    this.scheduler = scheduler;
    this.clock = clock;
    this.policy = policy;
    this.events = events;
    this.intake = new FeedIntake(
        name,
        live,
        clock,
        this::walkAtOnce,
        reason -> events.feedWithheld(name, reason),
        // What it owes counts from here.
        () -> beat(false));
  }

  /** A walk that is asked for; its future completes when the walk has ended. */
  private static final class WalkResult extends CompletableFuture<Void> {
    private boolean begun;
  }

  /** Completes when the index holds the server's keys, at once if it does. */
  CompletableFuture<Void> known() {
    synchronized (this) {
      if (lost != null) {
        return CompletableFuture.failedFuture(lost);
      }
      if (refusal != null || isKnown()) {
        return CompletableFuture.completedFuture(null);
      }
      if (failure != null && upheavalsFailed == upheavals && !isDue()) {
        return CompletableFuture.failedFuture(failure);
      }
    }
    return walk();
  }

  private boolean isKnown() {
    return upheavalsWalked == upheavals;
  }

  /**
   * Whether what others write is in the index a moment later. Where nobody has looked after the
   * server for a while, gaps of its feed would not have been noticed.
   */
  synchronized boolean isFollowed() {
    return isKnown()
        && lost == null
        && intake.tellsStores()
        && watchdog.isTrusted()
        && gapsWalked == intake.gaps()
        && clock.instant().isBefore(lookedAt.plus(KeyTracker.LONGEST_PAUSE));
  }

  /** Walks the server; completes when a walk that began after this call has ended. */
  CompletableFuture<Void> walk() {
    WalkResult result;
    synchronized (this) {
      if (underWay != null && !underWay.begun) {
        return underWay;
      }
      if (underWay != null) {
        next = next == null ? new WalkResult() : next;
        return next;
      }
      result = new WalkResult();
      underWay = result;
    }
    startAfterRest(result);
    return result;
  }

  private void startAfterRest(WalkResult result) {
    Duration rest = rest();
    if (rest.isZero()) {
      start(result);
    } else {
      scheduler.after(rest, () -> start(result));
    }
  }

  private synchronized Duration rest() {
    Instant now = clock.instant();
    if (!now.isBefore(restUntil)) {
      return Duration.ZERO;
    }
    Duration rest = Duration.between(now, restUntil);
    return rest.compareTo(MAX_REST) > 0 ? MAX_REST : rest;
  }

  private void start(WalkResult result) {
    try {
      executor.execute(() -> walk(result));
    } catch (RejectedExecutionException | Error e) {
      proceed();
      complete(result, e);
    }
  }

  private void walk(WalkResult result) {
    int upheavalsBefore;
    int gapsBefore;
    synchronized (this) {
      result.begun = true;
      upheavalsBefore = upheavals;
      gapsBefore = intake.gaps();
    }
    Instant begin = clock.instant();
    Throwable thrown = null;
    boolean again = false;
    try {
      OptionalLong met = new WalkIntake(live, name, executor).walk(keyspace);
      again = met.isEmpty();
      if (met.isPresent()) {
        Duration duration = Duration.between(begin, clock.instant());
        walked(new Walk(begin, duration, met.getAsLong()), upheavalsBefore, gapsBefore);
      }
    } catch (StoreUnavailable e) {
      thrown = e;
      notWalked(e, upheavalsBefore);
    } catch (RuntimeException | Error e) {
      // Whatever it is, memory that ran out or a bug, belongs to those who asked, and to the log
      // since
      // it may be that nobody asked. Later askers must get a walk of their own.
      thrown = e;
      events.broken(name, e);
    }
    rest(Duration.between(begin, clock.instant()));
    if (again) {
      // Another walk is wanted already, and whoever waits for this one waits for that.
      walk().whenComplete((done, itsFailure) -> complete(result, itsFailure));
      proceed();
    } else {
      proceed();
      complete(result, thrown);
    }
  }

  private void walked(Walk walk, int upheavalsBefore, int gapsBefore) {
    synchronized (this) {
      lastWalk = Optional.of(walk);
      upheavalsWalked = upheavalsBefore;
      gapsWalked = gapsBefore;
      walkFailures = 0;
      refusal = null;
      failure = null;
      lost = null;
      walkDue = clock.instant().plus(policy.pauseAfter(walk.duration()));
    }
    events.walked(name, walk);
    noteMode();
  }

  private void notWalked(StoreUnavailable reason, int upheavalsBefore) {
    synchronized (this) {
      refusal = reason.isRefusal() ? reason : null;
      failure = reason.isRefusal() ? null : reason;
      upheavalsFailed = upheavalsBefore;
      Duration pause =
          reason.isRefusal() ? policy.interval() : policy.pauseAfterFailures(walkFailures++);
      walkDue = clock.instant().plus(pause);
    }
    events.notWalked(name, reason);
    noteMode();
  }

  private synchronized void rest(Duration walk) {
    restUntil = clock.instant().plus(walk);
  }

  private static void complete(WalkResult result, Throwable failure) {
    if (failure == null) {
      result.complete(null);
    } else {
      result.completeExceptionally(failure);
    }
  }

  /** Goes on to the walk that is wanted next, if one is. */
  private void proceed() {
    WalkResult following;
    synchronized (this) {
      following = next;
      underWay = following;
      next = null;
    }
    if (following != null) {
      startAfterRest(following);
    }
  }

  /** Walks without anybody waiting for it. */
  void walkAtOnce(String reason) {
    events.walkingAtOnce(name, reason);
    walk();
  }

  /** Looks after the server: whether it is there, has lost its keys, or is due to be walked. */
  void beat() {
    beat(true);
  }

  private void beat(boolean mayFollow) {
    synchronized (this) {
      if (isBeating || closed) {
        return;
      }
      isBeating = true;
    }
    try {
      executor.execute(() -> {
        try {
          look(mayFollow);
        } finally {
          beaten();
        }
      });
    } catch (RejectedExecutionException e) {
      beaten();
    } catch (Error e) {
      beaten();
      throw e;
    }
  }

  private synchronized void beaten() {
    isBeating = false;
  }

  private void look(boolean mayFollow) {
    FeedWatchdog.Reports reports = intake.reports();
    int clearsCounted = clearsEnded();
    ServerStats stats;
    try {
      stats = keyspace.stats(name);
    } catch (StoreUnavailable e) {
      lose(e);
      return;
    }
    Optional<Loss> loss;
    Optional<String> upheaval;
    boolean isFeedDead;
    synchronized (this) {
      loss = keysLost(stats);
      upheaval = loss.map(Loss::reason).or(() -> doubt(stats));
      isFeedDead = watchFeed(reports, stats);
      upheavals += upheaval.isPresent() ? 1 : 0;
      lastStats = stats;
      clears -= clearsCounted;
      lookedAt = clock.instant();
      lost = null;
    }
    // At once, since a server may not allow itself to be walked.
    loss.ifPresent(keys -> live.flush(name, keys.moment()));
    if (mayFollow) {
      follow();
    }
    if (upheaval.isPresent()) {
      walkAtOnce(upheaval.get());
    } else if (isFeedDead) {
      walkAtOnce("its feed is silent, and the server counts what it should have told");
    } else if (isWalkDue()) {
      walk();
    }
  }

  private synchronized void lose(StoreUnavailable failure) {
    lost = failure;
    endFeed();
  }

  private synchronized int clearsEnded() {
    return clears - clearsUnderWay;
  }

  /**
   * All keys of the server are gone.
   *
   * @param moment what was stored later is there
   */
  private record Loss(String reason, Instant moment) {}

  /** What has removed all keys of the server since the last look, if anything has. */
  private Optional<Loss> keysLost(ServerStats stats) {
    if (lastStats == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (!stats.process().equals(lastStats.process())) {
      feedDue = Instant.MIN;
      Instant start = now.minus(stats.uptime()).plus(UPTIME_ERROR);
      return Optional.of(new Loss("it was restarted", start.isAfter(now) ? now : start));
    }
    return stats.flushes() > lastStats.flushes() + clears
        ? Optional.of(new Loss("it was flushed", now))
        : Optional.empty();
  }

  /** Why keys may have gone since the last look that would not have been noticed. */
  private Optional<String> doubt(ServerStats stats) {
    if (lost != null) {
      return Optional.of("it is back");
    }
    boolean countsAnew = lastStats != null
        && (stats.changes() < lastStats.changes() || stats.flushes() < lastStats.flushes());
    return countsAnew ? Optional.of("its statistics were reset") : Optional.empty();
  }

  /** Ends a feed that is dead; returns whether it was. */
  private boolean watchFeed(FeedWatchdog.Reports reports, ServerStats stats) {
    watchdog.look(reports, stats, clock.instant());
    if (!watchdog.isDead()) {
      return false;
    }
    intake.noteGap();
    gapsDoubted = intake.gaps();
    endFeed();
    return true;
  }

  private void endFeed() {
    if (follower != null) {
      follower.interrupt();
    }
  }

  /** All keys are about to be removed from here. */
  synchronized void clearing() {
    clearsUnderWay++;
    clears++;
  }

  /**
   * That is over.
   *
   * @param isDone otherwise it may be done or not, and the next look finds out
   */
  void cleared(boolean isDone) {
    synchronized (this) {
      clearsUnderWay--;
      clears -= isDone ? 0 : 1;
      upheavals++;
    }
    if (isDone) {
      live.flush(name);
      walkAtOnce("it was flushed from here");
    } else {
      walkAtOnce("it was to be flushed from here, and that failed");
      beat(false);
    }
  }

  private synchronized boolean isWalkDue() {
    return underWay == null && isDue();
  }

  private boolean isDue() {
    return !clock.instant().isBefore(walkDue);
  }

  private void follow() {
    synchronized (this) {
      if (follows || clock.instant().isBefore(feedDue) || closed) {
        return;
      }
      follows = true;
    }
    try {
      executor.execute(this::runFeed);
    } catch (RejectedExecutionException e) {
      notFollowing();
    } catch (Error e) {
      notFollowing();
      throw e;
    }
  }

  private synchronized void notFollowing() {
    follows = false;
  }

  private void runFeed() {
    Instant begin = clock.instant();
    boolean offered = true;
    synchronized (this) {
      if (closed) {
        follows = false;
        return;
      }
      follower = Thread.currentThread();
    }
    try {
      offered = keyspace.follow(name, intake);
    } catch (StoreUnavailable e) {
      offered = !e.isRefusal();
    } finally {
      intake.end();
      ended(offered, Duration.between(begin, clock.instant()));
      // The interrupt that ended it must not reach the thread's next task.
      Thread.interrupted();
    }
    noteMode();
    if (offered) {
      beat(false);
    }
  }

  private synchronized void ended(boolean offered, Duration life) {
    follower = null;
    follows = false;
    feedFailures = life.compareTo(policy.interval()) < 0 ? feedFailures + 1 : 0;
    // One that is not offered now may be later: a server has but so many.
    feedDue =
        clock.instant().plus(offered ? policy.pauseAfterFailures(feedFailures) : policy.interval());
  }

  private void noteMode() {
    Mode now;
    synchronized (this) {
      if (refusal != null) {
        now = Mode.OWN_WRITES;
      } else if (intake.tellsStores()) {
        now = Mode.FEED_AND_WALK;
      } else {
        now = lastWalk.isPresent() ? Mode.WALK : Mode.UNKNOWN;
      }
      if (now == mode) {
        return;
      }
      mode = now;
    }
    events.changed(name, now);
  }

  String name() {
    return name;
  }

  /**
   * How long whoever asks for a walk waits: for the rest of one, a pause and another as long as the
   * last, and then some.
   */
  synchronized Duration patience() {
    return lastWalk.map(Walk::duration).map(policy::patienceAfter).orElse(policy.patience());
  }

  StoreUnavailable unavailable(String reason) {
    return new StoreUnavailable(name, "walk", reason);
  }

  /** When the last walk began that met all keys; empty if none did. */
  synchronized Optional<Instant> asOf() {
    return lastWalk.map(Walk::begin);
  }

  /** Why some of its keys may be missing, though it answers. */
  synchronized Optional<String> gap() {
    if (refusal != null) {
      return Optional.of("%s: only keys %s are known, since it cannot be walked: %s"
          .formatted(
              name,
              intake.tellsStores() ? "written here or told by its feed" : "written here",
              refusal.reason()));
    }
    return gapsDoubted > gapsWalked || watchdog.isOverdue()
        ? Optional.of(
            "%s: what others changed lately may be missing until it is walked, since its feed went silent"
                .formatted(name))
        : Optional.empty();
  }

  /** @param keys how many of its keys live */
  synchronized ServerTracking tracking(long keys) {
    return new ServerTracking(
        name,
        mode,
        keys,
        lastWalk,
        intake.feed(),
        intake.withheld(),
        intake.skipped(),
        Stream.of(lost, refusal, failure)
            .filter(Objects::nonNull)
            .findFirst()
            .map(StoreUnavailable::reason));
  }

  /** Ends the feed, and does not look after the server any more. */
  synchronized void close() {
    closed = true;
    endFeed();
  }
}
