package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.Cancelled;
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
            return turns.take("caller " + i, () -> {
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
    TooBusy refusal = assertThrows(TooBusy.class, () -> turns.take("vera", () -> 1));
    assertTrue(refusal.getMessage().contains("24 of \"work\""), refusal::getMessage);
    released.countDown();
    int done = 0;
    for (Future<Integer> result : results) {
      done += result.get();
    }
    assertEquals(MOST, done);
    assertEquals(JobKind.AT_ONCE, most.get());
    assertEquals(1, turns.take("vera", () -> 1));
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
          () -> turns.take("vera", () -> {
            throw new IllegalStateException();
          }));
    }
    assertEquals(1, turns.take("vera", () -> 1));
  }

  @Test
  void anOwnerLeavesPlacesToOthers() {
    IntStream.range(0, JobKind.AT_ONCE).forEach(i -> turns.begin("vera"));
    List<Thread> waiting = IntStream.range(JobKind.AT_ONCE, MOST / 2)
        .mapToObj(i -> waiting(turns, "vera", () -> {}))
        .toList();
    TooBusy refusal = assertThrows(TooBusy.class, () -> turns.take("vera", () -> 1));
    assertTrue(refusal.getMessage().startsWith("vera has 12 of at most 24 "), refusal::getMessage);
    Thread other = waiting(turns, "anna", () -> {});
    turns.end("vera");
    join(other);
    IntStream.range(1, JobKind.AT_ONCE).forEach(i -> turns.end("vera"));
    waiting.forEach(TurnsTest::join);
    assertEquals(1, turns.take("vera", () -> 1));
  }

  @Test
  void ownersTakeTurns() {
    Turns single = new Turns("work", 1, 20);
    List<String> order = new CopyOnWriteArrayList<>();
    single.begin("vera");
    List<Thread> waiting = Stream.of("vera", "vera", "vera", "anna", "otto", "anna")
        .map(owner -> waiting(single, owner, () -> order.add(owner)))
        .toList();
    // Whoever works lets the others go first, too.
    single.pass("vera");
    single.end("vera");
    waiting.forEach(TurnsTest::join);
    assertEquals(List.of("vera", "anna", "otto", "vera", "anna", "vera"), order);
    assertTrue(single.tryBegin());
  }

  @Test
  void whoeverIsInterruptedLeavesNothingBehind() {
    Turns single = new Turns("work", 1, 1);
    single.begin("vera");
    Thread interrupted = waiting(single, "anna", () -> {
      throw new AssertionError("it had no turn");
    });
    interrupted.interrupt();
    join(interrupted);
    assertFalse(single.tryBegin());
    single.end("vera");
    assertEquals(1, single.take("anna", () -> 1));
    assertTrue(single.tryBegin());
  }

  /** A thread that waits for its turn already. */
  private static Thread waiting(Turns turns, String owner, Runnable task) {
    Thread thread = new Thread(() -> {
      try {
        turns.take(owner, () -> {
          task.run();
          return 1;
        });
      } catch (Cancelled interrupted) {
        // As the test wants it.
      }
    });
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
