package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

/** How a circuit opens and closes under the calls of an application. */
class StoreAccessTest {
  private static final CacheKey KEY = CacheKey.of("k");

  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, "only");
  private final AtomicLong nanos = new AtomicLong();
  private final CacheCounters counters = new CacheCounters(Optional.empty());
  private final StoreAccess access = new StoreAccess(
      Store.of(fake, fake, fake, clock),
      new CircuitBreaker(nanos::get),
      Unavailable.THROW,
      counters);
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void failUntilTheCircuitIsOpen() {
    fake.takeDown("only");
    for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
      assertThrows(StoreUnavailable.class, this::get);
    }
    fake.beforeEach(operation -> asked.incrementAndGet());
  }

  private Object get() {
    return access.call("get", KEY, () -> fake.get(KEY));
  }

  private void passPause() {
    nanos.addAndGet(CircuitBreaker.FIRST_PAUSE.toNanos());
  }

  @Test
  void callsThatAreNotSentDoNotKeepItOpen() {
    for (int i = 0; i < 100; i++) {
      assertThrows(StoreUnavailable.class, this::get);
    }
    assertEquals(0, asked.get());
    fake.bringBack("only");
    passPause();
    assertEquals(Optional.empty(), get());
    assertEquals(Optional.empty(), get());
    assertEquals(CircuitBreaker.FAILURES + 100, counters.stats().failures());
  }

  @Test
  void aReadOfManyKeysClosesIt() {
    ManyKeys many = new ManyKeys(access);
    assertThrows(StoreUnavailable.class, () -> many.read(Set.of(KEY)));
    fake.bringBack("only");
    passPause();
    assertEquals(Map.of(), many.read(Set.of(KEY)));
    assertEquals(Map.of(), many.read(Set.of(KEY)));
    assertEquals(2, asked.get());
  }

  @Test
  void aFailedScanCountsOnce() {
    fake.bringBack("only");
    passPause();
    get();
    fake.refuseWalks("only");
    long before = counters.stats().failures();
    KeyScan scan = new KeyScan(access, KeyNamespace.ROOT, Optional.empty());
    assertThrows(RuntimeException.class, scan::delete);
    assertEquals(before + 1, counters.stats().failures());
  }

  @Test
  void anAttemptThatFailsIsCountedOnly() {
    long before = counters.stats().failures();
    access.attempt("get", KEY, () -> fake.get(KEY));
    assertEquals(before + 1, counters.stats().failures());
    assertEquals(0, asked.get());
  }
}
