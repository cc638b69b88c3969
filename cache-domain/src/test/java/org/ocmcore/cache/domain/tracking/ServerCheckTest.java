package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.ServerStats;

class ServerCheckTest {
  private static List<String> risks(long bytes, OptionalLong limit, long evictions) {
    ServerStats stats = new ServerStats(
        "1.6.40",
        "process",
        Duration.ofHours(1),
        10,
        bytes,
        limit,
        0,
        0,
        0,
        false,
        evictions,
        0,
        0,
        OptionalLong.of(1),
        false);
    return new ServerCheck(
            "a:1",
            Optional.of(new ServerCheck.Answers(
                stats, Duration.ofMillis(1), List.of(), Set.of(), Optional.empty())),
            Optional.empty())
        .riskTexts();
  }

  @Test
  void memoryThatIsNearlyTakenIsARisk() {
    assertEquals(List.of(), risks(894, OptionalLong.of(1_000), 0));
    assertEquals(
        List.of("90 % of its memory is taken: it will evict items soon"),
        risks(900, OptionalLong.of(1_000), 0));
  }

  @Test
  void memoryWithoutALimitIsNeverFull() {
    assertEquals(List.of(), risks(Long.MAX_VALUE, OptionalLong.empty(), 0));
    assertEquals(List.of(), risks(900, OptionalLong.of(0), 0));
  }

  @Test
  void evictionsSayMoreThanMemory() {
    assertEquals(
        List.of("it has evicted 1,200 items since its start: it is full"),
        risks(950, OptionalLong.of(1_000), 1_200));
  }
}
