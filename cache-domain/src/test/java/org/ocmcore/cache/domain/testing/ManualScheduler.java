package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.port.Scheduler;

/**
 * Runs what is due when its clock is moved, on the thread that moves it. For any number of threads.
 */
public final class ManualScheduler implements Scheduler {
  private final MutableClock clock;
  private final List<Task> waiting = new ArrayList<>();

  public ManualScheduler(MutableClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Scheduled after(Duration delay, Runnable work) {
    Task task = new Task(clock.instant().plus(delay), work);
    waiting.add(task);
    return () -> remove(task);
  }

  /** Moves the clock, and runs what becomes due on the way, each at its time. */
  public void advance(Duration duration) {
    Instant end = clock.instant().plus(duration);
    for (Optional<Task> task = nextUntil(end); task.isPresent(); task = nextUntil(end)) {
      Duration wait = Duration.between(clock.instant(), task.get().due);
      clock.advance(wait.isNegative() ? Duration.ZERO : wait);
      task.get().work.run();
    }
    Duration rest = Duration.between(clock.instant(), end);
    clock.advance(rest.isNegative() ? Duration.ZERO : rest);
  }

  /** When what waits is due, earliest first. */
  public synchronized List<Instant> due() {
    return waiting.stream().map(task -> task.due).sorted().toList();
  }

  /** What waits, earliest first; running it is no business of this scheduler's any more. */
  public synchronized List<Runnable> waiting() {
    return waiting.stream()
        .sorted(Comparator.comparing(task -> task.due))
        .map(task -> task.work)
        .toList();
  }

  private synchronized Optional<Task> nextUntil(Instant end) {
    Optional<Task> next = waiting.stream()
        .filter(task -> !task.due.isAfter(end))
        .min(Comparator.comparing(task -> task.due));
    next.ifPresent(waiting::remove);
    return next;
  }

  private synchronized void remove(Task task) {
    waiting.remove(task);
  }

  private static final class Task {
    private final Instant due;
    private final Runnable work;

    Task(Instant due, Runnable work) {
      this.due = due;
      this.work = work;
    }
  }
}
