package org.ocmcore.cache.domain.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class KeyInfoTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000, 999_999_999);

  private static KeyInfo accessedAt(long second) {
    return new KeyInfo(CacheKey.of("k"), Expiry.NEVER, 60, second, false, "a:1");
  }

  @Test
  void idleTimeCountsFromTheLastAccess() {
    assertEquals(Optional.of(Duration.ofSeconds(100)), accessedAt(900).idle(NOW));
  }

  @Test
  void idleTimeIsNeverNegative() {
    assertEquals(Optional.of(Duration.ZERO), accessedAt(1_001).idle(NOW));
  }

  @Test
  void idleTimeIsUnknownWithoutALastAccess() {
    assertEquals(Optional.empty(), accessedAt(KeyInfo.UNKNOWN).idle(NOW));
  }

  @Test
  void itIsPlacedOnItsServer() {
    assertEquals(new PlacedKey(CacheKey.of("k"), "a:1"), accessedAt(1).placed());
  }
}
