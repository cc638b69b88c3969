package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.junit.TestClock;
import org.ocmcore.cache.junit.WithCache;

@WithCache
final class CallLimitTest {
  private final TestClock clock;
  private final CallLimit limit;

  CallLimitTest(Cache cache, TestClock clock) {
    this.clock = clock;
    limit = new CallLimit(cache, 2, Duration.ofMinutes(1));
  }

  @Test
  void eachClientHasItsOwnLimit() {
    assertTrue(limit.allows("ada"));
    assertTrue(limit.allows("ada"));
    assertFalse(limit.allows("ada"));
    assertTrue(limit.allows("grace"));
  }

  @Test
  void theTimeBeginsWithTheFirstRequest() {
    limit.allows("ada");
    clock.advance(Duration.ofSeconds(59));
    limit.allows("ada");
    assertFalse(limit.allows("ada"));
    clock.advance(Duration.ofSeconds(1));
    assertTrue(limit.allows("ada"));
  }
}
