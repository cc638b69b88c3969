package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteBudgetTest {
  private static final InetAddress A = address("192.0.2.1");
  private static final InetAddress B = address("192.0.2.2");
  private static final InetAddress C = address("192.0.2.3");
  private static final Duration LONG = Duration.ofMinutes(1);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void closingAShareReturnsItsBytes() {
    ByteBudget budget = new ByteBudget(100, LONG);
    try (ByteBudget.Share share = budget.share(A)) {
      share.take(30);
      share.take(10);
      assertEquals(60, budget.free());
    }
    assertEquals(100, budget.free());
  }

  @Test
  void aShareIsAtMostHalf() {
    ByteBudget budget = new ByteBudget(100, LONG);
    try (ByteBudget.Share share = budget.share(A)) {
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
    ByteBudget.Share first = budget.share(A);
    ByteBudget.Share second = budget.share(B);
    ByteBudget.Share third = budget.share(C);
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
    ByteBudget.Share first = budget.share(A);
    ByteBudget.Share second = budget.share(B);
    first.grow(50);
    RequestRejected tooLarge = assertThrows(RequestRejected.class, () -> first.grow(1));
    assertTrue(
        tooLarge.problem().detail().contains("at most 50"), tooLarge.problem().detail());
    second.grow(40);
    ByteBudget.Share third = budget.share(C);
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
    budget.share(A).take(50);
    budget.share(B).take(50);
    RequestRejected refusal =
        assertThrows(RequestRejected.class, () -> budget.share(C).take(1));
    assertEquals(Kind.TOO_BUSY, refusal.problem().kind());
    assertEquals(0, budget.free());
  }

  @Test
  void anAddressHasHalfWhateverItsRequests() {
    ByteBudget budget = new ByteBudget(100, Duration.ZERO);
    budget.share(A).take(30);
    assertTrue(budget.share(A).tryTake(20));
    assertFalse(budget.share(A).tryTake(1));
    ByteBudget.Share more = budget.share(A);
    RequestRejected refusal = assertThrows(RequestRejected.class, () -> more.take(1));
    assertTrue(
        refusal.problem().detail().contains("those of this address 50 of at most 50"),
        refusal.problem().detail());
    more.growUpTo(10);
    assertEquals(0, more.held());
    budget.share(B).take(50);
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    ByteBudget budget = new ByteBudget(100, Duration.ZERO);
    budget.share(address("2001:db8::1")).take(50);
    assertFalse(budget.share(address("2001:db8::2")).tryTake(1));
    assertTrue(budget.share(address("2001:db8:1::1")).tryTake(50));
  }

  @Test
  void whoWaitsForItsAddressKeepsNobodyWaiting() {
    ByteBudget budget = new ByteBudget(100, LONG);
    ByteBudget.Share first = budget.share(A);
    first.take(50);
    ByteBudget.Share second = budget.share(A);
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> second.take(50));
    budget.share(B).take(40);
    budget.share(C).take(5);
    first.shrink(10);
    budget.share(C).take(5);
    assertFalse(waiting.isDone());
    first.close();
    waiting.join();
    assertEquals(0, budget.free());
  }

  @Test
  void smallRequestsDoNotKeepALargeOneWaiting() {
    ByteBudget budget = new ByteBudget(100, Duration.ZERO);
    ByteBudget.Share small = budget.share(A);
    small.take(5);
    ByteBudget.Share large = budget.share(A);
    large.take(1_000);
    assertEquals(45, large.held());
    small.close();
    large.growUpTo(1_000);
    assertEquals(50, large.held());
  }
}
