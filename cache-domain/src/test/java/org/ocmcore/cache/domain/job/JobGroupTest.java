package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.JobNotFound;
import org.ocmcore.cache.domain.error.OperationRunning;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;

class JobGroupTest extends JobFixture {
  @Test
  void secondJobOfAGroupIsRejected() {
    String answer = jobs.run(DIG, progress -> {
      OperationRunning refusal =
          assertThrows(OperationRunning.class, () -> jobs.run(FILL, more -> "unreached"));
      assertEquals(Optional.of(newest().id()), refusal.job());
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
  void theJobOfAnotherIsNotNamed() {
    Job first = jobs.start(DIG, progress -> "done");
    JobOrder order = new JobOrder(
        FILL, "", new JobOwner("seller", "operator", AppScope.of(Set.of(new AppName("shop")))));
    OperationRunning refusal =
        assertThrows(OperationRunning.class, () -> jobs.start(order, progress -> "unreached"));
    assertEquals(Optional.empty(), refusal.job());
    assertFalse(refusal.getMessage().contains(first.id()), refusal::getMessage);
    executor.runAll();
  }

  @Test
  void queuedJobExcludesOthersOfItsGroup() {
    Job first = jobs.start(DIG, progress -> "done");
    assertEquals(
        Optional.of(first.id()),
        assertThrows(OperationRunning.class, () -> jobs.run(FILL, more -> "unreached"))
            .job());
    executor.runAll();
    assertEquals("done", jobs.run(FILL, progress -> "done"));
  }

  @Test
  void groupIsFreeWhenAJobHasEnded() {
    AtomicReference<Jobs> late = new AtomicReference<>();
    List<String> reported = new ArrayList<>();
    late.set(new Jobs(executor, clock, job -> {
      if (reported.size() < 2) {
        reported.add(job.kind().name());
        late.get().run(FILL, progress -> "done");
      }
    }));
    late.get().run(DIG, progress -> "done");
    assertEquals(List.of("dig", "fill"), reported);
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
    assertEquals(List.of("dig CANCELLED"), ended.reported());
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
    assertEquals(List.of("dig CANCELLED", "fill DONE"), ended.reported());
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
    assertEquals(List.of("count DONE"), ended.reported());
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
  void jobsOfOthersPushNoneOut() {
    JobOrder anna = new JobOrder(FREE, "", new JobOwner("anna", "operator", AppScope.ALL));
    jobs.run(anna, progress -> "hers");
    String id = newest().id();
    jobs.run(FREE, progress -> "of the service");
    for (int i = 0; i < 5 * Jobs.KEPT_OF_ALL; i++) {
      jobs.run(
          new JobOrder(FREE, "", new JobOwner("vera" + i % 5, "operator", AppScope.ALL)),
          progress -> "flood");
    }
    assertEquals("hers", jobs.find(id).snapshot().result().orElseThrow());
    assertEquals(Jobs.KEPT_OF_ALL, jobs.recent().size());
    assertEquals(
        "of the service",
        jobs.recent().get(Jobs.KEPT_OF_ALL - 2).snapshot().result().orElseThrow());
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
}
