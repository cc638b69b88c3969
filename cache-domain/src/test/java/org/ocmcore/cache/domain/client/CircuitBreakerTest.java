package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;

class CircuitBreakerTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final CircuitBreaker breaker = new CircuitBreaker(nanos::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(new StoreUnavailable("s", "get", "timeout"));
    }
  }

  private void assertClosed() {
    assertDoesNotThrow(() -> breaker.permit("s", () -> "get"));
  }

  private void assertOpen() {
    assertThrows(StoreUnavailable.class, () -> breaker.permit("s", () -> "get"));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void severalFailuresInARowOpenIt() {
    fail(CircuitBreaker.FAILURES - 1);
    assertClosed();
    fail(1);
    assertOpen();
    assertDoesNotThrow(() -> breaker.permit("other", () -> "get"));
  }

  @Test
  void aSuccessStartsTheCountAgain() {
    fail(CircuitBreaker.FAILURES - 1);
    breaker.succeeded("s");
    assertTrue(breaker.isQuiet());
    fail(CircuitBreaker.FAILURES - 1);
    assertClosed();
    assertFalse(breaker.isQuiet());
  }

  @Test
  void oneCallTriesAfterThePause() {
    fail(CircuitBreaker.FAILURES);
    pass(CircuitBreaker.FIRST_PAUSE.minusNanos(1));
    assertOpen();
    pass(Duration.ofNanos(1));
    assertClosed();
    assertOpen();
    breaker.succeeded("s");
    assertClosed();
    assertClosed();
  }

  @Test
  void pausesGrowToALimit() {
    fail(CircuitBreaker.FAILURES);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      Duration almost = Duration.ofSeconds(seconds).minusNanos(1);
      pass(almost);
      assertOpen();
      pass(Duration.ofNanos(1));
      assertClosed();
      fail(1);
    }
  }

  @Test
  void refusalsDoNotCount() {
    for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
      breaker.failed(StoreUnavailable.refused("s", "clear", "disabled", null));
    }
    assertTrue(breaker.isQuiet());
  }
}
