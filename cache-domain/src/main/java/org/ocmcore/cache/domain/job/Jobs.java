package org.ocmcore.cache.domain.job;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.JobNotFound;
import org.ocmcore.cache.domain.error.OperationRunning;
import org.ocmcore.cache.domain.error.TooBusy;

/**
 * Executes long tasks as jobs that can be followed and cancelled. Remembers the last {@value #KEPT}
 * finished jobs of each owner; beyond {@value #KEPT_OF_ALL} of all, or a 64th of the heap for their
 * results, the owner who has the most loses the oldest. An owner has no more jobs of a kind under
 * way than it leaves room for. Safe for use by any number of threads.
 */
public final class Jobs {
  /** The number of finished jobs of one owner that are remembered. */
  public static final int KEPT = 100;

  /** The number of finished jobs of all owners that are remembered. */
  public static final int KEPT_OF_ALL = 200;

  /** The most bytes of heap that results of finished jobs take, if there are several. */
  private static final long MOST_RESULT_BYTES = Runtime.getRuntime().maxMemory() / 64;

  private final Executor executor;
  private final Clock clock;
  private final JobEvents events;
  private final Predicate<JobOwner> mayBegin;

  /** The jobs that have not finished, oldest first. */
  private final Map<String, Job> active = new LinkedHashMap<>();

  /** Of the active jobs. */
  private final Map<JobKind, OwnerPlaces> places = new HashMap<>();

  /** The active jobs that may run. */
  private final Set<Job> turns = new HashSet<>();

  /** What starts the other active jobs, oldest first. */
  private final Map<Job, Runnable> waiting = new LinkedHashMap<>();

  /** In the order in which they finished. */
  private final RecentByOwner<Job> finished =
      new RecentByOwner<>(KEPT, KEPT_OF_ALL, Jobs::heapBytes, MOST_RESULT_BYTES);

  private long admitted;
  private boolean closed;

  /** Owners keep the rights with which they asked. */
  public Jobs(Executor executor, Clock clock, JobEvents events) {
    this(executor, clock, events, owner -> true);
  }

