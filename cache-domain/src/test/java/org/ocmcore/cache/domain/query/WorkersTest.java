package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.query.Workers.CancelToken;
import org.ocmcore.cache.domain.testing.ManualExecutor;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static List<Function<CancelToken, Integer>> squares(int count) {
    return IntStream.range(0, count)
        .<Function<CancelToken, Integer>>mapToObj(i -> shift -> i * i)
        .toList();
  }

  @Test
  void resultsComeInTheOrderOfTheParts() {
    List<Integer> expected = IntStream.range(0, 100).map(i -> i * i).boxed().toList();
    assertEquals(expected, new Workers(threads, 4, 0).all(squares(100)));
    assertEquals(expected, new Workers(Runnable::run, 4, 0).all(squares(100)));
    assertEquals(expected, new Workers(task -> {}, 4, 0).all(squares(100)));
    assertEquals(List.of(), new Workers(threads, 4, 0).all(squares(0)));
  }

  @Test
  void allTasksTogetherHaveFewHelpers() {
    ManualExecutor executor = new ManualExecutor();
    Workers workers = new Workers(executor, 4, 0);
    for (int i = 0; i < 10; i++) {
      assertEquals(8, workers.all(squares(8)).size());
    }
    // The calling thread is one of the four.
    assertEquals(3, executor.size());
    executor.runAll();
    assertEquals(8, workers.all(squares(8)).size());
    assertEquals(3, executor.size());
  }

  /** Each waits for the other, so that one after the other would hang. */
  @Test
  void severalThreadsWorkAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    Function<CancelToken, Boolean> part = shift -> {
      try {
        together.await();
        return true;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
    assertEquals(
        List.of(true, true, true), new Workers(threads, 3, 0).all(List.of(part, part, part)));
  }

  @Test
  void failureOfAPartStopsTheOthers() {
    IllegalStateException failure = new IllegalStateException("a fault");
    Function<CancelToken, Integer> failing = shift -> {
      throw failure;
    };
    Function<CancelToken, Integer> endless = shift -> {
      while (true) {
        shift.requireGoing();
      }
    };
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () -> new Workers(threads, 2, 0).all(List.of(endless, failing, endless))));
    StackOverflowError error = new StackOverflowError();
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () -> new Workers(threads, 2, 0).all(List.of(shift -> {
              throw error;
            }))));
  }

  /** A task without end, which only its checkpoint ends. */
  private static Callable<Integer> endless(Workers workers, CountDownLatch begun) {
    return () -> workers
        .all(List.<Function<CancelToken, Integer>>of(token -> {
          begun.countDown();
          while (true) {
            token.requireGoing();
          }
        }))
        .get(0);
  }

  @Test
  void aCheckpointEndsATask() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    Workers workers = new Workers(threads, 2, 0).checkedBy(() -> {
      if (gone.get()) {
        throw new Cancelled("search");
      }
    });
    CountDownLatch begun = new CountDownLatch(1);
    Future<Integer> result = threads.submit(endless(workers, begun));
    begun.await();
    gone.set(true);
    assertInstanceOf(
        Cancelled.class, assertThrows(ExecutionException.class, result::get).getCause());
  }

  /** Otherwise a cheap search would wait for the end of all costly ones. */
  @Test
  void tasksTakeTurns() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    Workers workers = new Workers(threads, 1, 0).checkedBy(() -> {
      if (gone.get()) {
        throw new Cancelled("search");
      }
    });
    CountDownLatch begun = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      threads.submit(endless(workers, begun));
    }
    // Each begins, though one thread at a time is at work and none ends.
    begun.await();
    assertEquals(List.of(0, 1), workers.all(squares(2)));
    gone.set(true);
  }

  @Test
  void tooManyWaitingTasksAreRefused() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    Workers workers = new Workers(threads, 1, 0).checkedBy(() -> {
      if (gone.get()) {
        throw new Cancelled("search");
      }
    });
    CompletionService<Integer> searches = new ExecutorCompletionService<>(threads);
    for (int i = 0; i < 2 * Workers.MOST_WAITING; i++) {
      searches.submit(endless(workers, new CountDownLatch(0)));
    }
    // None ends by itself, so the first that ends found no place to wait.
    Future<Integer> first = searches.take();
    assertInstanceOf(
        TooBusy.class, assertThrows(ExecutionException.class, first::get).getCause());
    // Another caller finds a place, and a turn soon.
    assertEquals(List.of(0, 1), workers.ownedBy("anna").all(squares(2)));
    gone.set(true);
  }

  @Test
  void fewKeysAreNotSharedOut() {
    assertEquals(1, new Workers(threads, 4, 100).parts(99));
    assertEquals(16, new Workers(threads, 4, 100).parts(100));
    assertEquals(1, new Workers(threads, 1, 100).parts(100));
  }
}
