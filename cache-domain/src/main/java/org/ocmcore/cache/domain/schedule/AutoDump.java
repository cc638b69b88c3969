package org.ocmcore.cache.domain.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.PublishGuard;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.OperationRunning;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Makes automatic dumps. Starting, stopping and changing the interval take effect at once, whatever
 * a running dump does. A failure is recorded, and the next dump comes at its time. A cache that was
 * emptied does not displace dumps of what it lost; see {@link DumpJobs#dumpUnlessLost}. The
 * interval counts from the end of a dump, so dumps never pile up. Safe for use by any number of
 * threads.
 */
public final class AutoDump {
  /** The pause after a failed dump; each further failure doubles it. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(10);

  /** The lease lasts two intervals and this, for dumps that take long. */
  private static final Duration LEASE_RESERVE = Duration.ofSeconds(60);

  private final DumpJobs dumps;
  private final DumpPolicy policy;
  private final ChangeCounter changes;
  private final Optional<DumpLease> lease;
  private final DumpEvents events;
  private final Scheduler scheduler;
  private final Clock clock;

  private boolean running;
  private boolean dumping;
  private Duration interval;
  private Instant nextDumpAt;
  private Scheduler.Scheduled next;

  /** Distinguishes the scheduled dump from one that was cancelled too late. */
  private long turn;

  private LastDump lastDump;
  private int consecutiveFailures;

  /** The number of changes when the last due dump was not made, or null. */
  private Long tooFewChanges;

  /**
   * Creates it; it is not running yet. If the interval of the policy is zero, it starts with
   * {@link DumpPolicy#DEFAULT_INTERVAL}.
   *
   * @param lease is needed for each dump; empty if no other process dumps
   * @param events is notified if the lease cannot be had
   */
  public AutoDump(
      DumpJobs dumps,
      DumpPolicy policy,
      KeyspacePort keyspace,
      Optional<DumpLease> lease,
      DumpEvents events,
      Scheduler scheduler,
      Clock clock) {
    this.dumps = dumps;
    this.policy = policy;
    this.lease = lease;
    this.events = events;
    this.changes =
        new ChangeCounter(keyspace, () -> lease.map(DumpLease::writes).orElse(0L));
    this.interval = policy.isAutomatic() ? policy.interval() : DumpPolicy.DEFAULT_INTERVAL;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Starts with this interval, or changes the interval if it is running. The next dump is an
   * interval from now.
   *
   * @throws IllegalArgumentException as in {@link #retime}; nothing has changed
   */
  public synchronized State start(Duration newInterval) {
    interval = valid(newInterval);
    running = true;
    schedule();
    return state();
  }

  /** Starts with the interval that is set. */
  public synchronized State start() {
    return start(interval);
  }

  /**
   * Changes the interval. If it is running, the next dump is an interval from now.
   *
   * @throws IllegalArgumentException unless it is 1 to {@link DumpPolicy#MAX_INTERVAL} in whole
   *     seconds
   */
  public synchronized State retime(Duration newInterval) {
    interval = valid(newInterval);
    if (running) {
      schedule();
    }
    return state();
  }

  private static Duration valid(Duration interval) {
    if (interval.isZero()) {
      throw new IllegalArgumentException("an interval of 0 is no interval");
    }
    DumpPolicy.requireInterval(interval);
    return interval;
  }

  /** Stops. A running dump is finished, and none follows. */
  public State stop() {
    synchronized (this) {
      running = false;
      cancel();
    }
    releaseUnlessNeeded();
    return state();
  }

  /** Lets another process make the dumps after this one has stopped. */
  private void releaseUnlessNeeded() {
    boolean needed;
    synchronized (this) {
      needed = running || dumping;
    }
    if (!needed) {
      lease.ifPresent(DumpLease::release);
    }
  }

  /** The current state. */
  public synchronized State state() {
    return new State(
        running,
        interval,
        Optional.ofNullable(nextDumpAt),
        Optional.ofNullable(lastDump),
        consecutiveFailures,
        tooFewChanges == null ? OptionalLong.empty() : OptionalLong.of(tooFewChanges),
        lease.filter(known -> !known.isHeld()).flatMap(DumpLease::holder));
  }

  private void schedule() {
    cancel();
    if (!dumping) {
      long mine = turn;
      Duration pause = pause();
      next = scheduler.after(pause, () -> dump(mine));
      nextDumpAt = clock.instant().plus(pause);
    }
  }

  /** A failed dump is tried again soon, and later after each failure. */
  private Duration pause() {
    if (consecutiveFailures == 0) {
      return interval;
    }
    Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(consecutiveFailures - 1, 16));
    return retry.compareTo(interval) < 0 ? retry : interval;
  }

  private void cancel() {
    turn++;
    nextDumpAt = null;
    if (next != null) {
      next.cancel();
      next = null;
    }
  }

  private void dump(long mine) {
    synchronized (this) {
      if (mine != turn) {
        return;
      }
      dumping = true;
      cancel();
    }
    Optional<LastDump> result = Optional.empty();
    try {
      result = attempt();
    } finally {
      // Even an Error, such as memory that ran out once, does not end the series.
      finish(result);
      releaseUnlessNeeded();
    }
  }

  private synchronized void finish(Optional<LastDump> result) {
    result.ifPresent(this::note);
    dumping = false;
    if (running) {
      schedule();
    }
  }

  private void note(LastDump result) {
    lastDump = result;
    consecutiveFailures = result.error.isPresent() ? consecutiveFailures + 1 : 0;
  }

  /**
   * Empty if another dump or restore was running, the dump was cancelled, or an empty dump was not
   * written: that is no failure, and the next dump comes at its time.
   */
  private Optional<LastDump> attempt() {
    Instant start = clock.instant();
    try {
      return holdLease() ? dumpIfWorthIt() : Optional.empty();
    } catch (OperationRunning | Cancelled e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      // It was reported as an event. No failure may end the series.
      String error = e instanceof CacheException ? e.getMessage() : "internal error, see the log";
      Instant end = clock.instant();
      return Optional.of(new LastDump(end, 0, 0, Duration.between(start, end), Optional.of(error)));
    }
  }

  private Optional<LastDump> dumpIfWorthIt() {
    if (policy.minChanges() == 0) {
      return dumps.dumpUnlessLost(guard()).map(this::success);
    }
    ChangeCounter.Counts counts = changes.now();
    if (!isWorthIt(changes.since(counts))) {
      return Optional.empty();
    }
    Optional<DumpResult> report = dumps.dumpUnlessLost(guard());
    if (report.isPresent()) {
      changes.beginAt(counts);
    }
    return report.map(this::success);
  }

  private boolean holdLease() {
    try {
      return lease.isEmpty() || lease.get().hold(leaseLength());
    } catch (RuntimeException e) {
      events.failed(e);
      throw e;
    }
  }

  /** It must last until the next dump renews it, which may be late. */
  private synchronized Duration leaseLength() {
    return interval.multipliedBy(2).plus(LEASE_RESERVE);
  }

  private PublishGuard guard() {
    return lease
        .<PublishGuard>map(held -> new LeaseGuard(held, leaseLength(), clock))
        .orElse(PublishGuard.NONE);
  }

  private synchronized boolean isWorthIt(long count) {
    tooFewChanges = count < policy.minChanges() ? count : null;
    return tooFewChanges == null;
  }

  private LastDump success(DumpResult report) {
    DumpInfo dump = report.dump();
    return new LastDump(
        clock.instant(), dump.entries(), dump.bytes(), report.duration(), Optional.empty());
  }

  /**
   * The state of automatic dumps.
   *
   * @param running whether dumps will follow
   * @param interval between dumps
   * @param nextDumpAt when the next dump is due; empty if none is
   * @param lastDump the last automatic dump that was written or failed; empty before the first
   * @param consecutiveFailures the number of failures since the last success
   * @param tooFewChanges the number of changes if the last due dump was not made for lack of
   *     changes; empty if it was made
   * @param madeBy the process that makes the dumps, if it is another
   */
  public record State(
      boolean running,
      Duration interval,
      Optional<Instant> nextDumpAt,
      Optional<LastDump> lastDump,
      int consecutiveFailures,
      OptionalLong tooFewChanges,
      Optional<String> madeBy) {
    /** The same without what dumps hold: the last one, and changes. */
    public State withoutContents() {
      return new State(
          running,
          interval,
          nextDumpAt,
          Optional.empty(),
          consecutiveFailures,
          OptionalLong.empty(),
          madeBy);
    }
  }

  /**
   * A dump that was tried.
   *
   * @param entries in the dump, 0 if it failed
   * @param bytes of its file, 0 if it failed
   * @param error why it failed, in words; empty if it did not
   */
  public record LastDump(
      Instant finishedAt, long entries, long bytes, Duration duration, Optional<String> error) {}
}
