package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacingTest {
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void keysWaitForTheirTurn() {
    new Pacing(2, pauses::add).await(200_000);
    assertEquals(1, pauses.size());
    Duration hundredThousand = Duration.ofSeconds(100_000);
    assertTrue(pauses.get(0).compareTo(hundredThousand) <= 0, pauses.toString());
    assertTrue(pauses.get(0).compareTo(hundredThousand.dividedBy(2)) > 0, pauses.toString());
  }

  @Test
  void withoutARateNothingWaits() {
    new Pacing(0, pauses::add).await(200_000);
    assertEquals(List.of(), pauses);
  }
}
