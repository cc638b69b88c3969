package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

/** What a {@link Cache} does while one of its two servers is down. */
class UnavailableTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String DOWN = "down";

  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, DOWN, "up");
  private final Store store = Store.of(fake, fake, fake, clock);
  private final Cache throwing = Cache.builder(store).build();
  private final Cache missing =
      Cache.builder(store).onUnavailable(Unavailable.MISS).build();

  /** A key on the server that is down, and one on the other. */
  private String lost;

  private String kept;

  @BeforeEach
  void takeAServerDown() {
    lost = keyOn(DOWN);
    kept = keyOn("up");
    throwing.setAll(Map.of(lost, "1", kept, "2"), HOUR);
    fake.takeDown(DOWN);
  }

  private String keyOn(String server) {
    int i = 0;
    while (!fake.place(CacheKey.of("k" + i)).server().equals(server)) {
      i++;
    }
    return "k" + i;
  }

  @Test
  void everyMethodThrowsByDefault() {
    for (Runnable call : List.<Runnable>of(
        () -> throwing.get(lost, String.class),
        () -> throwing.getAll(List.of(lost, kept), String.class),
        () -> throwing.getVersioned(lost, String.class),
        () -> throwing.set(lost, "a", HOUR),
        () -> throwing.setAll(Map.of(lost, "a"), HOUR),
        () -> throwing.add(lost, "a", HOUR),
        () -> throwing.refresh(lost, HOUR),
        () -> throwing.getOrLoad(lost, String.class, HOUR, () -> "a"))) {
      StoreUnavailable failure = assertThrows(StoreUnavailable.class, call::run);
      assertEquals(DOWN, failure.server());
    }
    assertEquals(8, throwing.stats().failures());
    assertEquals(Optional.of("2"), throwing.get(kept, String.class));
  }

  @Test
  void readsAreMissesAndStoresDoNothing() {
    assertEquals(Optional.empty(), missing.get(lost, String.class));
    assertEquals(Map.of(kept, "2"), missing.getAll(List.of(lost, kept), String.class));
    assertEquals(Optional.empty(), missing.getVersioned(lost, String.class));
    missing.set(lost, "a", HOUR);
    assertFalse(missing.add(lost, "a", HOUR));
    assertFalse(missing.refresh(lost, HOUR));
    missing.setAll(Map.of(lost, "a", kept, "3"), HOUR);
    assertEquals("a", missing.getOrLoad(lost, String.class, HOUR, () -> "a"));
    assertEquals("b", missing.loading(String.class).clusterWide().get(keyOn(DOWN), () -> "b"));
    assertEquals(Optional.of("3"), missing.get(kept, String.class));
    assertEquals(2, missing.stats().hits());
    assertTrue(missing.stats().failures() >= 8, missing.stats().toString());
  }

  @Test
  void changesThatMustNotGetLostAlwaysThrow() {
    for (Cache cache : List.of(throwing, missing)) {
      assertThrows(StoreUnavailable.class, () -> cache.delete(lost));
      assertThrows(StoreUnavailable.class, () -> cache.increment(lost, 1, HOUR));
      assertThrows(StoreUnavailable.class, () -> cache.replace(lost, 1, "a", HOUR));
      assertThrows(StoreUnavailable.class, cache::clear);
      assertThrows(StoreUnavailable.class, () -> cache.keys(".").toList());
    }
  }

  @Test
  void othersFinishIfAServerFails() {
    missing.set(kept, "2", HOUR);
    assertThrows(StoreUnavailable.class, () -> missing.deleteAll(List.of(lost, kept)));
    assertEquals(Optional.empty(), missing.get(kept, String.class));
    missing.set(kept, "2", HOUR);
    BulkIncomplete incomplete =
        assertThrows(BulkIncomplete.class, () -> missing.deleteMatching("."));
    assertEquals(1, incomplete.done());
    assertEquals(Optional.empty(), missing.get(kept, String.class));
    assertThrows(BulkIncomplete.class, () -> missing.refreshMatching(".", HOUR));
    assertThrows(BulkIncomplete.class, () -> missing.app("a").clear());
  }

  @Test
  void aRefusalIsNeverAMiss() {
    fake.bringBack(DOWN);
    fake.refuseClears(DOWN);
    fake.refuse(CacheKey.of(lost));
    assertThrows(StoreUnavailable.class, missing::clear);
    throwing.set(lost, "1", HOUR);
    assertThrows(StoreUnavailable.class, () -> missing.deleteAll(List.of(lost)));
    assertThrows(BulkIncomplete.class, () -> missing.deleteMatching("."));
    assertEquals(Optional.of("1"), missing.get(lost, String.class));
  }

  @Test
  void aServerThatKeepsFailingIsNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    fake.beforeEach(operation -> asked.incrementAndGet());
    for (int i = 0; i < CircuitBreaker.FAILURES + 3; i++) {
      assertEquals(Optional.empty(), missing.get(lost, String.class));
    }
    assertEquals(CircuitBreaker.FAILURES, asked.get());
    assertEquals(Optional.of("2"), missing.get(kept, String.class));
    assertEquals(Map.of(kept, "2"), missing.getAll(List.of(lost, kept), String.class));
    StoreUnavailable failure = assertThrows(StoreUnavailable.class, () -> missing.delete(lost));
    assertTrue(failure.getMessage().contains("not sent"), failure.getMessage());
  }
}
