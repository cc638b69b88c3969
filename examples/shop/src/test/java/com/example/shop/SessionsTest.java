package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;

final class SessionsTest {
  private final MovedClock clock = new MovedClock();
  private final Cache cache = Cache.builder(MemoryStore.open(clock)).build();
  private final Sessions sessions = new Sessions(cache);

  @AfterEach
  void close() {
    cache.close();
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
      clock.move(Sessions.IDLE.minus(Duration.ofSeconds(1)));
      assertEquals(Optional.of("ada"), sessions.user(ada));
    }
    clock.move(Sessions.IDLE);
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
