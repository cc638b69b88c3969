package org.ocmcore.cache.domain.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.testing.Bench;

class StatsHistoryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Bench bench = new Bench("a:1");
  private final StatsHistory history = new StatsHistory(bench.cache::servers, bench.clock);
  private final SampledKeyspace sampled = new SampledKeyspace(bench.cache, history);
  private final Instant start = bench.clock.instant();

  private void askFor(Duration time) {
    for (long i = 0; i < time.toSeconds(); i++) {
      sampled.stats("a:1");
      bench.clock.advance(SECOND);
    }
  }

  private StatsHistory.Server past(Instant since, Duration step) {
    return history.since(since, step).servers().iterator().next();
  }

  private List<String> events() {
    return past(Instant.EPOCH, SECOND).events().stream()
        .map(event -> event.kind().toString())
        .toList();
  }

  @Test
  void keepsOneSampleEveryTwoSeconds() {
    askFor(Duration.ofSeconds(10));
    List<StatsSample> samples = past(start, SECOND).samples();
    assertEquals(
        List.of(0L, 2L, 4L, 6L, 8L),
        samples.stream()
            .map(sample -> Duration.between(start, sample.at()).toSeconds())
            .toList());
  }

  @Test
  void keepsFineSamplesForAnHour() {
    askFor(Duration.ofHours(2));
    List<StatsSample> samples =
        past(bench.clock.instant().minus(StatsHistory.FINE_SPAN), SECOND).samples();
    assertEquals(1_800, samples.size());
    assertEquals(bench.clock.instant().minusSeconds(2), samples.get(1_799).at());
  }

  @Test
  void keepsCoarseSamplesForSevenDays() {
    for (int minute = 0; minute < 8 * 24 * 60; minute++) {
      sampled.stats("a:1");
      bench.clock.advance(Duration.ofMinutes(1));
    }
    StatsHistory.Past past = history.since(start, SECOND);
    assertEquals(StatsHistory.COARSE_STEP, past.step());
    assertEquals(7 * 24 * 60, past.servers().iterator().next().samples().size());
  }

  @Test
  void aStepKeepsItsLastSample() {
    askFor(Duration.ofSeconds(60));
    List<StatsSample> samples = past(start, Duration.ofSeconds(10)).samples();
    assertTrue(samples.size() == 6 || samples.size() == 7, () -> samples.size() + " samples");
    long steps = samples.stream()
        .map(sample -> sample.at().getEpochSecond() / 10)
        .distinct()
        .count();
    assertEquals(samples.size(), steps);
  }

  @Test
  void remembersLostAndBackOnce() {
    sampled.stats("a:1");
    bench.cache.takeDown("a:1");
    assertThrows(StoreUnavailable.class, () -> sampled.stats("a:1"));
    assertThrows(StoreUnavailable.class, () -> sampled.stats("a:1"));
    assertFalse(history.isUp("a:1"));
    bench.cache.bringBack("a:1");
    sampled.stats("a:1");
    assertTrue(history.isUp("a:1"));
    assertEquals(List.of("lost", "back"), events());
  }

  @Test
  void remembersRestartsAndFlushes() {
    bench.store("k", "v");
    sampled.stats("a:1");
    bench.cache.restart("a:1");
    sampled.stats("a:1");
    bench.cache.clear();
    sampled.stats("a:1");
    assertEquals(List.of("restart", "flush"), events());
  }

  @Test
  void remembersWhatARestartLost() {
    bench.store("k", "v");
    bench.store("l", "v");
    sampled.stats("a:1");
    bench.cache.takeDown("a:1");
    assertThrows(StoreUnavailable.class, () -> sampled.stats("a:1"));
    bench.cache.bringBack("a:1");
    bench.cache.restart("a:1");
    sampled.stats("a:1");
    assertEquals(
        List.of(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(2)),
        past(Instant.EPOCH, SECOND).events().stream()
            .map(ServerEvent::itemsBefore)
            .toList());
  }

  @Test
  void anyTimeMayBeTheBeginning() {
    sampled.stats("a:1");
    assertEquals(1, past(Instant.MIN, SECOND).samples().size());
    assertEquals(0, past(Instant.MAX, SECOND).samples().size());
  }

  @Test
  void thePastOfAServerIsCopiedWhenItIsItsTurn() {
    sampled.stats("a:1");
    StatsHistory.Past past = history.since(start, SECOND);
    bench.clock.advance(StatsHistory.FINE_STEP);
    sampled.stats("a:1");
    List<StatsSample> samples = past.servers().iterator().next().samples();
    bench.clock.advance(StatsHistory.FINE_STEP);
    sampled.stats("a:1");
    assertEquals(2, samples.size());
  }

  @Test
  void aServerThatWasNeverAskedIsNotUp() {
    assertFalse(history.isUp("a:1"));
    assertEquals(List.of(), past(start, SECOND).samples());
  }
}
