package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivingValuesTest {
  /** One address has half. */
  private final ByteBudget budget = new ByteBudget(2_000, Duration.ZERO);

  private final ByteBudget.Share share = share(1);

  private ByteBudget.Share share(int address) {
    try {
      return budget.share(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) address}));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void valuesTakeTheirBytesAndTheLargestMore() {
    share.take(100);
    ArrivingValues values = new ArrivingValues(share, 4);
    assertEquals(2, values.room(50, 20));
    assertEquals(100 + 70 + 4 * 50, share.held());
    values.arrived(50);
    values.arrived(20);
    values.settle();
    assertEquals(100 + 70 + 4 * 50, share.held());
  }

  @Test
  void whatHasNotArrivedIsGivenBack() {
    ArrivingValues values = new ArrivingValues(share, 4);
    values.room(100, 100);
    values.arrived(10);
    values.settle();
    assertEquals(50, share.held());
  }

  @Test
  void whatHasGrownMeanwhileIsTaken() {
    ArrivingValues values = new ArrivingValues(share, 4);
    values.room(10);
    values.arrived(150);
    values.settle();
    assertEquals(750, share.held());
    share(2).take(1_000);
    ArrivingValues others = new ArrivingValues(share(3), 4);
    others.room(10);
    others.arrived(150);
    assertThrows(RequestRejected.class, others::settle);
  }

  @Test
  void asManyAreReadAsThereIsRoomFor() {
    ArrivingValues values = new ArrivingValues(share, 4);
    assertEquals(6, values.room(100, 100, 100, 100, 100, 100, 100));
    for (int i = 0; i < 6; i++) {
      values.arrived(10);
    }
    assertEquals(5, values.room(100, 100, 100, 100, 100, 100));
    for (int i = 0; i < 5; i++) {
      values.arrived(100);
    }
    assertEquals(0, values.room(100, 100));
  }

  @Test
  void oneThatIsLargerThanAShareIsReadAlone() {
    ArrivingValues values = new ArrivingValues(share, 4);
    assertEquals(1, values.room(5_000, 10));
    assertEquals(1_000, share.held());
    values.arrived(5_000);
    assertEquals(0, values.room(10));
  }

  /** As where servers store large items, and nobody tells when a small one is replaced. */
  @Test
  void smallOnesAreReadOneByOneIfEachMayBeLargerThanAShare() {
    ArrivingValues values = new ArrivingValues(share, 4);
    for (int i = 0; i < 10; i++) {
      assertEquals(1, values.room(300, 300));
      values.arrived(10);
    }
    values.arrived(100);
    assertEquals(0, values.room(300, 300));
  }

  @Test
  void moreIsRefusedWhileOthersHoldIt() {
    ArrivingValues values = new ArrivingValues(share, 0);
    values.room(100);
    values.arrived(100);
    share(2).take(1_000);
    ByteBudget.Share third = share(3);
    third.take(850);
    assertEquals(1, values.room(50, 50));
    values.arrived(50);
    assertThrows(RequestRejected.class, () -> values.room(50));
  }

  @Test
  void whatIsWrittenIsGivenBack() {
    share.take(100);
    ArrivingValues values = new ArrivingValues(share, 4);
    values.room(50, 50);
    values.arrived(50);
    values.arrived(50);
    values.settle();
    assertEquals(100 + 100 + 200, share.held());
    values.left(50);
    assertEquals(100 + 50 + 200, share.held());
    values.left(50);
    assertEquals(100 + 200, share.held());
    assertEquals(2_000 - 300, budget.free());
  }
}
