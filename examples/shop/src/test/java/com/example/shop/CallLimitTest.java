package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;

final class CallLimitTest {
  private final MovedClock clock = new MovedClock();
  private final Cache cache = Cache.builder(MemoryStore.open(clock)).build();
  private final CallLimit limit = new CallLimit(cache, 2, Duration.ofMinutes(1));

  @AfterEach
  void close() {
    cache.close();
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
    clock.move(Duration.ofSeconds(59));
    limit.allows("ada");
    assertFalse(limit.allows("ada"));
    clock.move(Duration.ofSeconds(1));
    assertTrue(limit.allows("ada"));
  }
}
