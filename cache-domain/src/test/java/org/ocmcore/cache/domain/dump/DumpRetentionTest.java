package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.testing.Bench;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DumpRetentionTest extends DumperFixture {
  @Test
  void olderDumpsThatAreTooManyAreRemoved() {
    for (int i = 0; i < 5; i++) {
      bench.store("k" + i, "v");
      dump();
    }
    assertEquals(List.of("dump-5", "dump-4", "dump-3"), bench.dumps.names());
  }

  @Test
  void partialDumpsDoNotDisplaceCompleteOnes() {
    for (int i = 0; i < 3; i++) {
      dump();
    }
    bench.dumps.corrupt("dump-1");
    bench.dumps.corrupt("dump-2");
    for (int i = 0; i < 4; i++) {
      dump();
    }
    assertEquals(List.of("dump-7", "dump-6", "dump-5", "dump-2", "dump-1"), bench.dumps.names());
  }

  @Test
  void dumpSucceedsIfOldDumpsCannotBeRemoved() {
    for (RuntimeException failure :
        List.of(new DumpFailed("permission denied"), new IllegalStateException("a fault"))) {
      Bench fresh = new Bench();
      for (int i = 0; i < 3; i++) {
        fresh.dumper.dump(Progress.UNWATCHED);
      }
      fresh.dumps.failDeletes(failure);
      assertEquals("dump-4", fresh.dumper.dump(Progress.UNWATCHED).dump().name());
      assertEquals(
          List.of("written 0", "not removed: " + failure.getMessage()),
          fresh.events.reported().subList(3, 5));
    }
  }
}
