package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.junit.TestClock;
import org.ocmcore.cache.junit.WithCache;

@WithCache
final class SessionsTest {
  private final TestClock clock;
  private final Cache cache;
  private final Sessions sessions;

  SessionsTest(Cache cache, TestClock clock) {
    this.clock = clock;
    this.cache = cache;
    sessions = new Sessions(cache);
  }

  @Test
  void usersHaveSessionsOfTheirOwn() {
    String ada = sessions.start("ada");
    String grace = sessions.start("grace");
    assertNotEquals(ada, grace);
    assertEquals(Optional.of("ada"), sessions.user(ada));
    assertEquals(Optional.of("grace"), sessions.user(grace));
  }

  @Test
  void useKeepsASessionAlive() {
    String ada = sessions.start("ada");
    for (int request = 0; request < 5; request++) {
      clock.advance(Sessions.IDLE.minus(Duration.ofSeconds(1)));
      assertEquals(Optional.of("ada"), sessions.user(ada));
    }
    clock.advance(Sessions.IDLE);
    assertEquals(Optional.empty(), sessions.user(ada));
  }

  @Test
  void anEndedSessionIsOver() {
    String ada = sessions.start("ada");
    sessions.end(ada);
    assertEquals(Optional.empty(), sessions.user(ada));
  }

  @Test
  void endingAllKeepsOtherKeys() {
    cache.set("other", "kept", Cache.FOREVER);
    String ada = sessions.start("ada");
    sessions.endAll();
    assertEquals(Optional.empty(), sessions.user(ada));
    assertEquals(Optional.of("kept"), cache.get("other", String.class));
  }
}
