package org.ocmcore.cache.domain.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StorePermitsTest {
  private final StorePermits permits = new StorePermits(10);

  @Test
  void thereAreNoMorePermitsThanTheLimit() {
    assertEquals(7, permits.take(7));
    assertEquals(3, permits.take(7));
    permits.settle(7, 0);
    permits.settle(3, 0);
    assertEquals(0, permits.take(1));
  }

  @Test
  void unusedPermitsAreTakenAgain() {
    permits.settle(permits.take(10), 4);
    assertEquals(4, permits.take(10));
  }

  @Test
  void theLastPermitsAreAwaited() throws InterruptedException {
    int all = permits.take(10);
    AtomicInteger taken = new AtomicInteger();
    Thread waiting = new Thread(() -> taken.set(permits.take(5)));
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    permits.settle(all, 2);
    waiting.join();
    assertEquals(2, taken.get());
  }
}
