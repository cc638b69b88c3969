package org.ocmcore.cache.domain.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.Cancelled;

/**
 * A long task that is queued, running or finished. {@link Jobs#cancel} cancels it. Safe for use by
 * any number of threads.
 */
public final class Job {
  private final String id;
  private final JobOrder order;
  private final long number;
  private final Clock clock;
  private final Instant createdAt;
  private final ProgressCounter counter;

  /** Creates the exception that ends the task; null unless it was cancelled. */
  private volatile Supplier<Cancelled> cancellation;

  private JobState state = JobState.QUEUED;
  private Instant startedAt;
  private Instant finishedAt;
  private Object result;
  private Throwable failure;

  /** Those that wait for the end; null once they were notified. */
  private List<Consumer<JobSnapshot>> listeners = new ArrayList<>();

  /** @param number larger than that of every earlier job */
  Job(String id, JobOrder order, long number, Clock clock) {
    this.id = id;
    this.order = order;
    this.number = number;
    this.clock = clock;
    createdAt = clock.instant();
    counter = new ProgressCounter(clock);
  }

  /** Its name: safe in a URL, and hard to guess. */
  public String id() {
    return id;
  }

  /** Its kind. */
  public JobKind kind() {
    return order.kind();
  }

  /** The caller who started it. */
  public JobOwner owner() {
    return order.owner();
  }

  long number() {
    return number;
  }

  /** Its current state. */
  public synchronized JobSnapshot snapshot() {
    Instant end = finishedAt == null ? clock.instant() : finishedAt;
    return new JobSnapshot(
        id,
        order.kind(),
        order.about(),
        order.owner().name(),
        order.request(),
        state,
        cancellation != null,
        createdAt,
        Optional.ofNullable(startedAt),
        Optional.ofNullable(finishedAt),
        counter.at(end, state == JobState.RUNNING),
        Optional.ofNullable(result),
        Optional.ofNullable(failure));
  }

  /**
   * Notifies this listener of the end: on the thread that ends the job, or at once if it has ended.
   */
  public void onEnd(Consumer<JobSnapshot> listener) {
    synchronized (this) {
      if (listeners != null) {
        listeners.add(listener);
        return;
      }
    }
    listener.accept(snapshot());
  }

  /** Notifies the listeners; call it once, when the state is final, without locks. */
  void notifyEnd() {
    List<Consumer<JobSnapshot>> waiting;
    synchronized (this) {
      waiting = listeners;
      listeners = null;
    }
    JobSnapshot end = snapshot();
    waiting.forEach(listener -> listener.accept(end));
  }

  /** Marks it as running; returns false if it was cancelled before. */
  synchronized boolean begin() {
    if (state != JobState.QUEUED) {
      return false;
    }
    state = JobState.RUNNING;
    startedAt = clock.instant();
    return true;
  }

  /** The progress for the task. */
  Progress progress() {
    return new Watched();
  }

  /**
   * Cancels it: the task ends when it checks next. The first reason counts.
   *
   * @return whether it has ended at once, since it was not running yet
   */
  synchronized boolean cancel(Supplier<Cancelled> reason) {
    if (state.isFinal()) {
      return false;
    }
    if (cancellation == null) {
      cancellation = reason;
    }
    if (state == JobState.RUNNING) {
      return false;
    }
    fail(reason.get());
    return true;
  }

  /** The task has returned this result, which may be a partial one. */
  synchronized void succeed(Object what) {
    result = what instanceof Optional<?> perhaps ? perhaps.orElse(null) : what;
    if (what instanceof PartialResult partial && partial.failure().isPresent()) {
      fail(partial.failure().get());
    } else {
      counter.complete();
      finish(JobState.DONE);
    }
  }

  /** The task has thrown this. */
  synchronized void fail(Throwable why) {
    failure = why;
    finish(why instanceof Cancelled ? JobState.CANCELLED : JobState.FAILED);
  }

  private void finish(JobState end) {
    state = end;
    finishedAt = clock.instant();
    notifyAll();
  }

  /**
   * Waits until it has ended, at most this long.
   *
   * @return whether it has ended
   */
  public synchronized boolean awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (!state.isFinal() && left > 0) {
      // Rounded up: to wait for 0 is to wait for ever.
      wait(Duration.ofNanos(left).toMillis() + 1);
      left = deadline - System.nanoTime();
    }
    return state.isFinal();
  }

  private final class Watched implements Progress {
    @Override
    public void expect(long items) {
      counter.expect(items);
    }

    @Override
    public void advance(long items, long bytes) {
      counter.advance(items, bytes);
    }

    @Override
    public void throttled(Duration time) {
      counter.throttled(time);
    }

    @Override
    public void checkpoint() {
      Supplier<Cancelled> reason = cancellation;
      if (reason != null) {
        throw reason.get();
      }
    }
  }
}
