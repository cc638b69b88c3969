package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.error.PlanOutgrown;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;
import org.ocmcore.cache.domain.query.KeyFilter;

class BulkJobsTest extends BulkJobsFixture {
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
    assertThrows(TooManyKeys.class, () -> bulk.preview(two, () -> {}));
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
    CopiesSummary summary = bulk.preview(delete("."), () -> {}).summary();
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
    CopiesSummary summary = bulk.preview(delete("."), () -> {}).summary();
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
    String plan = bulk.preview(delete("^k"), () -> {}).plan();
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
    String plan = bulk.preview(delete("^k"), () -> {}).plan();
    bench.clock.advance(Duration.ofMinutes(60));
    assertEquals(OptionalLong.of(0), bulk.planned(plan).planned());
    bench.clock.advance(Duration.ofSeconds(1));
    assertThrows(PlanNotFound.class, () -> bulk.planned(plan));
    assertThrows(PlanNotFound.class, () -> bulk.planned("other"));
  }
}
