package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossLogTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final List<String> lines = new ArrayList<>();
  private long now;
  private final LossLog log = new LossLog("a:1", () -> now, lines::add, lines::add);

  @Test
  void anOutageIsLoggedAtItsBeginAndEnd() {
    log.succeeded();
    log.failed("refused");
    log.failed("refused");
    log.succeeded();
    log.succeeded();
    assertEquals(List.of("memcached a:1 is lost: refused", "memcached a:1 is back"), lines);
  }

  @Test
  void aFlappingServerIsLoggedOnceAMinute() {
    log.failed("refused");
    log.succeeded();
    lines.clear();
    for (int i = 0; i < 10 * 60; i++) {
      now += SECOND / 2;
      log.failed("refused");
      now += SECOND / 2;
      log.succeeded();
    }
    assertEquals(9, lines.size());
    assertEquals(
        "memcached a:1 is lost: refused (lost or back 121 times since the last line)",
        lines.get(0));
  }

  @Test
  void theLastStateIsToldAfterTheMinute() {
    log.failed("refused");
    log.succeeded();
    log.failed("refused");
    lines.clear();
    log.failed("refused");
    assertEquals(List.of(), lines);
    now += 61 * SECOND;
    log.failed("refused");
    assertEquals(List.of("memcached a:1 is lost: refused"), lines);
  }
}
