package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.JobNotFound;
import org.ocmcore.cache.domain.error.OperationRunning;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.testing.ManualExecutor;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedJobs;

class JobsTest {
  private static final JobKind FREE = JobKind.of("count");
  private static final JobKind DIG = JobKind.oneOf("earthwork", "dig");
  private static final JobKind FILL = JobKind.oneOf("earthwork", "fill");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final MutableClock clock = new MutableClock();
  private final Instant noon = clock.instant();
  private final ManualExecutor executor = new ManualExecutor();
  private final RecordedJobs ended = new RecordedJobs();
  private final Jobs jobs = new Jobs(executor, clock, ended);

  private JobSnapshot newest() {
    return jobs.recent().get(0).snapshot();
  }

  @Test
  void jobIsQueuedThenRunningThenDone() {
    List<JobSnapshot> during = new ArrayList<>();
    Job job = jobs.start(FREE, progress -> {
      clock.advance(Duration.ofSeconds(2));
      during.add(newest());
      return "result";
    });
    JobSnapshot queued = job.snapshot();
    assertEquals(JobState.QUEUED, queued.state());
    assertEquals(FREE, queued.kind());
    assertEquals(noon, queued.createdAt());
    assertEquals(Optional.empty(), queued.startedAt());
    assertEquals(
        new JobProgress(0, OptionalLong.empty(), 0, 0, Duration.ZERO, Optional.empty()),
        queued.progress());

    clock.advance(Duration.ofSeconds(1));
    executor.runAll();
    assertEquals(JobState.RUNNING, during.get(0).state());
    assertEquals(Optional.of(noon.plusSeconds(1)), during.get(0).startedAt());
    assertEquals(Optional.empty(), during.get(0).finishedAt());
    assertEquals(Optional.empty(), during.get(0).result());

    JobSnapshot done = job.snapshot();
    assertEquals(JobState.DONE, done.state());
    assertEquals(Optional.of("result"), done.result());
    assertEquals(Optional.of(noon.plusSeconds(3)), done.finishedAt());
    assertEquals(Optional.empty(), done.failure());
    assertFalse(done.cancelRequested());
    assertEquals(List.of("count DONE"), ended.told());
    clock.advance(LONG);
    assertEquals(done, jobs.find(job.id()).snapshot());
  }

  @Test
  void taskOnTheCallersThreadIsAJob() {
    String answer = jobs.run(FREE, progress -> {
      assertEquals(JobState.RUNNING, newest().state());
      return "answer";
    });
    assertEquals("answer", answer);
    assertEquals(Optional.of("answer"), newest().result());
  }

  @Test
  void whatHasNothingToTellHasNoResult() {
    assertEquals(Optional.empty(), jobs.run(FREE, progress -> Optional.empty()));
    assertEquals(Optional.empty(), newest().result());
    jobs.run(FREE, progress -> Optional.of("x"));
    assertEquals(Optional.of("x"), newest().result());
    jobs.run(FREE, progress -> null);
    assertEquals(Optional.empty(), newest().result());
    assertEquals(JobState.DONE, newest().state());
  }

  @Test
  void aFailureIsThrownAndKept() {
    DumpFailed failure = new DumpFailed("no space left on device");
    assertSame(
        failure,
        assertThrows(
            DumpFailed.class,
            () -> jobs.run(FREE, progress -> {
              throw failure;
            })));
    assertEquals(JobState.FAILED, newest().state());
    assertEquals(Optional.of(failure), newest().failure());
    assertEquals(List.of("count FAILED"), ended.told());
  }

  @Test
  void aFailureOnTheExecutorIsKept() {
    Job job = jobs.start(FREE, progress -> {
      throw new DumpFailed("no space left on device");
    });
    executor.runAll();
    assertEquals(JobState.FAILED, job.snapshot().state());
  }

  @Test
  void evenAnErrorEndsAJob() {
    Job job = jobs.start(DIG, progress -> {
      throw new OutOfMemoryError("for once");
    });
    assertThrows(OutOfMemoryError.class, executor::runAll);
    assertEquals(JobState.FAILED, job.snapshot().state());
    assertEquals("done", jobs.run(FILL, progress -> "done"));
  }

