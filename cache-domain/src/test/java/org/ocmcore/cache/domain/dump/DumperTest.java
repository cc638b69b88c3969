package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.testing.Bench;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DumperTest extends DumperFixture {
  @Test
  void dumpHoldsEveryKeyWithItsMetadata() {
    CacheEntry lasting = new CacheEntry(CacheKey.of("a"), CacheValue.ofText("v"), Expiry.NEVER);
    CacheEntry passing = new CacheEntry(
        CacheKey.of("b"),
        CacheValue.of(new byte[] {1, 2}, 7),
        Expiry.at(bench.clock.instant().plusSeconds(60)));
    bench.cache.store(passing.key(), passing.value(), Lifetime.ofSeconds(60));
    bench.store("a", "v");
    long now = bench.clock.instant().getEpochSecond();
    DumpResult report = dump();
    assertEquals(
        Set.of(new DumpEntry(lasting, now), new DumpEntry(passing, now)),
        Set.copyOf(bench.dumps.dumped("dump")));
    assertEquals(bench.clock.instant(), report.dump().createdAt());
    assertEquals("1.0", report.dump().header().product());
    assertEquals(List.of("a:1", "b:1", "c:1"), report.dump().header().servers());
    assertEquals(Map.of(), report.skipped());
    assertEquals(List.of("written 2"), bench.events.reported());
  }

  @Test
  void theAccountAddsUpForEachServer() {
    bench.storeMany("k", 2_500);
    DumpAccount account = dump().account();
    assertTrue(account.isComplete());
    assertEquals(
        List.of("a:1", "b:1", "c:1"),
        account.servers().stream().map(ServerAccount::server).toList());
    for (ServerAccount server : account.servers()) {
      int there = bench.cache.keysOn(server.server()).size();
      assertEquals(
          new ServerAccount(server.server(), there, there, 0, 0, 0, 0, 0, 0, Optional.empty()),
          server);
    }
    assertEquals(Optional.of(account), bench.dumps.describe("dump").account());
  }

  @Test
  void onlyTheCountingCopyIsDumped() {
    bench.storeMany("k", 2_500);
    for (int i = 0; i < 1_500; i++) {
      bench.stray("k" + i);
    }
    DumpResult report = dump();
    assertEquals(2_500, keys(bench.dumps.entries("dump")).size());
    assertTrue(bench.dumps.entries("dump").stream()
        .allMatch(entry -> entry.value().equals(CacheValue.ofText("v"))));
    assertEquals(Map.of(SkipReason.ELSEWHERE, 1_500L), report.skipped());
    assertTrue(report.account().isComplete());
  }

  @Test
  void onlyCopyOfAKeyIsDumpedOnce() {
    for (String server : bench.cache.servers()) {
      bench.cache.put(
          server,
          new CacheEntry(CacheKey.of("everywhere"), CacheValue.ofText(server), Expiry.NEVER));
    }
    String home = bench.cache.place(CacheKey.of("k")).server();
    bench.cache.servers().stream()
        .filter(server -> !server.equals(home))
        .forEach(server -> bench.cache.put(
            server, new CacheEntry(CacheKey.of("k"), CacheValue.ofText(server), Expiry.NEVER)));
    dump();
    Map<CacheKey, CacheValue> dumped = bench.dumps.entries("dump").stream()
        .collect(Collectors.toMap(CacheEntry::key, CacheEntry::value));
    String first = bench.cache.servers().stream()
        .filter(server -> !server.equals(home))
        .findFirst()
        .orElseThrow();
    assertEquals(
        Map.of(
            CacheKey.of("k"),
            CacheValue.ofText(first),
            CacheKey.of("everywhere"),
            CacheValue.ofText(bench.cache.place(CacheKey.of("everywhere")).server())),
        dumped);
  }

  @Test
  void anEmptyCacheMakesAnEmptyDump() {
    assertEquals(0, dump().dump().entries());
  }

  @Test
  void keysThatVanishDuringADumpAreCounted() {
    bench.storeMany("k", 10);
    bench.cache.store(CacheKey.of("short"), CacheValue.ofText("v"), Lifetime.ofSeconds(2));
    AtomicInteger reads = new AtomicInteger();
    bench.before("bulk read", () -> {
      if (reads.incrementAndGet() == 1) {
        bench.clock.advance(Duration.ofSeconds(3));
      }
      bench.cache.delete(CacheKey.of("k1"));
      bench.cache.delete(CacheKey.of("k2"));
    });
    DumpResult report = bench.dumper(Bench.POLICY, new Deferred()).dump(Progress.UNWATCHED);
    assertEquals(8, report.dump().entries());
    assertEquals(Map.of(SkipReason.GONE, 2L, SkipReason.EXPIRED, 1L), report.skipped());
    assertEquals(Duration.ofSeconds(3), report.duration());
    assertTrue(report.account().isComplete());
  }

  /** Measures and walks all servers before it reads any: what goes meanwhile has been seen. */
  private static final class Deferred implements java.util.concurrent.Executor {
    private final List<Runnable> reads = new ArrayList<>();
    private int given;

    @Override
    public void execute(Runnable work) {
      given++;
      if (given % 3 != 0) {
        work.run();
      } else {
        reads.add(work);
      }
      if (given == 9) {
        reads.forEach(Runnable::run);
      }
    }
  }
}
