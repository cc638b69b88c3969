package org.ocmcore.cache.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.ocmcore.cache.domain.testing.Bench;

/** What the tests of AutoDump share. */
abstract class AutoDumpFixture {
  static final Duration MINUTE = Duration.ofSeconds(60);
  final Bench bench = new Bench();
  final AutoDump autoDump = bench.autoDump;
  final Instant noon = bench.clock.instant();

  @BeforeEach
  void storeAKey() {
    bench.store("k", "v");
  }

  List<String> reported() {
    return bench.events.reported();
  }
}
