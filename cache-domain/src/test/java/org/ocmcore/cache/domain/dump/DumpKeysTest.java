package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.query.Analysis;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.testing.FakeDumps;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class DumpKeysTest {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  private final FakeDumps dumps = new FakeDumps();

  private static CacheEntry entry(String key, Expiry expiry) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText("v"), expiry);
  }

  private KeyFinder finder(Progress progress) {
    try (DumpReader reader = dumps.salvage(dumps.currentName())) {
      return DumpKeys.of(reader, AppRule.DEFAULT, Workers.ALONE, progress);
    }
  }

  @Test
  void allKeysCountAsOfTheDump() {
    dumps.put(
        THEN,
        List.of(
            entry("user:2", Expiry.NEVER),
            entry("user:1", Expiry.at(THEN.plusSeconds(30))),
            entry("page", Expiry.at(THEN.plusSeconds(3_000)))));
    KeyFinder finder = finder(Progress.UNWATCHED);
    assertEquals(2, finder.count(KeyFilter.of(new AppName("user"))));
    Analysis analysis = finder.analysis(KeyFilter.ALL);
    assertEquals(3, analysis.totals().keys());
    assertEquals(1, analysis.ttl().under().get(0).keys());
    assertEquals(1, analysis.ttl().under().get(1).keys());
    assertEquals(1, analysis.ttl().none().keys());
    assertEquals(0, analysis.neverFetched().keys());
    assertEquals(0, analysis.onSeveralServers().keys());
    assertTrue(finder.freshness().isComplete());
    assertEquals(THEN, finder.freshness().asOf());
  }

  @Test
  void aDamagedDumpSaysThatKeysAreMissing() {
    dumps.put(THEN, List.of(entry("a", Expiry.NEVER)));
    dumps.corrupt(dumps.names().get(0));
    assertFalse(finder(Progress.UNWATCHED).freshness().isComplete());
  }

  @Test
  void moreKeysThanABatchAreAllThere() {
    List<CacheEntry> many = new ArrayList<>();
    for (int i = 0; i < 140_000; i++) {
      many.add(entry("k" + (i * 7_919L % 140_000), Expiry.NEVER));
    }
    dumps.put(THEN, many);
    RecordedProgress progress = new RecordedProgress();
    assertEquals(140_000, finder(progress).count(KeyFilter.ALL));
    assertEquals(140_000, progress.items());
  }
}