  @Test
  void progressHasRateAndRemainingTime() {
    List<JobProgress> seen = new ArrayList<>();
    jobs.run(FREE, progress -> {
      clock.advance(Duration.ofSeconds(30));
      seen.add(newest().progress());
      progress.expect(10_000);
      seen.add(newest().progress());
      for (int i = 0; i < 20; i++) {
        clock.advance(Duration.ofMillis(100));
        progress.advance(50, 700);
      }
      seen.add(newest().progress());
      clock.advance(LONG);
      seen.add(newest().progress());
      return "done";
    });
    OptionalLong expected = OptionalLong.of(10_000);
    assertEquals(
        List.of(
            new JobProgress(0, OptionalLong.empty(), 0, 0, Duration.ZERO, Optional.empty()),
            new JobProgress(0, expected, 0, 0, Duration.ZERO, Optional.empty()),
            new JobProgress(
                1_000, expected, 14_000, 500, Duration.ZERO, Optional.of(Duration.ofSeconds(18))),
            new JobProgress(1_000, expected, 14_000, 0, Duration.ZERO, Optional.empty())),
        seen);
  }

  @Test
  void doneJobExpectsWhatItDid() {
    jobs.run(FREE, progress -> {
      progress.expect(1_003);
      progress.advance(1_000, 0);
      return "done";
    });
    assertEquals(OptionalLong.of(1_000), newest().progress().expected());
  }

  @Test
  void aJobThatFailedTellsWhatItExpected() {
    assertThrows(
        DumpFailed.class,
        () -> jobs.run(FREE, progress -> {
          progress.expect(1_003);
          progress.advance(1_000, 0);
          throw new DumpFailed("for once");
        }));
    assertEquals(OptionalLong.of(1_003), newest().progress().expected());
  }

  @Test
  void finishedJobKeepsItsRate() {
    jobs.run(FREE, progress -> {
      progress.expect(1_000);
      clock.advance(Duration.ofSeconds(2));
      progress.advance(1_000, 0);
      return "done";
    });
    clock.advance(LONG);
    assertEquals(
        new JobProgress(1_000, OptionalLong.of(1_000), 0, 500, Duration.ZERO, Optional.empty()),
        newest().progress());
  }

  @Test
  void moreThanWasExpectedLeavesNothing() {
    jobs.run(FREE, progress -> {
      progress.expect(10);
      clock.advance(Duration.ofSeconds(1));
      progress.advance(11, 0);
      assertEquals(Optional.of(Duration.ZERO), newest().progress().remaining());
      return "done";
    });
  }

  @Test
  void secondJobOfAGroupIsRejected() {
    String answer = jobs.run(DIG, progress -> {
      OperationRunning refusal =
          assertThrows(OperationRunning.class, () -> jobs.run(FILL, more -> "unreached"));
      assertEquals(newest().id(), refusal.job());
      assertEquals("a dig is already running, job '" + newest().id() + "'", refusal.getMessage());
      assertThrows(OperationRunning.class, () -> jobs.start(DIG, more -> "unreached"));
      assertEquals("free", jobs.run(FREE, more -> "free"));
      return "done";
    });
    assertEquals("done", answer);
    assertEquals("done", jobs.run(FILL, progress -> "done"));
    assertEquals(3, jobs.recent().size());
  }

  @Test
  void queuedJobExcludesOthersOfItsGroup() {
    Job first = jobs.start(DIG, progress -> "done");
    assertEquals(
        first.id(),
        assertThrows(OperationRunning.class, () -> jobs.run(FILL, more -> "unreached"))
            .job());
    executor.runAll();
    assertEquals("done", jobs.run(FILL, progress -> "done"));
  }

  @Test
  void groupIsFreeWhenAJobHasEnded() {
    AtomicReference<Jobs> late = new AtomicReference<>();
    List<String> told = new ArrayList<>();
    late.set(new Jobs(executor, clock, job -> {
      if (told.size() < 2) {
        told.add(job.kind().name());
        late.get().run(FILL, progress -> "done");
      }
    }));
    late.get().run(DIG, progress -> "done");
    assertEquals(List.of("dig", "fill"), told);
  }

