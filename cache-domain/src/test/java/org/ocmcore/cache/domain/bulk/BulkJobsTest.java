package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.error.PlanOutgrown;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.JobState;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.CopiesSummary;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.testing.Bench;

class BulkJobsTest {
  private static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  private static final BulkChange REFRESH = new BulkChange.Refresh(HOUR, 0);

  private final Bench bench = new Bench();
  private final BulkJobs bulk = bench.bulk;

  private static BulkRequest delete(String pattern) {
    return new BulkRequest(BulkChange.DELETE, KeyFilter.matching(KeyPattern.of(pattern)));
  }

  private static BulkRequest refresh(String pattern) {
    return new BulkRequest(REFRESH, KeyFilter.matching(KeyPattern.of(pattern)));
  }

  private static void assertAddsUp(BulkAccount report) {
    for (ServerBulkAccount share : report.servers()) {
      assertEquals(share.matched(), share.done() + share.absent() + share.refused() + share.left());
      assertEquals(share.failure().isEmpty(), share.left() == 0, share::toString);
    }
  }

  private boolean isNever(String key) {
    return bench.cache.read(CacheKey.of(key)).orElseThrow().expiry().isNever();
  }

  @Test
  void deletingLeavesTheOthersAndTheIndexKnows() {
    bench.storeMany("old:", 25_000);
    bench.store("new:1", "v");
    BulkAccount report = bulk.run(delete("^old:"));
    assertAddsUp(report);
    assertEquals(25_000, report.sum(ServerBulkAccount::matched));
    assertEquals(25_000, report.sum(ServerBulkAccount::done));
    assertEquals(bench.cache.servers().size(), report.servers().size());
    assertEquals(Set.of(CacheKey.of("new:1")), bench.cache.keys());
    assertEquals(1, bench.reader.known().summary(KeyFilter.ALL, 1).totals().keys());
    assertEquals(0, bulk.run(delete("^old:")).sum(ServerBulkAccount::matched));
  }

  @Test
  void accountListsServersInConfiguredOrder() {
    List<String> servers = bench.cache.servers();
    for (String first : servers) {
      bench.storeMany("k:", 100);
      String key = IntStream.range(0, 1_000)
          .mapToObj(i -> "a:" + i)
          .filter(name -> bench.cache.place(CacheKey.of(name)).server().equals(first))
          .findFirst()
          .orElseThrow();
      bench.store(key, "v");
      BulkAccount report = bulk.run(delete("."));
      assertEquals(
          servers, report.servers().stream().map(ServerBulkAccount::server).toList());
    }
  }

  @Test
  void refreshingLeavesTheOthersAndTheValues() {
    bench.storeMany("old:", 3);
    bench.store("new:1", "v");
    assertEquals(3, bulk.run(refresh("^old:")).sum(ServerBulkAccount::done));
    assertTrue(isNever("new:1"));
    assertFalse(isNever("old:1"));
    assertEquals(
        3, bench.reader.known().summary(KeyFilter.ALL, 1).totals().ttl().underDay());
  }

