package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessViewTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

  private static List<String> notes(String asOf, String... incomplete) {
    return new FreshnessView(asOf, incomplete.length == 0, List.of(incomplete)).notes(NOW);
  }

  @Test
  void anAnswerThatIsOldSaysSo() {
    assertEquals(
        List.of(
            "as of 2026-01-02T11:59:49.999Z: what was stored since may be missing;"
                + " --servers H:P,... asks servers now",
            "a:1 is down"),
        notes("2026-01-02T11:59:49.999Z", "a:1 is down"));
  }

  @Test
  void anAnswerOfNowHasNoNote() {
    assertEquals(List.of(), notes("2026-01-02T11:59:50Z"));
    assertEquals(List.of("a:1 is down"), notes("2026-01-02T12:00:07Z", "a:1 is down"));
  }
}
