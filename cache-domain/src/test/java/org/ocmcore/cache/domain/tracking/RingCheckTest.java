package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.Bench;

class RingCheckTest {
  private final Bench bench = new Bench();
  private final List<Optional<String>> reported = new ArrayList<>();
  private final RingCheck check = new RingCheck(
      bench.cache, bench.tracker, bench.scheduler, bench.clock, fit -> reported.add(fit.fitting()));

  @BeforeEach
  void start() {
    check.start();
  }

  @AfterEach
  void close() {
    check.close();
  }

  private void storeOnFirstServer(int count) {
    for (int i = 0; i < count; i++) {
      bench.cache.put(
          "a:1", new CacheEntry(CacheKey.of("first" + i), CacheValue.ofText("v"), Expiry.NEVER));
    }
  }

  private void elapse(Duration duration) {
    bench.scheduler.advance(duration);
  }

  @Test
  void theFittingRingIsReportedOnce() {
    storeOnFirstServer(90);
    elapse(Duration.ofHours(1));
    assertEquals(List.of(Optional.of("first")), reported);
    assertEquals(90, check.latest().orElseThrow().sampled());
    assertEquals(90, check.latest().orElseThrow().matches().get("first"));
  }

  @Test
  void fewKeysSayNothing() {
    storeOnFirstServer(RingFit.MIN_SAMPLE - 1);
    elapse(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), check.latest());
    storeOnFirstServer(RingFit.MIN_SAMPLE);
    elapse(Duration.ofSeconds(5));
    assertEquals(List.of(Optional.of("first")), reported);
  }

  @Test
  void aChangeIsReportedAgain() {
    bench.storeMany("k", 100);
    elapse(Duration.ofMinutes(1));
    storeOnFirstServer(100);
    elapse(Duration.ofMinutes(10));
    assertEquals(List.of(Optional.of("modulo"), Optional.empty()), reported);
  }

  @Test
  void anEmptiedCacheKeepsTheLastResult() {
    bench.storeMany("k", 100);
    elapse(Duration.ofMinutes(1));
    bench.cache.clear();
    elapse(Duration.ofMinutes(10));
    assertEquals(100, check.latest().orElseThrow().matches().get("modulo"));
  }

  @Test
  void serversThatAreDownAreTriedAgain() {
    bench.storeMany("k", 100);
    bench.cache.takeDown("b:1");
    elapse(Duration.ofMinutes(1));
    assertEquals(List.of(), reported);
    bench.cache.bringBack("b:1");
    elapse(Duration.ofSeconds(5));
    assertEquals(List.of(Optional.of("modulo")), reported);
  }

  @Test
  void serversThatAreNotWalkedSayNothing() {
    bench.storeMany("k", 100);
    bench.cache.refuseWalks("b:1");
    elapse(Duration.ofMinutes(1));
    assertEquals(List.of(), reported);
  }

  @Test
  void aClosedCheckDoesNothing() {
    bench.storeMany("k", 100);
    check.close();
    elapse(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), check.latest());
    assertEquals(List.of(), bench.scheduler.due());
  }
}
