package org.ocmcore.cache.domain.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

class ReadinessTest {
  private final Bench bench = new Bench("a:1", "b:1");
  private final StatsHistory history = new StatsHistory(bench.cache::servers, bench.clock);
  private final KeyTracker tracker = new KeyTracker(
      new SampledKeyspace(bench.cache, history),
      bench.cache,
      Runnable::run,
      bench.scheduler,
      bench.clock,
      TrackingPolicy.DEFAULT,
      bench.tracking);
  private final Readiness readiness =
      new Readiness(tracker, history, TrackingPolicy.DEFAULT, bench.dumps, bench.clock);

  private List<String> failed() {
    return readiness.report().checks().stream()
        .filter(check -> !check.isOk())
        .map(Readiness.Check::name)
        .toList();
  }

  @Test
  void nothingIsReadyBeforeTheStart() {
    assertEquals(List.of("start", "server a:1", "server b:1", "index a:1", "index b:1"), failed());
    assertFalse(readiness.report().isReady());
  }

  @Test
  void everythingIsReadyAfterTheStart() {
    tracker.start();
    readiness.started();
    assertEquals(List.of(), failed());
    assertTrue(readiness.report().isReady());
  }

  @Test
  void theRestoreAtStartCounts() {
    tracker.start();
    assertEquals(List.of("start"), failed());
  }

  @Test
  void aServerThatIsDownFailsItsCheck() {
    tracker.start();
    readiness.started();
    bench.cache.takeDown("b:1");
    bench.scheduler.advance(Duration.ofSeconds(2));
    assertEquals(List.of("server b:1"), failed());
  }
}