  @Test
  void jitterOnlyShortensLifetimes() {
    bench.storeMany("k", 1_000);
    BulkChange spread = new BulkChange.Refresh(HOUR, 0.5);
    bulk.run(new BulkRequest(spread, KeyFilter.ALL));
    Instant now = bench.clock.instant();
    Set<Long> ends = new HashSet<>();
    for (CacheKey key : bench.cache.keys()) {
      Duration left =
          bench.cache.read(key).orElseThrow().expiry().remaining(now).orElseThrow();
      assertTrue(left.toSeconds() >= 1_800 && left.toSeconds() <= 3_600, left::toString);
      ends.add(left.toSeconds());
    }
    assertTrue(ends.size() > 500, () -> ends.size() + " different ends");
    assertEquals(
        Lifetime.FOREVER, new BulkChange.Refresh(Lifetime.FOREVER, 1).lifetimeOf(CacheKey.of("k")));
    for (double jitter : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new BulkChange.Refresh(HOUR, jitter));
    }
  }

  @Test
  void tooManyKeysOrCostlyPatternChangesNothing() {
    bench.storeMany("k", 3);
    bench.store("a".repeat(250), "v");
    BulkRequest two = delete("^k").atMost(OptionalLong.of(2));
    assertEquals(3, assertThrows(TooManyKeys.class, () -> bulk.run(two)).matched());
    assertThrows(TooManyKeys.class, () -> bulk.preview(two));
    assertThrows(PatternTooCostly.class, () -> bulk.run(delete("(.*a){25}(?!.)|k")));
    assertEquals(4, bench.cache.keys().size());
    assertEquals(3, bulk.run(delete("^k").atMost(OptionalLong.of(3))).sum(ServerBulkAccount::done));
  }

  @Test
  void unlistableServerPreventsTheChange() {
    bench.storeMany("k", 10);
    int keys = bench.cache.keys().size();
    bench.cache.takeDown("b:1");
    assertThrows(StoreUnavailable.class, () -> bulk.run(delete(".")));
    bench.cache.bringBack("b:1");
    assertEquals(keys, bench.cache.keys().size());
  }

  @Test
  void strayCopiesAreWorkedOnAsWell() {
    bench.store("k", "v");
    String elsewhere = bench.stray("k");
    CopiesSummary summary = bulk.preview(delete(".")).summary();
    assertEquals(2, summary.copies());
    assertEquals(List.of(CacheKey.of("k")), summary.sample());
    assertEquals(2, bulk.run(refresh(".")).sum(ServerBulkAccount::done));
    assertEquals(2, bulk.run(delete(".")).sum(ServerBulkAccount::done));
    assertEquals(Set.of(), bench.cache.keysOn(elsewhere));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void previewDescribesAndChangesNothing() {
    bench.storeMany("shop:", 30);
    bench.storeMany("k", 5);
    CopiesSummary summary = bulk.preview(delete(".")).summary();
    assertEquals(35, summary.copies());
    // 48 header + 8 CAS + key + NUL + one byte of value + CR LF.
    assertEquals(10 * 66 + 20 * 67 + 5 * 62, summary.bytes());
    assertEquals(BulkJobs.SAMPLE, summary.sample().size());
    assertEquals(CacheKey.of("k0"), summary.sample().get(0));
    assertEquals(
        List.of(new AppCopies(new AppName("shop"), 30), new AppCopies(new AppName("global"), 5)),
        summary.apps());
    assertEquals(2, summary.totalApps());
    for (String server : bench.cache.servers()) {
      assertEquals(bench.cache.keysOn(server).size(), summary.servers().get(server));
    }
    assertEquals(35, bench.cache.keys().size());
  }

  @Test
  void planRunsUnlessItHasOutgrownItsPreview() {
    bench.storeMany("k", 20);
    bench.store("other", "v");
    String plan = bulk.preview(delete("^k")).plan();
    bench.store("k20", "v");
    bench.store("k21", "v");
    assertEquals(22, bulk.run(bulk.planned(plan)).sum(ServerBulkAccount::done));
    bench.storeMany("k", 23);
    PlanOutgrown outgrown = assertThrows(PlanOutgrown.class, () -> bulk.run(bulk.planned(plan)));
    assertEquals(
        "20 keys matched when this was planned, 23 do now: more than a tenth more; nothing was done",
        outgrown.getMessage());
    assertEquals(24, bench.cache.keys().size());
  }

  @Test
  void aPlanIsForgottenAfterAnHour() {
    String plan = bulk.preview(delete("^k")).plan();
    bench.clock.advance(Duration.ofMinutes(60));
    assertEquals(OptionalLong.of(0), bulk.planned(plan).planned());
    bench.clock.advance(Duration.ofSeconds(1));
    assertThrows(PlanNotFound.class, () -> bulk.planned(plan));
    assertThrows(PlanNotFound.class, () -> bulk.planned("other"));
  }

  @Test
  void vanishedAndRefusedKeysAreCounted() {
    bench.storeMany("k", 150);
    for (int i = 0; i < 120; i++) {
      bench.cache.refuse(CacheKey.of("k" + i));
    }
    bench.before("bulk delete", () -> bench.cache.delete(CacheKey.of("k149")));
    BulkAccount report = bulk.run(delete("."));
    assertAddsUp(report);
    assertEquals(29, report.sum(ServerBulkAccount::done));
    assertEquals(1, report.sum(ServerBulkAccount::absent));
    assertEquals(120, report.sum(ServerBulkAccount::refused));
    assertEquals(100, report.refused().size());
    assertEquals("out of memory", report.refused().get(0).reason());
    assertTrue(report.failure().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "refresh"})
  void otherServersFinishIfOneFails(String verb) {
    bench.storeMany("k", 60_000);
    int others = bench.cache.keysOn("a:1").size() + bench.cache.keysOn("c:1").size();
    AtomicInteger batches = new AtomicInteger();
    bench.before("bulk " + verb, () -> {
      if (batches.incrementAndGet() == 4) {
        bench.cache.takeDown("b:1");
      }
    });
    BulkRequest request = verb.equals("delete") ? delete(".") : refresh(".");
    BulkAccount report = bulk.run(request);
    assertAddsUp(report);
    assertEquals(60_000, report.sum(ServerBulkAccount::matched));
    ServerBulkAccount failed = report.servers().stream()
        .filter(share -> share.server().equals("b:1"))
        .findFirst()
        .orElseThrow();
    assertTrue(failed.left() > 0 && failed.done() > 0, failed::toString);
    assertEquals(others, report.sum(ServerBulkAccount::done) - failed.done());
    BulkIncomplete failure =
        assertInstanceOf(BulkIncomplete.class, report.failure().orElseThrow());
    assertTrue(failure.getMessage().contains("b:1"), failure.getMessage());

    bench.cache.bringBack("b:1");
    BulkAccount again = bulk.run(request);
    assertTrue(again.failure().isEmpty());
    assertEquals(
        verb.equals("delete") ? failed.left() : 60_000, again.sum(ServerBulkAccount::done));
  }

  @Test
  void cancelledJobReportsWhatItDid() {
    bench.storeMany("k", 60_000);
    Job job = bulk.start(delete("."));
    bench.before("bulk delete", () -> bench.jobs.cancel(job.id()));
    bench.executor.runAll();
    JobSnapshot end = job.snapshot();
    assertEquals(JobState.CANCELLED, end.state());
    assertInstanceOf(Cancelled.class, end.failure().orElseThrow());
    BulkAccount report = (BulkAccount) end.result().orElseThrow();
    long done = report.sum(ServerBulkAccount::done);
    assertTrue(done > 0 && done < 60_000, () -> done + " were done");
    assertEquals(60_000, report.sum(ServerBulkAccount::matched));
    assertEquals(60_000 - done, report.sum(ServerBulkAccount::left));
    assertEquals(60_000 - done, bench.cache.keys().size());
    assertTrue(report.servers().stream().allMatch(share -> share.failure().isEmpty()));
  }

  @Test
  void cancelledJobReportsFailedServers() {
    bench.storeMany("k", 3_000);
    Job job = bulk.start(delete(".").at(1_000));
    AtomicInteger batches = new AtomicInteger();
    bench.before("bulk delete", () -> {
      if (batches.incrementAndGet() == 100) {
        bench.cache.takeDown("b:1");
      } else if (batches.get() == 1_000) {
        bench.jobs.cancel(job.id());
      }
    });
    bench.executor.runAll();
    assertEquals(JobState.CANCELLED, job.snapshot().state());
    BulkAccount report = (BulkAccount) job.snapshot().result().orElseThrow();
    assertEquals(
        List.of("b:1"),
        report.servers().stream()
            .filter(share -> share.failure().isPresent())
            .map(ServerBulkAccount::server)
            .toList());
  }

  /** Nobody waits for keys that a server would have had if it had not failed. */
  @Test
  void failedServerUsesNoneOfTheRate() {
    bench.storeMany("k", 3_000);
    int others = bench.cache.keysOn("a:1").size() + bench.cache.keysOn("c:1").size();
    bench.before("bulk delete", () -> bench.cache.takeDown("b:1"));
    Instant start = bench.clock.instant();
    BulkAccount report = bulk.run(delete(".").at(100));
    assertEquals(others, report.sum(ServerBulkAccount::done));
    long seconds = Duration.between(start, bench.clock.instant()).toSeconds();
    assertTrue(seconds >= others / 100 - 1 && seconds <= others / 100 + 1, seconds + " s");
  }

  @Test
  void aJobTellsWhatItIsAbout() {
    KeyCriteria traits = new KeyCriteria(
        OptionalLong.of(10),
        OptionalLong.of(99),
        Optional.of(Duration.ofSeconds(60)),
        Optional.of(Duration.ofSeconds(5)),
        false,
        Optional.of(Duration.ofHours(1)));
    KeyFilter filter = KeyFilter.startingWith(KeyBytes.of("a:"))
        .with(KeyPattern.of("x$"))
        .with(new AppName("a"))
        .with(traits)
        .on("b:1");
    BulkChange spread = new BulkChange.Refresh(HOUR, 0.5);
    assertEquals(
        "keys with pattern 'x$', app 'a', prefix 'a:', min size 10, max size 99, ttl below 60,"
            + " ttl above 5, idle above 3600, server b:1; timeout 3600, jitter 0.5;"
            + " at most 50 a second",
        bulk.start(new BulkRequest(spread, filter).at(50)).snapshot().about());
    bulk.run(delete("^k"));
    assertEquals(
        "delete of keys with pattern '^k'",
        bench.jobs.recent().get(0).snapshot().title());
    assertEquals(
        "refresh of keys with any name; for ever",
        bulk.start(new BulkRequest(new BulkChange.Refresh(Lifetime.FOREVER, 0), KeyFilter.ALL))
            .snapshot()
            .title());
  }

  @Test
  void aRateIsKept() {
    bench.storeMany("k", 1_000);
    Instant start = bench.clock.instant();
    bulk.run(delete(".").at(100));
    long seconds = Duration.between(start, bench.clock.instant()).toSeconds();
    assertTrue(seconds >= 9 && seconds <= 10, seconds + " s");
    assertThrows(IllegalArgumentException.class, () -> delete(".").at(-1));
  }

  @Test
  void namedKeysAreWorkedOnWhereTheyBelong() {
    bench.storeMany("k", 10);
    BulkAccount report = bulk.run(
        BulkChange.DELETE, List.of(CacheKey.of("k1"), CacheKey.of("k2"), CacheKey.of("none")));
    assertAddsUp(report);
    assertEquals(2, report.sum(ServerBulkAccount::done));
    assertEquals(1, report.sum(ServerBulkAccount::absent));
    assertEquals(8, bench.cache.keys().size());
  }
}
