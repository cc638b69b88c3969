package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.TooBusy;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TurnsTest {
  private static final int MOST = JobKind.AT_ONCE + JobKind.WAITING;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Turns turns = new Turns("work");

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void someWorkSomeWaitAndOthersAreRefused() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> results = IntStream.range(0, MOST + 5)
        .mapToObj(i -> threads.submit(() -> {
          try {
            return turns.take(() -> {
              most.accumulateAndGet(working.incrementAndGet(), Math::max);
              await(released);
              working.decrementAndGet();
              return 1;
            });
          } catch (TooBusy e) {
            refused.incrementAndGet();
            return 0;
          }
        }))
        .toList();
    while (refused.get() < 5 || working.get() < JobKind.AT_ONCE) {
      Thread.onSpinWait();
    }
    TooBusy refusal = assertThrows(TooBusy.class, () -> turns.take(() -> 1));
    assertTrue(refusal.getMessage().contains("24 of \"work\""), refusal::getMessage);
    released.countDown();
    int done = 0;
    for (Future<Integer> result : results) {
      done += result.get();
    }
    assertEquals(MOST, done);
    assertEquals(JobKind.AT_ONCE, most.get());
    assertEquals(1, turns.take(() -> 1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void workThatFailsGivesItsTurnBack() {
    for (int i = 0; i < MOST + 1; i++) {
      assertThrows(
          IllegalStateException.class,
          () -> turns.take(() -> {
            throw new IllegalStateException();
          }));
    }
    assertEquals(1, turns.take(() -> 1));
  }
}
