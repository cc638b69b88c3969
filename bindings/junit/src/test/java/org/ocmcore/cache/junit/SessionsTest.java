package org.ocmcore.cache.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;

// docs/library.md shows this.
// example
@WithCache
final class SessionsTest {
  @Test
  void aSessionExpires(Cache cache, TestClock clock) {
    cache.set("session:1", "ada", Duration.ofMinutes(30));
    clock.advance(Duration.ofMinutes(30));
    assertEquals(Optional.empty(), cache.get("session:1", String.class));
  }
}
// end
