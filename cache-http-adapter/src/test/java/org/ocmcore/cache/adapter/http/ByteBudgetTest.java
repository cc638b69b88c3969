package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteBudgetTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void closingAShareReturnsItsBytes() {
    ByteBudget budget = new ByteBudget(100, LONG);
    try (ByteBudget.Share share = budget.share()) {
      share.take(30);
      share.take(10);
      assertEquals(60, budget.free());
    }
    assertEquals(100, budget.free());
  }

  @Test
  void aShareIsAtMostHalf() {
    ByteBudget budget = new ByteBudget(100, LONG);
    try (ByteBudget.Share share = budget.share()) {
      share.take(30);
      share.take(1_000);
      share.take(1_000);
      assertEquals(50, budget.free());
    }
    assertEquals(100, budget.free());
  }

  @Test
  void aRequestWaitsForFreeBytes() {
    ByteBudget budget = new ByteBudget(100, LONG);
    ByteBudget.Share first = budget.share();
    ByteBudget.Share second = budget.share();
    ByteBudget.Share third = budget.share();
    first.take(50);
    second.take(50);
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> third.take(40));
    first.close();
    waiting.join();
    assertEquals(10, budget.free());
  }

  @Test
  void aShareGrowsWhileBytesAreFree() {
    ByteBudget budget = new ByteBudget(100, LONG);
    ByteBudget.Share first = budget.share();
    ByteBudget.Share second = budget.share();
    first.grow(50);
    RequestRejected tooLarge = assertThrows(RequestRejected.class, () -> first.grow(1));
    assertTrue(
        tooLarge.problem().detail().contains("at most 50"), tooLarge.problem().detail());
    second.grow(40);
    ByteBudget.Share third = budget.share();
    RequestRejected taken = assertThrows(RequestRejected.class, () -> third.grow(20));
    assertEquals(Kind.TOO_BUSY, taken.problem().kind());
    second.shrink(15);
    third.grow(20);
    second.close();
    assertEquals(30, budget.free());
  }

  @Test
  void waitingForBytesEnds() {
    ByteBudget budget = new ByteBudget(100, Duration.ZERO);
    budget.share().take(50);
    budget.share().take(50);
    RequestRejected refusal =
        assertThrows(RequestRejected.class, () -> budget.share().take(1));
    assertEquals(Kind.TOO_BUSY, refusal.problem().kind());
    assertEquals(0, budget.free());
  }
}