  /**
   * @param executor for jobs that nobody waits for; it must have a thread for each
   * @param mayBegin whether the owner of a job has still the rights with which it was asked for
   */
  public Jobs(Executor executor, Clock clock, JobEvents events, Predicate<JobOwner> mayBegin) {
    this.mayBegin = mayBegin;
    this.executor = executor;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Executes the task as a job on this thread when its turn comes. Returns or throws what it does.
   *
   * @throws OperationRunning if a job of the same group is running; does not wait
   * @throws TooBusy if too many jobs of the kind, or of its owner, are running or queued; does not
   *     wait
   * @throws Cancelled if the job is cancelled, this thread is interrupted, or this is closed
   */
  public <R> R run(JobOrder order, Task<R> work) {
    Job job = admit(order);
    if (!takeTurn(job, () -> {})) {
      awaitTurn(job);
    }
    return perform(job, work);
  }

  private void awaitTurn(Job job) {
    try {
      synchronized (this) {
        while (waiting.containsKey(job)) {
          wait();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel(job, () -> new Cancelled(job.kind().name(), "its thread was interrupted"));
    }
  }

  /** The same for a job of the service. */
  public <R> R run(JobKind kind, Task<R> work) {
    return run(JobOrder.of(kind), work);
  }

  /**
   * Starts the task as a job on another thread when its turn comes; returns at once.
   *
   * @throws OperationRunning if a job of the same group is running; nothing is started
   * @throws TooBusy if too many jobs of the kind, or of its owner, are running or queued; nothing
   *     is started
   * @throws Cancelled if this is closed
   */
  public Job start(JobOrder order, Task<?> work) {
    Job job = admit(order);
    if (takeTurn(job, () -> launchLater(job, work))) {
      launch(job, work);
    }
    return job;
  }

  private void launch(Job job, Task<?> work) {
    try {
      executor.execute(() -> performUnwatched(job, work));
    } catch (RejectedExecutionException e) {
      Cancelled stopping = stopping(job.kind());
      end(job, () -> job.fail(stopping));
      throw stopping;
    } catch (Error e) {
      // For example, there is no memory for a thread. The job must not seem to be running.
      end(job, () -> job.fail(e));
      throw e;
    }
  }

  /** Runs on the thread of another job, which has ended and must not fail with this one. */
  private void launchLater(Job job, Task<?> work) {
    try {
      launch(job, work);
    } catch (Cancelled | Error e) {
      // The job holds the failure, and the events have reported it.
    }
  }

  /** Returns whether the job may run now; otherwise {@code begin} starts it later. */
  private synchronized boolean takeTurn(Job job, Runnable begin) {
    if (!active.containsKey(job.id())) {
      // Cancelled meanwhile.
      return true;
    }
    if (count(turns, job.kind()) == JobKind.AT_ONCE) {
      waiting.put(job, begin);
      return false;
    }
    turns.add(job);
    return true;
  }

  private static long count(Collection<Job> jobs, JobKind kind) {
    return jobs.stream().filter(job -> job.kind().equals(kind)).count();
  }

  private static long count(Collection<Job> jobs, JobKind kind, JobOwner owner) {
    return jobs.stream()
        .filter(job -> job.kind().equals(kind) && job.owner().name().equals(owner.name()))
        .count();
  }

  /** The same for a job of the service. */
  public Job start(JobKind kind, Task<?> work) {
    return start(JobOrder.of(kind), work);
  }

  private void performUnwatched(Job job, Task<?> work) {
    try {
      perform(job, work);
    } catch (RuntimeException e) {
      // The job holds the failure, and the events have reported it.
    }
  }

  private synchronized Job admit(JobOrder order) {
    JobKind kind = order.kind();
    if (closed) {
      throw stopping(kind);
    }
    for (Job other : active.values()) {
      if (kind.excludes(other.kind())) {
        boolean isVisible = order.owner().maySee(other.owner());
        throw new OperationRunning(
            other.kind().name(), isVisible ? Optional.of(other.id()) : Optional.empty());
      }
    }
    places(kind).take(order.owner().name());
    String id = RandomId.next();
    Job job = new Job(id, order, admitted++, clock);
    active.put(id, job);
    return job;
  }

  private static long heapBytes(Job job) {
    return job.snapshot().result().orElse(null) instanceof HeavyResult heavy
        ? heavy.heapBytes()
        : 0;
  }

  private OwnerPlaces places(JobKind kind) {
    return places.computeIfAbsent(
        kind, each -> new OwnerPlaces(each.name(), JobKind.AT_ONCE + JobKind.WAITING));
  }

  private static Cancelled stopping(JobKind kind) {
    return new Cancelled(kind.name(), "the service is stopping");
  }

  private <R> R perform(Job job, Task<R> work) {
    if (!job.begin()) {
      throw new Cancelled(job.kind().name());
    }
    R result;
    try {
      requireRights(job);
      result = work.run(job.progress());
    } catch (Throwable e) {
      end(job, () -> job.fail(e));
      throw e;
    }
    end(job, () -> job.succeed(result));
    return result;
  }

  private void requireRights(Job job) {
    if (!mayBegin.test(job.owner())) {
      throw new Cancelled(
          job.kind().name(),
          "the token of %s was removed or changed before it began"
              .formatted(job.owner().name()));
    }
  }

  /** One step, so that a caller who sees that the job has ended also finds its place free. */
  private void end(Job job, Runnable outcome) {
    Runnable next;
    synchronized (this) {
      outcome.run();
      next = retire(job);
    }
    events.ended(job.snapshot());
    job.notifyEnd();
    next.run();
  }

  /** Returns what starts the next job. */
  private Runnable retire(Job job) {
    active.remove(job.id());
    places(job.kind()).giveBack(job.owner().name());
    finished.add(job.owner().name(), job.id(), job);
    waiting.remove(job);
    Runnable next = turns.remove(job) ? passTurn(job.kind()) : () -> {};
    notifyAll();
    return next;
  }

  /** The next is the oldest one of an owner who has the fewest turns. */
  private Runnable passTurn(JobKind kind) {
    Optional<Job> next = waiting.keySet().stream()
        .filter(job -> job.kind().equals(kind))
        .min(Comparator.comparingLong(job -> count(turns, kind, job.owner())));
    if (next.isEmpty()) {
      return () -> {};
    }
    turns.add(next.get());
    return waiting.remove(next.get());
  }

  /** The active and the remembered jobs, newest first. */
  public synchronized List<Job> recent() {
    List<Job> all = finished.all();
    all.addAll(active.values());
    all.sort(Comparator.comparingLong(Job::number).reversed());
    return all;
  }

  /** @throws JobNotFound if it is unknown or forgotten */
  public synchronized Job find(String id) {
    Job running = active.get(id);
    return running != null ? running : finished.find(id).orElseThrow(() -> new JobNotFound(id));
  }

  /**
   * Cancels a job and returns it; does not wait. The task ends when it checks next, and may end
   * successfully before. A finished job stays as it is.
   *
   * @throws JobNotFound if it is unknown or forgotten
   */
  public Job cancel(String id) {
    Job job = find(id);
    cancel(job, () -> new Cancelled(job.kind().name()));
    return job;
  }

  private void cancel(Job job, Supplier<Cancelled> reason) {
    Runnable next;
    synchronized (this) {
      if (!job.cancel(reason)) {
        return;
      }
      next = retire(job);
    }
    events.ended(job.snapshot());
    job.notifyEnd();
    next.run();
  }

  /**
   * Cancels all jobs, starts no more, and waits until the last has ended.
   *
   * @return the jobs that have not ended within this time
   */
  public List<Job> close(Duration patience) {
    List<Job> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(active.values());
    }
    last.forEach(job -> cancel(job, () -> stopping(job.kind())));
    return awaitEnd(System.nanoTime() + patience.toNanos());
  }

  private synchronized List<Job> awaitEnd(long deadline) {
    try {
      long left = deadline - System.nanoTime();
      while (!active.isEmpty() && left > 0) {
        // Rounded up: to wait for 0 is to wait for ever.
        wait(Duration.ofNanos(left).toMillis() + 1);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(active.values());
  }
}
