package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private long now;
  private final LogLimit limit = new LogLimit(() -> now);

  @Test
  void oneMessageAMinutePassesWithACount() {
    assertEquals(Optional.of(""), limit.pass("a"));
    assertEquals(Optional.empty(), limit.pass("a"));
    assertEquals(Optional.empty(), limit.pass("a"));
    assertEquals(Optional.of(""), limit.pass("b"));
    now += Duration.ofMinutes(1).toNanos();
    assertEquals(Optional.of(" (2 more like this since the last line)"), limit.pass("a"));
    now += Duration.ofMinutes(1).toNanos();
    assertEquals(Optional.of(""), limit.pass("a"));
  }
}