  @Test
  void runningJobIsCancelledAtItsCheckpoint() {
    Job job = jobs.start(DIG, progress -> {
      progress.checkpoint();
      jobs.cancel(newest().id());
      assertEquals(JobState.RUNNING, newest().state());
      assertTrue(newest().cancelRequested());
      jobs.cancel(newest().id());
      progress.checkpoint();
      throw new AssertionError("it goes on");
    });
    executor.runAll();
    assertEquals(JobState.CANCELLED, job.snapshot().state());
    assertEquals("dig was cancelled", job.snapshot().failure().orElseThrow().getMessage());
    assertEquals(List.of("dig CANCELLED"), ended.told());
    assertEquals("done", jobs.run(FILL, progress -> "done"));
  }

  @Test
  void waiterOfACancelledJobIsNotified() {
    assertThrows(
        Cancelled.class,
        () -> jobs.run(DIG, progress -> {
          jobs.cancel(newest().id());
          progress.checkpoint();
          return "unreached";
        }));
    assertEquals(JobState.CANCELLED, newest().state());
  }

  @Test
  void cancelledQueuedJobNeverRuns() {
    Job job = jobs.start(DIG, progress -> {
      throw new AssertionError("it runs");
    });
    assertSame(job, jobs.cancel(job.id()));
    assertEquals(JobState.CANCELLED, job.snapshot().state());
    assertEquals(Optional.empty(), job.snapshot().startedAt());
    assertEquals("done", jobs.run(FILL, progress -> "done"));
    executor.runAll();
    assertEquals(JobState.CANCELLED, job.snapshot().state());
    assertEquals(List.of("dig CANCELLED", "fill DONE"), ended.told());
  }

  @Test
  void whatIsCancelledTooLateIsDone() {
    jobs.run(FREE, progress -> {
      jobs.cancel(newest().id());
      return "done";
    });
    assertEquals(JobState.DONE, newest().state());
    assertTrue(newest().cancelRequested());
  }

  @Test
  void cancellingWhatHasFinishedChangesNothing() {
    jobs.run(FREE, progress -> "done");
    JobSnapshot before = newest();
    jobs.cancel(before.id());
    assertEquals(before, newest());
    assertEquals(List.of("count DONE"), ended.told());
  }

  @Test
  void lastFinishedJobsAreRemembered() {
    Job running = jobs.start(DIG, progress -> "done");
    for (int i = 0; i < Jobs.KEPT + 5; i++) {
      int number = i;
      jobs.run(FREE, progress -> number);
    }
    List<Object> results = jobs.recent().stream()
        .map(job -> job.snapshot().result().orElse("none"))
        .toList();
    List<Object> expected = new ArrayList<>(
        IntStream.range(0, Jobs.KEPT).mapToObj(i -> Jobs.KEPT + 4 - i).toList());
    expected.add("none");
    assertEquals(expected, results);
    assertSame(running, jobs.find(running.id()));
  }

  @Test
  void unknownJobIsNotFound() {
    assertThrows(JobNotFound.class, () -> jobs.find("nothing"));
    assertThrows(JobNotFound.class, () -> jobs.cancel("nothing"));
  }

  @Test
  void idsAreShortUniqueAndUrlSafe() {
    Set<String> ids = IntStream.range(0, 50)
        .mapToObj(i -> {
          String id = jobs.start(FREE, progress -> "done").id();
          executor.runAll();
          return id;
        })
        .collect(Collectors.toSet());
    assertEquals(50, ids.size());
    assertTrue(ids.stream().allMatch(id -> id.matches("[0-9a-v]{1,16}")), ids::toString);
  }

  private List<Job> startMany(JobKind kind, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> jobs.start(kind, progress -> "done"))
        .toList();
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
  void tooManyJobsOfAKindAreRefused() {
    List<Job> started = startMany(FREE, JobKind.AT_ONCE + JobKind.WAITING);
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
  void aCancelledJobPassesItsTurnOn() {
    List<Job> started = startMany(FREE, JobKind.AT_ONCE + 2);
    jobs.cancel(started.get(0).id());
    jobs.cancel(started.get(JobKind.AT_ONCE).id());
    executor.runAll();
    assertEquals(List.of("count CANCELLED", "count CANCELLED"), ended.told().subList(0, 2));
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
    List<Job> started = startMany(FREE, JobKind.AT_ONCE + JobKind.WAITING);
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
  void closingTellsWhatDoesNotEnd() {
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
