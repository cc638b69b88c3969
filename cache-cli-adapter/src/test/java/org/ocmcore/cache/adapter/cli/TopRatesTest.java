package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TopRatesTest {
  private static final Instant START = Instant.parse("2026-11-27T03:00:00Z");

  /** A server whose counters are multiples of a number. */
  static ServerView server(String address, long uptime, long count) {
    return new ServerView(
        address,
        true,
        Optional.empty(),
        Optional.of("1.6.38"),
        OptionalLong.of(uptime),
        OptionalLong.of(5),
        OptionalLong.of(1_000),
        OptionalLong.of(64_000),
        OptionalLong.of(3 * count),
        OptionalLong.of(count),
        OptionalDouble.of(0.5),
        OptionalLong.of(2 * count),
        OptionalLong.of(count),
        OptionalLong.of(7));
  }

  static CounterSample sample(long second, ServerView... servers) {
    return new CounterSample(
        new StatsView(0, "development", List.of(servers), Optional.empty()),
        START.plusSeconds(second));
  }

  @Test
  void ratesAreDifferencesByTime() {
    TopView view =
        TopRates.between(sample(0, server("a:1", 100, 0)), sample(4, server("a:1", 104, 40)));
    TopRow row = view.servers().get(0);
    assertEquals(4, view.intervalSeconds());
    assertEquals(OptionalDouble.of(40), row.getsPerSecond());
    assertEquals(OptionalDouble.of(30), row.hitsPerSecond());
    assertEquals(OptionalDouble.of(10), row.missesPerSecond());
    assertEquals(OptionalDouble.of(20), row.storesPerSecond());
    assertEquals(OptionalDouble.of(10), row.evictionsPerSecond());
    assertEquals(OptionalDouble.of(0.75), row.hitRatio());
    assertEquals("2026-11-27T03:00:04Z", row.at());
    assertTrue(view.isUp());
  }

  @Test
  void withoutReadsThereIsNoRatio() {
    TopView view =
        TopRates.between(sample(0, server("a:1", 100, 9)), sample(4, server("a:1", 104, 9)));
    assertEquals(OptionalDouble.of(0), view.servers().get(0).getsPerSecond());
    assertEquals(OptionalDouble.empty(), view.servers().get(0).hitRatio());
    assertEquals(OptionalDouble.empty(), view.fleet().hitRatio());
  }

  @Test
  void aRestartedServerHasNoRates() {
    TopRow lower = TopRates.between(
            sample(0, server("a:1", 100, 50)), sample(4, server("a:1", 104, 40)))
        .servers()
        .get(0);
    TopRow higher = TopRates.between(
            sample(0, server("a:1", 100, 50)), sample(4, server("a:1", 3, 60)))
        .servers()
        .get(0);
    for (TopRow row : List.of(lower, higher)) {
      assertEquals(OptionalDouble.empty(), row.getsPerSecond());
      assertEquals(OptionalDouble.empty(), row.evictionsPerSecond());
      assertEquals(OptionalLong.of(1_000), row.bytes());
    }
  }

  @Test
  void roundedUptimesAreNoRestart() {
    TopRow row = TopRates.between(
            sample(0, server("a:1", 102, 50)), sample(2, server("a:1", 102, 60)))
        .servers()
        .get(0);
    assertEquals(OptionalDouble.of(20), row.getsPerSecond());
  }

  @Test
  void withoutTimeThereAreNoRates() {
    TopRow row = TopRates.between(
            sample(3, server("a:1", 100, 50)), sample(3, server("a:1", 100, 60)))
        .servers()
        .get(0);
    assertEquals(OptionalDouble.empty(), row.getsPerSecond());
  }

  @Test
  void theFleetAddsWhatIsKnown() {
    CounterSample before = sample(0, server("a:1", 100, 0), server("b:1", 100, 0));
    TopView both =
        TopRates.between(before, sample(1, server("a:1", 101, 1), server("b:1", 101, 3)));
    assertEquals(OptionalDouble.of(16), both.fleet().getsPerSecond());
    assertEquals(OptionalLong.of(2_000), both.fleet().bytes());
    ServerView down = before.failed("no answer", START).stats().servers().get(1);
    TopView one = TopRates.between(before, sample(1, server("a:1", 101, 1), down));
    assertEquals(OptionalDouble.of(4), one.fleet().getsPerSecond());
    assertFalse(one.isUp());
    assertTrue(one.servers().get(1).isDown());
    assertFalse(one.fleet().isDown());
    assertEquals(Optional.of("no answer"), one.servers().get(1).problem());
  }

  @Test
  void theTrackingOfAServiceHasItsAge() {
    CounterSample before = sample(0, server("a:1", 100, 0));
    CounterSample after = new CounterSample(
        new StatsView(
            0,
            "development",
            List.of(server("a:1", 104, 0)),
            Optional.of(new TrackingView(List.of(new TrackingView.Server(
                "a:1", "feed", Optional.of(new TrackingView.Walk(START.minusSeconds(30)))))))),
        START.plusSeconds(4));
    TopRow row = TopRates.between(before, after).servers().get(0);
    assertEquals(Optional.of("feed"), row.trackingMode());
    assertEquals(OptionalLong.of(34), row.lastWalkSeconds());
  }
}
