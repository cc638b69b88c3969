package org.ocmcore.cache.domain.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.domain.job.Progress.UNWATCHED;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest.Mode;
import org.ocmcore.cache.domain.testing.Bench;

/** What the tests of Restorer share. */
abstract class RestorerFixture {
  static final RestoreRequest ADD = RestoreRequest.MISSING;
  static final RestoreRequest REPLACE = ADD.in(Mode.REPLACE);
  final Bench bench = new Bench();

  static RestoreRequest matching(String regex) {
    return REPLACE.with(KeyFilter.matching(KeyPattern.of(regex)));
  }

  static CacheEntry entry(String key, String value) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText(value), Expiry.NEVER);
  }

  void dumpOf(CacheEntry... entries) {
    bench.dumps.put(Instant.EPOCH, List.of(entries));
  }

  String value(String key) {
    byte[] bytes = bench.cache.get(CacheKey.of(key)).orElseThrow().bytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Restores all, and holds the counts against what the dump has. */
  RestoreAccount restore(RestoreRequest request) {
    RestoreAccount report = bench.restorer.restore(request, UNWATCHED);
    assertEquals(Optional.empty(), report.failure());
    assertEquals(
        report.dump().entries(), report.restored() + report.allSkipped() + report.failed());
    return report;
  }

  /** A restore that stops; holds the counts against what the dump has. */
  RestoreAccount stopped(Restorer restorer, RestoreRequest request, Progress progress) {
    RestoreAccount report = restorer.restore(request, progress);
    assertTrue(report.failure().isPresent(), report::toString);
    assertEquals(
        report.dump().entries(),
        report.restored()
            + report.allSkipped()
            + report.failed()
            + report.left().orElseThrow());
    return report;
  }

  Set<String> restored(KeyFilter filter) {
    bench.cache.clear();
    RestoreAccount report = restore(ADD.with(filter));
    assertEquals(report.restored(), bench.cache.keys().size());
    return bench.cache.keys().stream().map(CacheKey::toString).collect(Collectors.toSet());
  }

  void dumpOfMany(int count) {
    dumpOfMany(Instant.EPOCH, count);
  }

  void dumpOfMany(Instant createdAt, int count) {
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry("k" + i, "v"));
    }
    bench.dumps.put(createdAt, entries);
  }
}
