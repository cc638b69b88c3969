package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final CountDownLatch over = new CountDownLatch(1);

  @Test
  void whatACommandWaitsForIsInterrupted() {
    try (Interruption interruption = new Interruption()) {
      interruption.open(over);
      assertFalse(Thread.currentThread().isInterrupted());
      interruption.request();
      assertTrue(Thread.currentThread().isInterrupted());
      assertEquals(0, over.getCount());
    }
    // Otherwise the next work of this thread would end at once.
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aCommandThatBeginsTooLateEndsAtOnce() {
    try (Interruption interruption = new Interruption()) {
      interruption.request();
      interruption.open(over);
      assertEquals(0, over.getCount());
      assertTrue(interruption.isRequested());
    }
  }

  @Test
  void afterTheEndNothingIsInterrupted() {
    Interruption interruption = new Interruption();
    interruption.open(over);
    interruption.close();
    interruption.request();
    assertFalse(Thread.currentThread().isInterrupted());
    assertEquals(1, over.getCount());
  }
}
