package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.key.AppScope;

class JobTurnTest extends JobFixture {
  private List<Job> startMany(JobKind kind, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> jobs.start(kind, progress -> "done"))
        .toList();
  }

  private Job start(String owner) {
    return jobs.start(
        new JobOrder(FREE, "", new JobOwner(owner, "operator", AppScope.ALL)), progress -> owner);
  }

  /** Fills all places, each by another owner. */
  private List<Job> fill() {
    List<Job> started = new ArrayList<>();
    for (int i = 0; i < JobKind.AT_ONCE + JobKind.WAITING; i++) {
      started.add(start("owner" + i));
    }
    return started;
  }

  @Test
  void jobsOfAKindWaitForTheirTurn() {
    List<Job> started = startMany(FREE, JobKind.AT_ONCE + 2);
    assertEquals(JobKind.AT_ONCE, executor.size());
    Job other = jobs.start(JobKind.of("other"), progress -> "done");
    assertEquals(JobKind.AT_ONCE + 1, executor.size());
    executor.runNext();
    assertEquals(JobKind.AT_ONCE + 1, executor.size());
    assertEquals(JobState.QUEUED, started.get(JobKind.AT_ONCE + 1).snapshot().state());
    executor.runAll();
    started.forEach(job -> assertEquals(JobState.DONE, job.snapshot().state()));
    assertEquals(JobState.DONE, other.snapshot().state());
  }

  @Test
  void aWaitingJobOfSomebodyWhoHasLostTheRightsNeverBegins() {
    Set<String> lost = new HashSet<>();
    Jobs strict = new Jobs(executor, clock, ended, owner -> !lost.contains(owner.name()));
    JobOwner anna = new JobOwner("anna", "operator", AppScope.ALL);
    AtomicInteger done = new AtomicInteger();
    List<Job> started = IntStream.range(0, JobKind.AT_ONCE + 1)
        .mapToObj(
            i -> strict.start(new JobOrder(FREE, "", anna), progress -> done.incrementAndGet()))
        .toList();
    executor.runNext();
    lost.add("anna");
    executor.runAll();
    assertEquals(1, done.get());
    JobSnapshot last = started.get(JobKind.AT_ONCE).snapshot();
    String reason = last.failure().orElseThrow().getMessage();
    assertTrue(reason.contains("the token of anna was removed or changed"), reason);
    assertThrows(
        Cancelled.class,
        () -> strict.run(new JobOrder(FREE, "", anna), progress -> done.incrementAndGet()));
    assertEquals(1, done.get());
  }

  @Test
  void tooManyJobsOfAKindAreRefused() {
    List<Job> started = fill();
    for (Executable more : List.<Executable>of(
        () -> jobs.start(FREE, progress -> "unreached"),
        () -> jobs.run(FREE, progress -> "unreached"))) {
      TooBusy refusal = assertThrows(TooBusy.class, more);
      assertTrue(refusal.getMessage().contains("24 of \"count\""), refusal::getMessage);
    }
    assertEquals(started.size(), jobs.recent().size());
    assertEquals("done", jobs.run(JobKind.of("other"), progress -> "done"));
    jobs.cancel(started.get(started.size() - 1).id());
    jobs.start(FREE, progress -> "done");
    executor.runAll();
    assertTrue(jobs.recent().stream().allMatch(job -> job.snapshot().state().isFinal()));
  }

  @Test
  void anOwnerLeavesPlacesToOthers() {
    int half = (JobKind.AT_ONCE + JobKind.WAITING) / 2;
    IntStream.range(0, half).forEach(i -> start("vera"));
    TooBusy refusal = assertThrows(TooBusy.class, () -> start("vera"));
    assertTrue(refusal.getMessage().startsWith("vera has 12 of at most 24 "), refusal::getMessage);
    IntStream.range(0, half / 2).forEach(i -> start("anna"));
    assertThrows(TooBusy.class, () -> start("anna"));
    start("otto");
    executor.runAll();
    start("vera");
  }

  @Test
  void ownersTakeTurns() {
    List<Job> flood = IntStream.range(0, 10).mapToObj(i -> start("vera")).toList();
    Job other = start("anna");
    executor.runNext();
    for (int i = 0; i < JobKind.AT_ONCE; i++) {
      executor.runNext();
    }
    assertEquals(JobState.DONE, other.snapshot().state());
    assertEquals(JobState.QUEUED, flood.get(JobKind.AT_ONCE).snapshot().state());
  }

  @Test
  void aCancelledJobPassesItsTurnOn() {
    List<Job> started = startMany(FREE, JobKind.AT_ONCE + 2);
    jobs.cancel(started.get(0).id());
    jobs.cancel(started.get(JobKind.AT_ONCE).id());
    executor.runAll();
    assertEquals(List.of("count CANCELLED", "count CANCELLED"), ended.reported().subList(0, 2));
    assertEquals(JobState.DONE, started.get(JobKind.AT_ONCE + 1).snapshot().state());
  }

  @Test
  void waitingCallerWaitsForItsTurn() throws Exception {
    List<Job> started = startMany(FREE, JobKind.AT_ONCE);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<String> waiting = thread.submit(() -> jobs.run(FREE, progress -> "done"));
      while (jobs.recent().size() == started.size()) {
        Thread.onSpinWait();
      }
      assertEquals(JobState.QUEUED, newest().state());
      executor.runNext();
      assertEquals("done", waiting.get());
      Future<String> cancelled = thread.submit(() -> {
        startMany(FREE, 1);
        return jobs.run(FREE, progress -> "unreached");
      });
      while (jobs.recent().size() < started.size() + 3) {
        Thread.onSpinWait();
      }
      jobs.cancel(newest().id());
      assertInstanceOf(
          Cancelled.class,
          assertThrows(ExecutionException.class, cancelled::get).getCause());
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void jobsThatWaitEndWhenTheServiceStops() {
    List<Job> started = fill();
    executor.close();
    assertEquals(List.of(), jobs.close(Duration.ZERO));
    started.forEach(job -> assertEquals(JobState.CANCELLED, job.snapshot().state()));
  }

  @Test
  void anExecutorThatTakesNothingStartsNothing() {
    executor.close();
    assertThrows(Cancelled.class, () -> jobs.start(DIG, progress -> "unreached"));
    assertEquals(JobState.CANCELLED, newest().state());
    assertEquals("done", jobs.run(FILL, progress -> "done"));
  }

  @Test
  void closingCancelsRunningJobsAndWaits() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Jobs threaded = new Jobs(threads, clock, ended);
      CountDownLatch running = new CountDownLatch(1);
      Job job = threaded.start(DIG, progress -> {
        running.countDown();
        while (true) {
          progress.checkpoint();
          Thread.onSpinWait();
        }
      });
      running.await();
      assertEquals(List.of(), threaded.close(LONG));
      assertEquals(JobState.CANCELLED, job.snapshot().state());
      assertEquals(
          "dig was cancelled: the service is stopping",
          job.snapshot().failure().orElseThrow().getMessage());
      assertThrows(Cancelled.class, () -> threaded.run(FILL, progress -> "unreached"));
      assertEquals(1, threaded.recent().size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingNamesJobsThatDoNotEnd() {
    jobs.run(DIG, progress -> {
      assertEquals(
          List.of(newest().id()),
          jobs.close(Duration.ofMillis(1)).stream().map(Job::id).toList());
      return "done";
    });
    assertEquals(List.of(), jobs.close(LONG));
  }

  @Test
  void awaitEndReturnsWhetherTheJobEnded() throws InterruptedException {
    Job job = jobs.start(FREE, progress -> "result");
    assertFalse(job.awaitEnd(Duration.ofMillis(1)));
    Thread worker = new Thread(executor::runAll);
    worker.start();
    assertTrue(job.awaitEnd(LONG));
    assertEquals(Optional.of("result"), job.snapshot().result());
    worker.join();
  }
}
