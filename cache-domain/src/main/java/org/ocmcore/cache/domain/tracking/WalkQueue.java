package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Runs the walks of one server, one at a time. Safe for use by any number of threads.
 *
 * <p>Callers that ask while a walk is running share the next walk. So a result is never older than
 * the request for it, and any number of callers cause at most two walks. Over time, the server is
 * walked for half of the time at most. A walk that follows a pause begins at once, even if another
 * has just ended; only walks that follow each other wait for a rest.
 */
final class WalkQueue {
  private static final Duration MAX_REST = Duration.ofSeconds(30);

  private final Walker walker;
  private final WalkGate gate;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Clock clock;

  private Result current;
  private Result next;

  /** When the rests after all walks will be over, if none begins before. */
  private Instant restedAt = Instant.MIN;

  /** How long the last walk took. */
  private Duration last = Duration.ZERO;

  /** Walks a server once. */
  @FunctionalInterface
  interface Walker {
    /**
     * Walks it.
     *
     * @return false if the result is worthless, since all keys were flushed meanwhile: the callers
     *     need another walk
     */
    boolean walk();
  }

  /** @param gate each walk passes it before it starts */
  WalkQueue(Walker walker, WalkGate gate, Executor executor, Scheduler scheduler, Clock clock) {
    this.walker = walker;
    this.gate = gate;
    this.executor = executor;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** A requested walk. Completes when the walk has ended. */
  private static final class Result extends CompletableFuture<Void> {
    private boolean begun;
  }

  /**
   * Requests a walk.
   *
   * @return completes when a walk has ended that began after this call; fails as the walk fails
   */
  CompletableFuture<Void> request() {
    Result result;
    synchronized (this) {
      if (current != null && !current.begun) {
        return current;
      }
      if (current != null) {
        next = next == null ? new Result() : next;
        return next;
      }
      result = new Result();
      current = result;
    }
    startAfterRest(result);
    return result;
  }

  /**
   * Requests a walk unless what is known is an answer, now or when the running walk has ended.
   *
   * @param known the answer: completed if what is known suffices, failed if it tells that no walk
   *     would help; empty if there is none
   * @return the answer, otherwise as {@link #request}
   */
  CompletableFuture<Void> requestUnless(Supplier<Optional<CompletableFuture<Void>>> known) {
    // Before the check: a walk that ends during it may be what gives the answer.
    CompletableFuture<Void> running = running();
    return known
        .get()
        .orElseGet(() -> running
            .handle((done, failure) -> known.get().orElseGet(this::request))
            .thenCompose(Function.identity()));
  }

  /** The answer for {@link #requestUnless} that what is known suffices, if it does. */
  static Optional<CompletableFuture<Void>> doneIf(boolean suffices) {
    return suffices ? Optional.of(CompletableFuture.completedFuture(null)) : Optional.empty();
  }

  /** Completes when the running walk has ended, however it ends; at once if none is running. */
  private synchronized CompletableFuture<Void> running() {
    return current != null && current.begun ? current : CompletableFuture.completedFuture(null);
  }

  /** Whether a walk is running or requested. */
  synchronized boolean isBusy() {
    return current != null;
  }

  private void startAfterRest(Result result) {
    Duration rest = rest();
    if (rest.isZero()) {
      gate.pass(() -> start(result));
    } else {
      scheduler.after(rest, () -> gate.pass(() -> start(result)));
    }
  }

  private synchronized Duration rest() {
    Instant now = clock.instant();
    // One rest may be made good after the next walk.
    Instant allowed = restedAt.equals(Instant.MIN) ? now : restedAt.minus(last);
    if (!now.isBefore(allowed)) {
      return Duration.ZERO;
    }
    Duration rest = Duration.between(now, allowed);
    return rest.compareTo(MAX_REST) > 0 ? MAX_REST : rest;
  }

  private void start(Result result) {
    try {
      executor.execute(() -> walk(result));
    } catch (RejectedExecutionException | Error e) {
      startNext();
      result.completeExceptionally(e);
    }
  }

  private void walk(Result result) {
    synchronized (this) {
      result.begun = true;
    }
    Instant begin = clock.instant();
    Throwable failure = null;
    boolean isDone = true;
    try {
      isDone = walker.walk();
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    rest(begin);
    try {
      // Before the next walk starts: callers for whom this one does not suffice share the next.
      if (isDone) {
        complete(result, failure);
      } else {
        request().whenComplete((done, itsFailure) -> complete(result, itsFailure));
      }
    } finally {
      startNext();
    }
  }

  private synchronized void rest(Instant begin) {
    Instant end = clock.instant();
    last = Duration.between(begin, end);
    Instant owedFrom = restedAt.isAfter(begin) ? restedAt : begin;
    restedAt = owedFrom.plus(last.multipliedBy(2));
  }

  private static void complete(Result result, Throwable failure) {
    if (failure == null) {
      result.complete(null);
    } else {
      result.completeExceptionally(failure);
    }
  }

  private void startNext() {
    Result following;
    synchronized (this) {
      following = next;
      current = following;
      next = null;
    }
    if (following != null) {
      startAfterRest(following);
    }
  }
}
