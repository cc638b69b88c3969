package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.transfer.RateLimit;

/** What the tests of Dumper share. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DumperFixture {
  static final Retention KEEP = new Retention(2, 0);
  final Bench bench = new Bench();

  DumpResult dump() {
    return bench.dumper.dump(Progress.UNWATCHED);
  }

  static DumpPolicy at(RateLimit pace) {
    return new DumpPolicy(Duration.ZERO, 0, KEEP, false, pace);
  }

  static Set<CacheKey> keys(List<CacheEntry> entries) {
    assertEquals(
        entries.size(), entries.stream().map(CacheEntry::key).distinct().count());
    return entries.stream().map(CacheEntry::key).collect(Collectors.toSet());
  }
}
