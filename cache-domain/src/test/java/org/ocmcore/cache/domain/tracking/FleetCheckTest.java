package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.Bench;

class FleetCheckTest {
  private static final Runnable WAITING = () -> {};

  private final Bench bench = new Bench();
  private final FleetCheck check = new FleetCheck(bench.cache, Runnable::run);

  private void storeOn(String server, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      bench.cache.put(
          server, new CacheEntry(CacheKey.of(prefix + i), CacheValue.ofText("v"), Expiry.NEVER));
    }
  }

  @Test
  void everyServerSaysWhatItOffers() {
    bench.storeMany("k", 3_000);
    FleetCheck.Result result = check.check(WAITING);
    assertEquals(
        bench.cache.servers(),
        result.servers().stream().map(ServerCheck::address).toList());
    for (ServerCheck server : result.servers()) {
      assertTrue(server.isListed());
      ServerCheck.Answers answers = server.answers().orElseThrow();
      assertEquals(
          bench.cache.stats(server.address()).currentItems(), answers.stats().currentItems());
      assertTrue(answers.sample().size() <= 1_000, answers.sample().size() + " keys");
    }
    assertEquals(Optional.of("modulo"), result.ring().orElseThrow().fitting());
  }

  @Test
  void keysOnSeveralServersDoNotCount() {
    storeOn("a:1", "first", 60);
    storeOn("a:1", "both", 40);
    storeOn("b:1", "both", 40);
    assertEquals(60, check.check(WAITING).ring().orElseThrow().sampled());
  }

  @Test
  void aServerThatIsDownLeavesTheOthersAsTheyAre() {
    storeOn("a:1", "k", 100);
    bench.cache.takeDown("b:1");
    FleetCheck.Result result = check.check(WAITING);
    assertEquals(
        List.of(true, false, true).subList(0, result.servers().size()),
        result.servers().stream().map(ServerCheck::isListed).toList());
    ServerCheck down = result.servers().get(1);
    assertEquals(Optional.empty(), down.answers());
    assertEquals("connection refused", down.failure().orElseThrow().reason());
    assertEquals(Optional.empty(), result.ring());
  }

  @Test
  void fewKeysSayNothingOfRings() {
    storeOn("a:1", "k", RingFit.MIN_SAMPLE - 1);
    assertFalse(check.check(WAITING).ring().isPresent());
  }

  /** A server whose keys somebody else lists, and that does not end. */
  private FleetCheck.Result checkBesideAListing(Runnable checkpoint) throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean isFirst = new AtomicBoolean(true);
    bench.cache.beforeEach(operation -> {
      if (operation.equals("walk") && isFirst.getAndSet(false)) {
        try {
          Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
          interrupted.countDown();
          throw new StoreUnavailable("a:1", "walk", "interrupted");
        }
      }
    });
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      return new FleetCheck(bench.cache, threads, Duration.ofMillis(300)).check(checkpoint);
    } finally {
      interrupted.await();
      threads.shutdownNow();
    }
  }

  @Test
  void aListingThatDoesNotEndLeavesTheRestAsItIs() throws InterruptedException {
    List<ServerCheck> unlisted = checkBesideAListing(WAITING).servers().stream()
        .filter(server -> !server.isListed())
        .toList();
    assertEquals(1, unlisted.size(), unlisted::toString);
    assertTrue(unlisted.get(0).answers().isPresent());
    assertEquals(
        "its keys were not listed within 0 s",
        unlisted.get(0).failure().orElseThrow().reason());
  }

  @Test
  void whoeverDoesNotWaitAnyMoreEndsIt() {
    AtomicInteger looks = new AtomicInteger();
    assertThrows(
        Cancelled.class,
        () -> checkBesideAListing(() -> {
          if (looks.incrementAndGet() == 3) {
            throw new Cancelled("the request");
          }
        }));
  }
}
