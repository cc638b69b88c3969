package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.OperationRunning;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.JobState;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoreRequest.Mode;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import org.ocmcore.cache.domain.testing.Bench;

class DumpJobsTest {
  private static final RestoreRequest NEWEST = named(Optional.empty());

  private final Bench bench = new Bench();
  private final DumpJobs dumpJobs = bench.dumpJobs;

  private static RestoreRequest named(Optional<String> name) {
    return name.map(RestoreRequest.MISSING::of).orElse(RestoreRequest.MISSING);
  }

  private JobSnapshot newest() {
    return bench.jobs.recent().get(0).snapshot();
  }

  @Test
  void startedDumpEndsWithItsResult() {
    bench.store("k", "v");
    Job job = dumpJobs.startDump();
    assertEquals("dump", job.kind().name());
    assertEquals(List.of(), bench.dumps.names());
    bench.executor.runAll();
    DumpResult report = (DumpResult) job.snapshot().result().orElseThrow();
    assertEquals(bench.dumps.describe("dump-1"), report.dump());
    assertEquals(OptionalLong.of(1), job.snapshot().progress().expected());
  }

  @Test
  void startedRestoreEndsWithItsResult() {
    bench.store("k", "v");
    dumpJobs.dump();
    bench.cache.clear();
    Job job = dumpJobs.startRestore(NEWEST);
    assertEquals("restore", job.kind().name());
    bench.executor.runAll();
    RestoreAccount account = (RestoreAccount) job.snapshot().result().orElseThrow();
    assertEquals(NEWEST, account.request());
    assertEquals(1, account.restored());
    assertEquals(1, bench.cache.keys().size());
  }

  @Test
  void whatOneWaitsForIsAJobToo() {
    bench.store("k", "v");
    assertEquals(Optional.of(dumpJobs.dump()), newest().result());
    RestoreAccount report = dumpJobs.restore(NEWEST);
    assertEquals(Optional.of(report), newest().result());
    assertEquals(
        dumpJobs.dumpUnlessLost(PublishGuard.NONE).map(Object.class::cast),
        newest().result());
  }

  @Test
  void skippedAutomaticDumpHasNoResult() {
    bench.store("k", "v");
    dumpJobs.dump();
    bench.cache.clear();
    assertEquals(Optional.empty(), dumpJobs.dumpUnlessLost(PublishGuard.NONE));
    assertEquals(JobState.DONE, newest().state());
    assertEquals(Optional.empty(), newest().result());
  }

  @Test
  void dumpsAndRestoresExcludeEachOther() {
    bench.store("k", "v");
    bench.before("bulk read", () -> assertAllRefused("dump"));
    dumpJobs.dump();
    bench.before("bulk store", () -> assertAllRefused("restore"));
    dumpJobs.restore(NEWEST);
    assertEquals(List.of("dump DONE", "restore DONE"), bench.ended.reported());
    bench.before("nothing", () -> {});
    dumpJobs.dump();
  }

  private void assertAllRefused(String running) {
    List<OperationRunning> refusals = new ArrayList<>();
    refusals.add(assertThrows(OperationRunning.class, dumpJobs::dump));
    refusals.add(
        assertThrows(OperationRunning.class, () -> dumpJobs.dumpUnlessLost(PublishGuard.NONE)));
    refusals.add(assertThrows(OperationRunning.class, dumpJobs::startDump));
    refusals.add(assertThrows(OperationRunning.class, () -> dumpJobs.restore(NEWEST)));
    if (running.equals("restore")) {
      refusals.add(assertThrows(OperationRunning.class, () -> dumpJobs.startRestore(NEWEST)));
    }
    for (OperationRunning refusal : refusals) {
      assertEquals(Optional.of(newest().id()), refusal.job());
      assertTrue(refusal.getMessage().startsWith("a " + running), refusal.getMessage());
    }
  }

  @Test
  void restoreOfAMissingDumpDoesNotStart() {
    assertThrows(DumpNotFound.class, () -> dumpJobs.startRestore(NEWEST));
    dumpJobs.dump();
    assertThrows(DumpNotFound.class, () -> dumpJobs.startRestore(named(Optional.of("../secret"))));
    assertEquals(1, bench.jobs.recent().size());
  }

  @Test
  void restoresSayWhatTheyRestoreAndWhetherTheyDo() {
    String name = dumpJobs.dump().dump().name();
    dumpJobs.restore(NEWEST.asDryRun());
    assertEquals(
        "dry run of the newest dump; entries with any name; leaves keys that exist",
        newest().about());
    dumpJobs.restore(NEWEST
        .of(name)
        .in(Mode.REPLACE)
        .with(RestoredLifetime.fixed(Lifetime.ofSeconds(60)))
        .ontoCold()
        .salvaging()
        .atMost(OptionalLong.of(5)));
    assertEquals(
        "dump '%s'; entries with any name; replaces keys that exist; timeout 60; onto servers that lost their items; what is intact; at most 5 entries"
            .formatted(name),
        newest().about());
  }

  @Test
  void jobDetectsADamagedDump() {
    dumpJobs.dump();
    bench.dumps.corrupt("dump-1");
    Job job = dumpJobs.startRestore(NEWEST);
    bench.executor.runAll();
    assertEquals(JobState.FAILED, job.snapshot().state());
    assertEquals(DumpUnusable.class, job.snapshot().failure().orElseThrow().getClass());
  }

  @Test
  void cancelledDumpKeepsTheOldOne() {
    bench.store("old", "v");
    dumpJobs.dump();
    bench.storeMany("k", 2_500);
    bench.before("bulk read", () -> bench.jobs.cancel(newest().id()));
    assertThrows(Cancelled.class, dumpJobs::dump);
    assertEquals(JobState.CANCELLED, newest().state());
    assertEquals(List.of("dump-1"), bench.dumps.names());
    assertEquals(1, bench.dumps.entries("dump").size());
    assertEquals(0, bench.dumps.open());
  }
}
