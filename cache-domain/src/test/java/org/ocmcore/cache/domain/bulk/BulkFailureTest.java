package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobSnapshot;
import org.ocmcore.cache.domain.job.JobState;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;

class BulkFailureTest extends BulkJobsFixture {
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
  void aJobDescribesItsSubject() {
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
