package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

/** What {@link Loading} guarantees. */
@Timeout(30)
class LoadingTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int THREADS = 50;

  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, "a", "b");
  private final Store store = Store.of(fake, fake, fake, clock);
  private final Cache cache = Cache.builder(store).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private String load() {
    return "load " + loads.incrementAndGet();
  }

  /** A load that another thread of this process has begun. */
  private final class BegunLoad {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Future<String> result;

    BegunLoad(Loading<String> loading, Callable<String> atTheEnd) throws InterruptedException {
      CountDownLatch begun = new CountDownLatch(1);
      result = threads.submit(() -> loading.get("k", () -> {
        begun.countDown();
        end.await();
        return atTheEnd.call();
      }));
      begun.await();
    }

    String finish() throws Exception {
      end.countDown();
      return result.get();
    }
  }

  private List<Future<String>> callers(Loading<String> loading, int count) {
    List<Future<String>> results = new ArrayList<>();
    CountDownLatch asked = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      results.add(threads.submit(() -> {
        asked.countDown();
        return loading.get("k", this::load);
      }));
    }
    try {
      asked.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return results;
  }

  @Test
  void manyCallersShareOneLoad() throws Exception {
    Loading<String> loading = cache.loading(String.class);
    BegunLoad begun = new BegunLoad(loading, () -> "first");
    List<Future<String>> results = callers(loading, THREADS);
    assertEquals("first", begun.finish());
    for (Future<String> result : results) {
      assertEquals("first", result.get());
    }
    assertEquals(0, loads.get());
    assertEquals(1, cache.stats().loads());
  }

  @Test
  void callersThatComeAtOnceLoadOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      cache.clear();
      loads.set(0);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(() -> {
          start.await();
          return cache.loading(String.class).get("k", this::load);
        }));
      }
      start.countDown();
      for (Future<String> result : results) {
        assertEquals("load 1", result.get());
      }
    }
  }

  @Test
  void aFailureReachesAllWhoWaitAndIsNotKept() throws Exception {
    Loading<String> loading = cache.loading(String.class);
    IOException cause = new IOException("the database is down");
    BegunLoad begun = new BegunLoad(loading, () -> {
      throw cause;
    });
    Future<String> waiting = threads.submit(() -> loading.get("k", this::load));
    awaitWaiting();
    for (Callable<String> caller : List.<Callable<String>>of(begun::finish, waiting::get)) {
      ExecutionException failed = assertThrows(ExecutionException.class, caller::call);
      LoadFailed failure = assertInstanceOf(LoadFailed.class, failed.getCause());
      assertSame(cause, failure.getCause());
      assertTrue(failure.getMessage().contains("'k'"), failure.getMessage());
    }
    assertEquals(1, cache.stats().loadFailures());
    assertEquals("load 1", loading.get("k", this::load));
  }

  /** Until another thread waits for a flight. */
  private void awaitWaiting() {
    while (Thread.getAllStackTraces().entrySet().stream()
        .noneMatch(thread -> thread.getKey().getState() == Thread.State.WAITING
            && List.of(thread.getValue()).toString().contains("Flight.await"))) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void anInterruptedLoaderFailsItsCallerOnly() throws Exception {
    Loading<String> loading = cache.loading(String.class);
    CompletableFuture<Thread> begun = new CompletableFuture<>();
    Future<Boolean> interrupted = threads.submit(() -> {
      LoadFailed failure = assertThrows(
          LoadFailed.class,
          () -> loading.get("k", () -> {
            begun.complete(Thread.currentThread());
            new CountDownLatch(1).await();
            return "never";
          }));
      assertInstanceOf(InterruptedException.class, failure.getCause());
      return Thread.interrupted();
    });
    Thread loader = begun.get();
    Future<String> waiting = threads.submit(() -> loading.get("k", this::load));
    awaitWaiting();
    loader.interrupt();
    assertTrue(interrupted.get());
    assertEquals("load 1", waiting.get());
  }

  @Test
  void otherKeysDoNotWaitForALoaderThatHangs() throws Exception {
    Loading<String> loading = cache.loading(String.class);
    BegunLoad hanging = new BegunLoad(loading, () -> "late");
    assertEquals("load 1", loading.get("other", this::load));
    assertEquals("late", hanging.finish());
  }

  @Test
  void aLoaderMustNotAskForItsOwnKey() {
    Loading<String> loading = cache.loading(String.class);
    LoadFailed failed =
        assertThrows(LoadFailed.class, () -> loading.get("k", () -> loading.get("k", this::load)));
    assertInstanceOf(IllegalStateException.class, failed.getCause());
    assertEquals("load 1", loading.get("k", this::load));
  }

  @Test
  void aLoaderMayLoadAnotherKey() {
    Loading<String> loading = cache.loading(String.class);
    assertEquals("load 1", loading.get("k", () -> loading.get("other", this::load)));
  }

  @Test
  void anErrorOfALoaderReachesItsCaller() {
    AssertionError error = new AssertionError("broken");
    Loading<String> loading = cache.loading(String.class);
    assertSame(
        error,
        assertThrows(
            AssertionError.class,
            () -> loading.get("k", () -> {
              throw error;
            })));
    assertEquals("load 1", loading.get("k", this::load));
  }

  @Test
  void nothingFoundIsNotKeptUnlessAsked() {
    assertNull(cache.getOrLoad("k", String.class, MINUTE, () -> null));
    assertEquals("load 1", cache.getOrLoad("k", String.class, MINUTE, this::load));
  }

  @Test
  void aValueOfAnotherTypeIsNotReplaced() {
    cache.set("k", "text", MINUTE);
    assertThrows(UnexpectedValue.class, () -> cache.getOrLoad("k", Integer.class, MINUTE, () -> 1));
    assertEquals(Optional.of("text"), cache.get("k", String.class));
  }

  @Test
  void aStaleValueIsReadWhileAnotherLoads() throws Exception {
    Loading<String> loading = cache.loading(String.class).expireAfter(MINUTE).staleFor(MINUTE);
    assertEquals("load 1", loading.get("k", this::load));
    clock.advance(Duration.ofSeconds(59));
    assertEquals("load 1", loading.get("k", this::load));
    clock.advance(Duration.ofSeconds(2));
    BegunLoad begun = new BegunLoad(loading, () -> "new");
    assertEquals("load 1", loading.get("k", this::load));
    assertEquals("new", begun.finish());
    assertEquals("new", loading.get("k", this::load));
  }

  @Test
  void aStaleValueHidesAFailedLoadUntilItsEnd() {
    Loading<String> loading = cache.loading(String.class).expireAfter(MINUTE).staleFor(MINUTE);
    loading.get("k", this::load);
    clock.advance(Duration.ofSeconds(100));
    Callable<String> failing = () -> {
      throw new IOException("down");
    };
    assertEquals("load 1", loading.get("k", failing));
    assertEquals(1, cache.stats().loadFailures());
    clock.advance(Duration.ofSeconds(21));
    assertThrows(LoadFailed.class, () -> loading.get("k", failing));
  }

  @Test
  void earlyRefreshDependsOnTheTimeOfLoads() {
    Loading<String> early = cache.loading(String.class).expireAfter(MINUTE).refreshEarly(1e9);
    early.get("k", () -> {
      LockSupport.parkNanos(1_000_000);
      return load();
    });
    assertEquals("load 2", early.get("k", this::load));
    Loading<String> late = cache.loading(String.class).expireAfter(MINUTE).refreshEarly(1e-9);
    assertEquals("load 2", late.get("k", this::load));
  }

  @Test
  void oneOfTwoProcessesLoads() throws Exception {
    Loading<String> here = cache.loading(String.class).clusterWide();
    Loading<String> there = Cache.builder(store).build().loading(String.class).clusterWide();
    BegunLoad begun = new BegunLoad(here, () -> "here");
    Future<String> waiting = threads.submit(() -> there.get("k", this::load));
    while (fake.keys().isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
    assertEquals("here", begun.finish());
    assertEquals("here", waiting.get());
    assertEquals(0, loads.get());
    assertEquals(List.of(CacheKey.of("k")), List.copyOf(fake.keys()));
  }

  @Test
  void theLeaseOfADeadProcessEnds() throws Exception {
    store.cache().add(ReservedKeys.of("load:k"), CacheValue.ofText("dead"), Lifetime.ofSeconds(30));
    Future<String> waiting =
        threads.submit(() -> cache.loading(String.class).clusterWide().get("k", this::load));
    clock.advance(LoadLease.LENGTH.plusSeconds(1));
    assertEquals("load 1", waiting.get());
  }

  @Test
  void aStaleValueIsReadWhileAnotherProcessLoads() {
    Loading<String> loading =
        cache.loading(String.class).expireAfter(MINUTE).staleFor(MINUTE).clusterWide();
    loading.get("k", this::load);
    clock.advance(Duration.ofSeconds(61));
    store.cache().add(ReservedKeys.of("load:k"), CacheValue.ofText("other"), Lifetime.FOREVER);
    assertEquals("load 1", loading.get("k", this::load));
    assertEquals(1, loads.get());
  }
}
