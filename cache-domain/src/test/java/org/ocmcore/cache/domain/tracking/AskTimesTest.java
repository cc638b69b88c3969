package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.MutableClock;

class AskTimesTest {
  private final MutableClock clock = new MutableClock();

  @Test
  void everyKeyHasItsRequestTime() {
    Random random = new Random(1);
    AskTimes<Integer> times = new AskTimes<>(IntStream.range(0, 10_000).boxed().iterator(), clock);
    ArrayDeque<Instant> expected = new ArrayDeque<>();
    while (times.hasNext() || !expected.isEmpty()) {
      if (times.hasNext() && (expected.isEmpty() || random.nextInt(100) < 55)) {
        times.next();
        expected.add(clock.instant());
      } else {
        Instant asked = expected.remove();
        Duration early = Duration.between(times.answered(), asked);
        assertFalse(early.isNegative());
        assertTrue(early.toNanos() < 1_000_000, early::toString);
      }
      clock.advance(Duration.ofNanos(random.nextInt(10) == 0 ? 3_000_000 : 100_000));
    }
  }

  @Test
  void theFirstKeyHasItsExactTime() {
    AskTimes<Integer> times = new AskTimes<>(IntStream.range(0, 2).boxed().iterator(), clock);
    clock.advance(Duration.ofNanos(400_000));
    Instant first = clock.instant();
    times.next();
    clock.advance(Duration.ofNanos(100_000));
    times.next();
    assertEquals(first, times.taken());
    assertEquals(first, times.answered());
    assertEquals(first, times.answered());
  }

  @Test
  void aClockThatIsSetBackIsFollowed() {
    AskTimes<Integer> times = new AskTimes<>(IntStream.range(0, 2).boxed().iterator(), clock);
    Instant first = clock.instant();
    times.next();
    clock.advance(Duration.ofHours(-1));
    times.next();
    assertEquals(first, times.answered());
    assertEquals(clock.instant(), times.answered());
  }
}
