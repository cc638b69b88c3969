package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.testing.Bench;

/** What the tests of BulkJobs share. */
abstract class BulkJobsFixture {
  static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  static final BulkChange REFRESH = new BulkChange.Refresh(HOUR, 0);
  final Bench bench = new Bench();
  final BulkJobs bulk = bench.bulk;

  static BulkRequest delete(String pattern) {
    return new BulkRequest(BulkChange.DELETE, KeyFilter.matching(KeyPattern.of(pattern)));
  }

  static BulkRequest refresh(String pattern) {
    return new BulkRequest(REFRESH, KeyFilter.matching(KeyPattern.of(pattern)));
  }

  static void assertAddsUp(BulkAccount report) {
    for (ServerBulkAccount share : report.servers()) {
      assertEquals(share.matched(), share.done() + share.absent() + share.refused() + share.left());
      assertEquals(share.failure().isEmpty(), share.left() == 0, share::toString);
    }
  }
}
