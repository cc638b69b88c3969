package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.DumpFailed;

class JobsTest extends JobFixture {
  private final Instant noon = clock.instant();

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
    assertEquals(List.of("count DONE"), ended.reported());
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
  void aJobWithoutResultHasNone() {
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
    assertEquals(List.of("count FAILED"), ended.reported());
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
  void aJobThatFailedReportsWhatItExpected() {
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
}
